import { describe, expect, it } from '@jest/globals';
import { environments } from '../../config/environments.ts';
import { prod } from '../../config/prod.ts';
import type { AppConfig } from '../config/app-config.ts';
import { authorTaskDefinition } from './task-definition-document.ts';

const clients = prod.apps['clients']!;
const author = (change: Partial<AppConfig>) =>
  authorTaskDefinition(prod, 'clients', { ...clients, ...change });

describe('authorTaskDefinition', () => {
  it('hardens every container of every app', () => {
    for (const config of environments) {
      for (const [name, app] of Object.entries(config.apps)) {
        const [main] = authorTaskDefinition(config, name, app).containerDefinitions;
        expect(main).toMatchObject({
          readonlyRootFilesystem: true,
          linuxParameters: { initProcessEnabled: true },
          essential: true,
          stopTimeout: 30,
        });
        expect(main).not.toHaveProperty('privileged');
      }
    }
  });

  it('takes credentials from Secrets Manager by name and key, never as values', () => {
    const [main] = author({}).containerDefinitions;
    const secrets = main?.secrets as { name: string; valueFrom: string }[];
    expect(secrets.map(({ name }) => name)).toEqual([
      'DATABASE_HOST',
      'DATABASE_PORT',
      'DATABASE_NAME',
      'DATABASE_USERNAME',
      'DATABASE_PASSWORD',
      'SESSION_KEY',
    ]);
    expect(secrets.at(-1)?.valueFrom).toBe(
      // biome-ignore lint/suspicious/noTemplateCurlyInString: filled in by render-taskdef.
      'arn:aws:secretsmanager:us-east-1:${AWS_ACCOUNT_ID}:secret:slipway/prod/clients/settings:SESSION_KEY::',
    );
    for (const { valueFrom } of secrets) expect(valueFrom).toMatch(/:secret:slipway\/prod\/clients\//);
  });

  it('names an image that does not exist, so that forgetting the real one fails', () => {
    expect(author({}).containerDefinitions[0]?.image).toMatch(
      /\/slipway\/prod\/clients:set-by-the-deployment$/,
    );
  });

  it('leaves the account open and knows no other variable', () => {
    const variables = new Set(JSON.stringify(author({ environmentFile: true })).match(/\$\{[^}]*\}/g));
    // biome-ignore lint/suspicious/noTemplateCurlyInString: filled in by render-taskdef.
    expect([...variables]).toEqual(['${AWS_ACCOUNT_ID}']);
  });

  it('sorts variables, so that the order of an entry changes nothing', () => {
    const one = author({ environment: { B: '2', A: '1' } });
    expect(one).toEqual(author({ environment: { A: '1', B: '2' } }));
  });

  it('checks health inside the container when the image holds a program for it', () => {
    const command = ['CMD', 'node', 'health.js'];
    const [main] = author({ health: { path: '/', graceSeconds: 20, command } }).containerDefinitions;
    expect(main?.healthCheck).toEqual({ command, interval: 10, timeout: 5, retries: 3, startPeriod: 20 });
    expect(author({}).containerDefinitions[0]).not.toHaveProperty('healthCheck');
  });

  it('routes logs through Fluent Bit when asked to', () => {
    const [main, router] = author({ logs: { retentionDays: 7, router: 'firelens' } }).containerDefinitions;
    expect(main?.logConfiguration).toMatchObject({ logDriver: 'awsfirelens' });
    expect(router).toMatchObject({
      name: 'log-router',
      essential: true,
      firelensConfiguration: { type: 'fluentbit' },
      logConfiguration: { logDriver: 'awslogs' },
    });
  });

  it('writes to the log group without ever blocking the app', () => {
    expect(author({}).containerDefinitions[0]?.logConfiguration).toMatchObject({
      logDriver: 'awslogs',
      options: { 'awslogs-group': '/slipway/prod/clients', mode: 'non-blocking' },
    });
  });

  it.each([
    ['cn-north-1', 'aws-cn', 'amazonaws.com.cn'],
    ['us-gov-west-1', 'aws-us-gov', 'amazonaws.com'],
    ['eu-central-1', 'aws', 'amazonaws.com'],
  ])('speaks the names of %s', (region, partition, domain) => {
    const document = authorTaskDefinition({ ...prod, region }, 'clients', clients);
    expect(document.executionRoleArn).toMatch(new RegExp(`^arn:${partition}:iam::`));
    expect(document.containerDefinitions[0]?.image).toContain(`.dkr.ecr.${region}.${domain}/`);
  });

  it('wears the tag that the deploy role asks for', () => {
    expect(author({}).tags).toContainEqual({ key: 'managed-by', value: 'slipway' });
  });
});
