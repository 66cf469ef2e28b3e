import { describe, expect, it } from '@jest/globals';
import { dev } from '../../config/dev.ts';
import { prod } from '../../config/prod.ts';
import type { AppConfig } from '../config/app-config.ts';
import type { EnvironmentConfig } from '../config/environment-config.ts';
import { readIngressEdges } from '../template/network-graph.ts';
import { synthesizeTemplates } from '../template/synthesize-templates.ts';
import type { Template } from '../template/template.ts';
import { findResources, nameOf } from '../template/walk.ts';

/** The stack of one app, built in an environment with that app alone. */
function build(config: EnvironmentConfig, change: Partial<AppConfig>, base = 'simple-app1') {
  const app = { ...config.apps[base]!, ...change };
  const { templates, artifacts } = synthesizeTemplates({ ...config, apps: { [base]: app }, sites: {} });
  const stack = new Map<string, Template>([['app', templates.get(`slipway-${config.name}-${base}`)!]]);
  const one = (type: string) => findResources(stack, type)[0]?.properties ?? {};
  const document = JSON.parse(artifacts.get(`taskdef.${config.name}.${base}.json`)!) as {
    containerDefinitions: Record<string, unknown>[];
  };
  return { stack, one, document, templates };
}

describe('an app in blue/green', () => {
  const { stack, one } = build(prod, {});

  it('has two target groups, a production rule and a test rule', () => {
    expect(findResources(stack, 'AWS::ElasticLoadBalancingV2::TargetGroup')).toHaveLength(2);
    const [binding] = one('AWS::ECS::Service')['LoadBalancers'] as Record<string, Record<string, unknown>>[];
    const advanced = binding!['AdvancedConfiguration']!;
    expect(nameOf(binding!['TargetGroupArn'])).toMatch(/^IngressBlue/);
    expect(nameOf(advanced['AlternateTargetGroupArn'])).toMatch(/^IngressGreen/);
    expect(nameOf(advanced['ProductionListenerRule'])).toMatch(/^IngressProductionRule/);
    expect(nameOf(advanced['TestListenerRule'])).toMatch(/^IngressTestRule/);
    expect(nameOf(advanced['RoleArn'])).toMatch(/^ServiceTrafficRole/);
  });

  it('bakes, and pauses for approval after the test traffic has moved', () => {
    expect(one('AWS::ECS::Service')['DeploymentConfiguration']).toMatchObject({
      Strategy: 'BLUE_GREEN',
      BakeTimeInMinutes: 10,
      LifecycleHooks: [
        {
          TargetType: 'PAUSE',
          LifecycleStages: ['POST_TEST_TRAFFIC_SHIFT'],
          TimeoutConfiguration: { TimeoutInMinutes: 1440, Action: 'ROLLBACK' },
        },
      ],
    });
  });

  it('pauses for nobody when no approval is asked for', () => {
    const other = build(prod, { rollout: { kind: 'blue-green', bakeMinutes: 1, approval: false } });
    expect(other.one('AWS::ECS::Service')['DeploymentConfiguration']).not.toHaveProperty('LifecycleHooks');
  });

  it('has a production rule that no edit but one of its address changes', () => {
    const rule = findResources(stack, 'AWS::ElasticLoadBalancingV2::ListenerRule').find(({ id }) =>
      id.includes('Production'),
    );
    expect(rule?.properties).toEqual({
      Actions: [
        {
          Type: 'forward',
          ForwardConfig: {
            TargetGroups: [
              { TargetGroupArn: { Ref: expect.stringMatching(/^IngressBlue/) }, Weight: 1 },
              { TargetGroupArn: { Ref: expect.stringMatching(/^IngressGreen/) }, Weight: 0 },
            ],
          },
        },
      ],
      Conditions: [{ Field: 'host-header', HostHeaderConfig: { Values: ['app1.example.com'] } }],
      ListenerArn: { Ref: expect.stringMatching(/^LoadBalancerProductionListener/) },
      Priority: 1,
      Tags: [
        { Key: 'slipway:environment', Value: 'prod' },
        { Key: 'slipway:part', Value: 'simple-app1' },
      ],
    });
    const edited = build(prod, {
      size: { cpu: 1024, memoryMiB: 2048 },
      health: { path: '/other', graceSeconds: 5 },
      scaling: { minimum: 3, maximum: 9, cpuPercent: 50, memoryPercent: 50 },
      rollout: { kind: 'blue-green', bakeMinutes: 1, approval: false },
      environment: { MODE: 'x' },
    });
    const after = findResources(edited.stack, 'AWS::ElasticLoadBalancingV2::ListenerRule');
    expect(after).toEqual(findResources(stack, 'AWS::ElasticLoadBalancingV2::ListenerRule'));
  });

  it('counts requests over both target groups, because they change places', () => {
    const policy = findResources(stack, 'AWS::ApplicationAutoScaling::ScalingPolicy').find(({ id }) =>
      id.includes('Requests'),
    );
    expect(JSON.stringify(policy?.properties)).toContain('(FILL(blue, 0) + FILL(green, 0)) / tasks');
    const alarm = findResources(stack, 'AWS::CloudWatch::Alarm').find(({ id }) =>
      id.includes('servererrors'),
    );
    expect(JSON.stringify(alarm?.properties)).toContain('FILL(blue, 0) + FILL(green, 0)');
  });
});

describe('an app in rolling', () => {
  it('has one target group and counts failures up to the number that was set', () => {
    const { stack, one } = build(dev, { rollout: { kind: 'rolling', failuresBeforeRollback: 2 } });
    expect(findResources(stack, 'AWS::ElasticLoadBalancingV2::TargetGroup')).toHaveLength(1);
    expect(one('AWS::ECS::Service')['DeploymentConfiguration']).toMatchObject({
      Strategy: 'ROLLING',
      DeploymentCircuitBreaker: {
        ResetOnHealthyTask: false,
        ThresholdConfiguration: { Type: 'COUNT', Value: 2 },
      },
    });
  });
});

describe('an app', () => {
  it('of its own load balancer has all seven parts for itself', () => {
    const { stack } = build(prod, {});
    for (const type of [
      'AWS::ElasticLoadBalancingV2::LoadBalancer',
      'AWS::ElasticLoadBalancingV2::TargetGroup',
      'AWS::EC2::SecurityGroup',
      'AWS::IAM::Role',
      'AWS::ECS::TaskDefinition',
      'AWS::ECS::Service',
      'AWS::Logs::LogGroup',
    ]) {
      expect(findResources(stack, type).length).toBeGreaterThan(0);
    }
    expect(findResources(stack, 'AWS::EC2::SecurityGroup')).toHaveLength(2);
  });

  it('shares a listener by host and path', () => {
    const { one } = build(dev, {
      ingress: { kind: 'shared', host: 'app1.dev.example.com', path: '/api/*', priority: 7 },
    });
    expect(one('AWS::ElasticLoadBalancingV2::ListenerRule')).toMatchObject({
      Priority: 7,
      ListenerArn: { 'Fn::ImportValue': 'slipway-dev-shared-productionListenerArn' },
      Conditions: [
        { Field: 'host-header', HostHeaderConfig: { Values: ['app1.dev.example.com'] } },
        { Field: 'path-pattern', PathPatternConfig: { Values: ['/api/*'] } },
      ],
    });
  });

  it('is watched on the path and port that its entry says', () => {
    const { one } = build(dev, { port: 9000, health: { path: '/health-check', graceSeconds: 5 } });
    expect(one('AWS::ElasticLoadBalancingV2::TargetGroup')).toMatchObject({
      Port: 9000,
      TargetType: 'ip',
      HealthCheckPath: '/health-check',
      TargetGroupAttributes: expect.arrayContaining([
        { Key: 'deregistration_delay.timeout_seconds', Value: '30' },
      ]),
    });
  });

  it('without a domain is served over HTTP under the load balancer’s own name', () => {
    const { domain: _, ...plain } = dev;
    const { one, stack } = build(plain, { ingress: { kind: 'dedicated' } });
    expect(findResources(stack, 'AWS::Route53::RecordSet')).toEqual([]);
    expect(one('AWS::ElasticLoadBalancingV2::ListenerRule')['Conditions']).toEqual([
      { Field: 'path-pattern', PathPatternConfig: { Values: ['/*'] } },
    ]);
    const url = findResources(stack, 'AWS::SSM::Parameter').find(({ properties }) =>
      String(properties['Name']).endsWith('/url'),
    );
    expect(JSON.stringify(url?.properties['Value'])).toContain('http://');
  });

  it('behind API Gateway is reached through a VPC link and an internal load balancer only', () => {
    const { stack, one } = build(dev, { ingress: { kind: 'internal', gateway: true } });
    expect(one('AWS::ElasticLoadBalancingV2::LoadBalancer')).toMatchObject({ Scheme: 'internal' });
    expect(one('AWS::ApiGatewayV2::Api')).toMatchObject({ ProtocolType: 'HTTP' });
    expect(one('AWS::ApiGatewayV2::Integration')).toMatchObject({
      ConnectionType: 'VPC_LINK',
      IntegrationUri: { Ref: expect.stringMatching(/^LoadBalancerProductionListener/) },
    });
    expect(one('AWS::ApiGatewayV2::Route')).toMatchObject({ RouteKey: '$default' });
    expect(readIngressEdges(stack).filter(({ from }) => from === '0.0.0.0/0')).toEqual([]);
  });

  it('without an ingress has no way in at all', () => {
    const { stack, one } = build(dev, { ingress: { kind: 'none' } });
    expect(readIngressEdges(stack)).toEqual([]);
    expect(one('AWS::ECS::Service')).not.toHaveProperty('LoadBalancers');
    expect(one('AWS::ECS::Service')).not.toHaveProperty('HealthCheckGracePeriodSeconds');
  });

  it.each<[AppConfig['capacity'], object[]]>([
    ['fargate', [{ CapacityProvider: 'FARGATE', Weight: 1 }]],
    ['fargate-spot', [{ CapacityProvider: 'FARGATE_SPOT', Weight: 1 }]],
    [
      'fargate-mixed',
      [
        { CapacityProvider: 'FARGATE', Base: 1, Weight: 1 },
        { CapacityProvider: 'FARGATE_SPOT', Weight: 3 },
      ],
    ],
    ['ec2', [{ CapacityProvider: 'slipway-prod-ec2', Weight: 1 }]],
  ])('on %s gets its capacity from there', (capacity, strategy) => {
    const { one, document } = build(prod, { capacity });
    expect(one('AWS::ECS::Service')['CapacityProviderStrategy']).toEqual(strategy);
    expect(document).toMatchObject({ requiresCompatibilities: [capacity === 'ec2' ? 'EC2' : 'FARGATE'] });
  });

  it('leaves over HTTPS only, and to its own database', () => {
    const { stack } = build(dev, {}, 'clients');
    const [group] = findResources(stack, 'AWS::EC2::SecurityGroup');
    expect(group?.properties['SecurityGroupEgress']).toEqual([
      expect.objectContaining({ CidrIp: '0.0.0.0/0', FromPort: 443, ToPort: 443, IpProtocol: 'tcp' }),
    ]);
    const extra = findResources(stack, 'AWS::EC2::SecurityGroupEgress').filter(
      ({ properties }) => nameOf(properties['GroupId']) === group?.id,
    );
    expect(extra.map(({ properties }) => nameOf(properties['DestinationSecurityGroupId']))).toEqual([
      'slipway-dev-clients-database-security-group',
    ]);
  });

  it('runs its schedules with the newest revision, by a role that can start nothing else', () => {
    const { one, stack } = build(prod, {}, 'clients');
    const { Target: target } = one('AWS::Scheduler::Schedule') as { Target: Record<string, unknown> };
    const { TaskDefinitionArn: arn } = target['EcsParameters'] as { TaskDefinitionArn: unknown };
    expect(nameOf(arn)).toMatch(/:task-definition\/slipway-prod-clients$/);
    expect(JSON.parse(String(target['Input']))).toEqual({
      containerOverrides: [{ name: 'clients', command: ['node', 'vacuum.js'] }],
    });
    const policy = findResources(stack, 'AWS::IAM::Policy').find(({ id }) => id.startsWith('Schedules'));
    expect(JSON.stringify(policy?.properties)).toContain(':task-definition/slipway-prod-clients:*');
  });

  it('reads an environment file from a bucket of its own when its entry says so', () => {
    const { one, document, stack } = build(dev, { environmentFile: true });
    expect(document.containerDefinitions[0]?.['environmentFiles']).toEqual([
      // biome-ignore lint/suspicious/noTemplateCurlyInString: filled in by render-taskdef.
      { type: 's3', value: 'arn:aws:s3:::slipway-dev-simple-app1-settings-${AWS_ACCOUNT_ID}/app.env' },
    ]);
    expect(one('AWS::S3::Bucket')).toMatchObject({ VersioningConfiguration: { Status: 'Enabled' } });
    const policies = JSON.stringify(findResources(stack, 'AWS::IAM::Policy'));
    expect(policies).toContain('s3:GetBucketLocation');
    expect(policies).toContain('/app.env');
  });

  it('gets its own table and only the calls it needs', () => {
    const { stack, templates, document } = build(dev, {}, 'comments');
    expect(findResources(templates, 'AWS::DynamoDB::Table')[0]?.properties).toMatchObject({
      TableName: 'slipway-dev-comments',
      BillingMode: 'PAY_PER_REQUEST',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
    const policy = findResources(stack, 'AWS::IAM::Policy').find(({ id }) => id.startsWith('RolesTask'));
    const statements = (
      policy!.properties['PolicyDocument'] as { Statement: { Action: string[]; Resource: unknown }[] }
    ).Statement;
    const table = statements.find(({ Action }) => Action.includes('dynamodb:GetItem'));
    expect(nameOf(table?.Resource)).toMatch(/:table\/slipway-dev-comments$/);
    expect(table?.Action).not.toContain('dynamodb:DeleteTable');
    expect(document.containerDefinitions[0]?.['environment']).toContainEqual({
      name: 'TABLE_NAME',
      value: 'slipway-dev-comments',
    });
  });

  it('gets a database in the isolated tier, encrypted, with its password generated', () => {
    const { templates } = build(prod, {}, 'clients');
    expect(findResources(templates, 'AWS::RDS::DBInstance')[0]?.properties).toMatchObject({
      Engine: 'postgres',
      MultiAZ: true,
      StorageEncrypted: true,
      DeletionProtection: true,
      BackupRetentionPeriod: 14,
      EnableIAMDatabaseAuthentication: true,
      PubliclyAccessible: false,
    });
    const [group] = findResources(templates, 'AWS::RDS::DBSubnetGroup');
    expect((group!.properties['SubnetIds'] as unknown[]).map(nameOf)).toEqual([
      'slipway-prod-isolated-subnet-1',
      'slipway-prod-isolated-subnet-2',
    ]);
    const secrets = findResources(templates, 'AWS::SecretsManager::Secret').map(
      ({ properties }) => properties['Name'],
    );
    expect(secrets).toContain('slipway/prod/clients/database');
  });
});
