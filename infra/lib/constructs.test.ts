import { describe, expect, it } from '@jest/globals';
import type { Stack } from 'aws-cdk-lib';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { dev } from '../config/dev.ts';
import { nameAppResources } from './config/names.ts';
import { Postgres } from './database/postgres.ts';
import { Table } from './database/table.ts';
import { HttpGateway } from './gateway/http-gateway.ts';
import { AlarmTopic } from './observability/alarm-topic.ts';
import { Dashboard } from './observability/dashboard.ts';
import { DeploymentNotices } from './observability/deployment-notices.ts';
import { PullThrough } from './registry/pull-through.ts';
import { AppRoles } from './service/app-roles.ts';
import { BootstrapRevision } from './service/bootstrap-revision.ts';
import { ImageRepository } from './service/image-repository.ts';
import { Site } from './site/site.ts';
import { createTestStack, importTestVpc, readTemplate } from './template/test-stack.ts';
import { findResources } from './template/walk.ts';

const names = nameAppResources('dev', 'solo');

/** Each construct in a stack with nothing else of ours: the seams must hold without their neighbours. */
const alone: readonly [string, string, (stack: Stack) => void][] = [
  [
    'Postgres',
    'AWS::RDS::DBInstance',
    (stack) =>
      new Postgres(stack, 'It', {
        config: { name: 'solo', instanceType: 't4g.micro', storageGiB: 20, multiZone: false, backupDays: 1 },
        secretName: names.databaseSecret,
        production: false,
        vpc: importTestVpc(stack),
      }),
  ],
  [
    'Table',
    'AWS::DynamoDB::Table',
    (stack) =>
      new Table(stack, 'It', { name: names.table, config: { partitionKey: 'id' }, production: true }),
  ],
  [
    'Site',
    'AWS::CloudFront::Distribution',
    (stack) => new Site(stack, 'It', { config: { connectsTo: [] }, production: false }),
  ],
  [
    'HttpGateway',
    'AWS::ApiGatewayV2::VpcLink',
    (stack) => {
      const vpc = importTestVpc(stack);
      new HttpGateway(stack, 'It', {
        name: 'solo',
        vpc,
        securityGroup: new SecurityGroup(stack, 'Group', { vpc }),
        listenerArn: 'arn:aws:elasticloadbalancing:us-east-1:111122223333:listener/app/a/1/2',
      });
    },
  ],
  [
    'PullThrough',
    'AWS::ECR::PullThroughCacheRule',
    (stack) => new PullThrough(stack, 'It', { environment: 'dev', sources: ['kubernetes'] }),
  ],
  [
    'ImageRepository',
    'AWS::ECR::Repository',
    (stack) =>
      new ImageRepository(stack, 'It', {
        name: names.repository,
        production: false,
        readerAccounts: ['111122223333'],
      }),
  ],
  [
    'AppRoles',
    'AWS::IAM::Role',
    (stack) =>
      new AppRoles(stack, 'It', { environment: 'dev', appName: 'solo', app: dev.apps['clients']!, names }),
  ],
  [
    'BootstrapRevision',
    'AWS::ECS::TaskDefinition',
    (stack) =>
      new BootstrapRevision(stack, 'It', {
        names,
        port: 8000,
        region: 'us-east-1',
        executionRoleArn: 'arn:aws:iam::111122223333:role/a',
      }),
  ],
  [
    'AlarmTopic',
    'AWS::SNS::Topic',
    (stack) => new AlarmTopic(stack, 'It', { environment: 'dev', emails: ['a@b.org'] }),
  ],
  [
    'Dashboard',
    'AWS::CloudWatch::Dashboard',
    (stack) => new Dashboard(stack, 'It', { environment: 'dev', region: 'us-east-1', apps: ['solo'] }),
  ],
  [
    'DeploymentNotices',
    'AWS::Events::Rule',
    (stack) => {
      const { topic } = new AlarmTopic(stack, 'Topic', { environment: 'dev', emails: [] });
      new DeploymentNotices(stack, 'It', { environment: 'dev', topic });
    },
  ],
];

describe('a construct used alone', () => {
  it.each(alone)('%s makes its %s', (_, type, build) => {
    const stack = createTestStack();
    build(stack);
    expect(findResources(readTemplate(stack), type).length).toBeGreaterThan(0);
  });

  it('lets named accounts pull images, and nobody else', () => {
    const stack = createTestStack();
    new ImageRepository(stack, 'Read', {
      name: 'slipway/a',
      production: false,
      readerAccounts: ['111122223333'],
    });
    new ImageRepository(stack, 'Closed', { name: 'slipway/b', production: false, readerAccounts: [] });
    const [read, closed] = findResources(readTemplate(stack), 'AWS::ECR::Repository').map(
      ({ properties }) => properties,
    );
    expect(JSON.stringify(read?.['RepositoryPolicyText'])).toContain('111122223333');
    expect(closed).not.toHaveProperty('RepositoryPolicyText');
  });

  it('answers 200 to every path from the bootstrap image, without root and without writing its disk', () => {
    const stack = createTestStack();
    new BootstrapRevision(stack, 'It', {
      names,
      port: 8123,
      region: 'us-east-1',
      executionRoleArn: 'arn:aws:iam::111122223333:role/a',
    });
    const [revision] = findResources(readTemplate(stack), 'AWS::ECS::TaskDefinition');
    const [container] = revision!.properties['ContainerDefinitions'] as Record<string, unknown>[];
    expect(container).toMatchObject({ User: '101:101', ReadonlyRootFilesystem: true });
    expect(String((container!['Command'] as string[])[2])).toMatch(/listen 8123; return 200 ok;/);
  });

  it('lets alarms and events of this account alone write to the topic, over TLS', () => {
    const stack = createTestStack();
    new AlarmTopic(stack, 'It', { environment: 'dev', emails: [] });
    const policy = JSON.stringify(findResources(readTemplate(stack), 'AWS::SNS::TopicPolicy'));
    expect(policy).toContain('"aws:SecureTransport":"false"');
    expect(policy).toContain('aws:SourceAccount');
  });
});
