import { describe, expect, it } from '@jest/globals';
import { dev } from '../../config/dev.ts';
import { prod } from '../../config/prod.ts';
import type { AppConfig } from '../config/app-config.ts';
import type { EnvironmentConfig } from '../config/environment-config.ts';
import { type Synthesis, synthesizeTemplates } from '../template/synthesize-templates.ts';
import { findResources } from '../template/walk.ts';

/** Stacks and artifacts that differ between two syntheses. */
function listChanges(before: Synthesis, after: Synthesis): string[] {
  const names = new Set([...before.templates.keys(), ...after.templates.keys()]);
  const files = new Set([...before.artifacts.keys(), ...after.artifacts.keys()]);
  return [
    ...[...names].filter(
      (name) => JSON.stringify(before.templates.get(name)) !== JSON.stringify(after.templates.get(name)),
    ),
    ...[...files].filter((name) => before.artifacts.get(name) !== after.artifacts.get(name)),
  ].sort();
}

function editApp(config: EnvironmentConfig, name: string, change: Partial<AppConfig>): EnvironmentConfig {
  return { ...config, apps: { ...config.apps, [name]: { ...config.apps[name]!, ...change } } };
}

function without(config: EnvironmentConfig, name: string): EnvironmentConfig {
  return { ...config, apps: Object.fromEntries(Object.entries(config.apps).filter(([app]) => app !== name)) };
}

describe.each([dev, prod])('in $name', (config) => {
  const before = synthesizeTemplates(config);
  const prefix = `slipway-${config.name}`;

  it('the same configuration gives the same bytes', () => {
    expect(listChanges(before, synthesizeTemplates(config))).toEqual([]);
  });

  it.each<[string, Partial<AppConfig>]>([
    ['size', { size: { cpu: 1024, memoryMiB: 2048 } }],
    ['health', { health: { path: '/other', graceSeconds: 7 } }],
    ['scaling', { scaling: { minimum: 2, maximum: 9, cpuPercent: 50, memoryPercent: 50 } }],
    ['environment', { environment: { MODE: 'x' } }],
    ['secrets', { secrets: ['KEY_ONE'] }],
    ['logs', { logs: { retentionDays: 30, router: 'firelens' } }],
    ['capacity', { capacity: 'fargate' }],
    ['a load balancer of its own', { ingress: { kind: 'dedicated', host: `x.${config.domain?.zoneName}` } }],
    [
      'the shared load balancer',
      { ingress: { kind: 'shared', host: `x.${config.domain?.zoneName}`, priority: 99 } },
    ],
    ['rollout', { rollout: { kind: 'rolling', failuresBeforeRollback: 9 } }],
    ['alarms', { alarms: { cpuPercent: 50, memoryPercent: 50, serverErrors: 1 } }],
    ['schedules', { schedules: [{ name: 'tick', expression: 'rate(1 hour)', command: ['true'] }] }],
  ])('an edit of %s changes that app and nothing else', (_, change) => {
    const changes = listChanges(before, synthesizeTemplates(editApp(config, 'simple-app1', change)));
    expect(changes.length).toBeGreaterThan(0);
    const own = [`${prefix}-simple-app1`, `taskdef.${config.name}.simple-app1.json`];
    expect(changes.filter((name) => !own.includes(name))).toEqual([]);
  });

  it('a new database brings its own stack and leaves all other apps alone', () => {
    const database = {
      name: 'new',
      instanceType: 't4g.micro',
      storageGiB: 20,
      multiZone: true,
      backupDays: 7,
    };
    const changes = listChanges(before, synthesizeTemplates(editApp(config, 'simple-app1', { database })));
    expect(changes).toEqual([
      `${prefix}-simple-app1`,
      `${prefix}-simple-app1-data`,
      `taskdef.${config.name}.simple-app1.json`,
    ]);
  });

  it('a new app is one entry: its own stack, its permissions and its row on the dashboard', () => {
    const added = {
      ...config,
      apps: { ...config.apps, extra: { ...config.apps['simple-app1']!, ingress: { kind: 'none' as const } } },
    };
    expect(listChanges(before, synthesizeTemplates(added))).toEqual([
      `${prefix}-delivery`,
      `${prefix}-extra`,
      `${prefix}-observability`,
      `taskdef.${config.name}.extra.json`,
    ]);
  });

  it('an app that goes takes its own stacks away and changes no other app', () => {
    const changes = listChanges(before, synthesizeTemplates(without(config, 'clients')));
    expect(changes).toEqual([
      `${prefix}-clients`,
      `${prefix}-clients-data`,
      `${prefix}-delivery`,
      `${prefix}-observability`,
      `taskdef.${config.name}.clients.json`,
    ]);
  });
});

describe('data of an app that is removed from prod', () => {
  const { templates } = synthesizeTemplates(prod);

  it.each(['clients', 'comments'])('of %s outlives its stack', (app) => {
    const data = new Map([['data', templates.get(`slipway-prod-${app}-data`)!]]);
    const kept = findResources(
      data,
      'AWS::RDS::DBInstance',
      'AWS::DynamoDB::Table',
      'AWS::SecretsManager::Secret',
    );
    expect(kept.length).toBeGreaterThan(0);
    for (const { resource } of kept) {
      expect(resource).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    }
    const guarded = findResources(data, 'AWS::RDS::DBInstance', 'AWS::DynamoDB::Table').map(
      ({ properties }) => properties['DeletionProtection'] ?? properties['DeletionProtectionEnabled'],
    );
    expect(guarded).toEqual([true]);
  });

  it('is found by AWS Backup through its tag', () => {
    const [selection] = findResources(templates, 'AWS::Backup::BackupSelection');
    expect(JSON.stringify(selection?.properties)).toContain('"ConditionKey":"slipway:backup"');
    const tagged = findResources(templates, 'AWS::RDS::DBInstance', 'AWS::DynamoDB::Table').map(
      ({ properties }) => JSON.stringify(properties['Tags']),
    );
    expect(tagged).toHaveLength(2);
    for (const tags of tagged) expect(tags).toContain('{"Key":"slipway:backup","Value":"prod"}');
  });
});
