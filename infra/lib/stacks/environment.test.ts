import { describe, expect, it } from '@jest/globals';
import { dev } from '../../config/dev.ts';
import { prod } from '../../config/prod.ts';
import { describeCidr, overlaps } from '../config/cidr.ts';
import type { EnvironmentConfig } from '../config/environment-config.ts';
import { databasePort } from '../database/postgres.ts';
import { readIngressEdges, readSubnets } from '../template/network-graph.ts';
import { synthesizeTemplates } from '../template/synthesize-templates.ts';
import type { Template } from '../template/template.ts';
import { findResources, listExports, listImports, nameOf, walkValues } from '../template/walk.ts';

const synthesis = synthesizeTemplates(dev, prod);

function templatesOf(config: EnvironmentConfig): ReadonlyMap<string, Template> {
  return new Map([...synthesis.templates].filter(([name]) => name.startsWith(`slipway-${config.name}-`)));
}

describe.each([dev, prod])('the environment $name', (config) => {
  const templates = templatesOf(config);
  const apps = Object.entries(config.apps);

  it('imports nothing that it does not export itself', () => {
    const exported = new Set([...templates.values()].flatMap(listExports));
    const imported = [...templates.values()].flatMap(listImports);
    expect(imported.length).toBeGreaterThan(0);
    expect(imported.filter((name) => !exported.has(name))).toEqual([]);
    expect(imported.filter((name) => !name.startsWith(`slipway-${config.name}-`))).toEqual([]);
  });

  it('lets an app import from the platform and from its own data only', () => {
    for (const [app] of apps) {
      const foreign = listImports(templates.get(`slipway-${config.name}-${app}`)!)
        .map((name) => name.replace(`slipway-${config.name}-`, ''))
        .filter((name) => apps.some(([other]) => other !== app && name.startsWith(`${other}-`)));
      expect(foreign).toEqual([]);
    }
  });

  it('has three tiers in every zone, each with the way out that belongs to it', () => {
    const subnets = readSubnets(templates);
    const egressOf = { public: 'internet', private: 'nat', isolated: 'nowhere' };
    for (const zone of config.network.zones) {
      for (const [tier, egress] of Object.entries(egressOf)) {
        const matching = subnets.filter((subnet) => subnet.zone === zone && subnet.tier === tier);
        expect(matching.map((subnet) => subnet.egress)).toEqual([egress]);
      }
    }
    expect(subnets).toHaveLength(3 * config.network.zones.length);
  });

  it('keeps every subnet inside the VPC and apart from the others', () => {
    const vpc = describeCidr(config.network.cidr)!;
    const blocks = readSubnets(templates).map(({ cidr }) => describeCidr(cidr)!);
    for (const [index, block] of blocks.entries()) {
      expect(block.first >= vpc.first && block.last <= vpc.last).toBe(true);
      expect(blocks.slice(index + 1).some((other) => overlaps(block, other))).toBe(false);
    }
  });

  it.each(apps)(
    'lets only the load balancer reach the tasks of %s, on its port',
    (app, { port, ingress }) => {
      const stack = `slipway-${config.name}-${app}`;
      const group = readTaskGroup(templates, stack);
      const edges = readIngressEdges(templates).filter(
        (edge) => edge.stack === stack && edge.group === group,
      );
      expect(edges).toHaveLength(1);
      expect(edges[0]).toMatchObject({ fromPort: port, toPort: port });
      expect(edges[0]?.from).toMatch(
        ingress.kind === 'shared' ? /^slipway-\w+-shared-securityGroupId$/ : /^LoadBalancerSecurityGroup/,
      );
    },
  );

  it('opens to the world nothing but public load balancers', () => {
    const open = readIngressEdges(templates).filter(({ from }) => from === '0.0.0.0/0' || from === '::/0');
    expect(open.length).toBeGreaterThan(0);
    for (const edge of open) {
      expect(edge.group).toMatch(/LoadBalancer/);
      expect([80, 443]).toContain(edge.fromPort);
    }
  });

  it('lets only its own app reach a database', () => {
    const databases = apps.filter(([, { database }]) => database !== undefined);
    expect(databases.length).toBeGreaterThan(0);
    for (const [app] of databases) {
      const name = `slipway-${config.name}-${app}-database-security-group`;
      const edges = readIngressEdges(templates).filter(({ group }) => group === name);
      expect(edges).toEqual([
        {
          stack: `slipway-${config.name}-${app}`,
          group: name,
          from: readTaskGroup(templates, `slipway-${config.name}-${app}`),
          fromPort: databasePort,
          toPort: databasePort,
        },
      ]);
    }
    const inside = findResources(templates, 'AWS::RDS::DBInstance').map(({ stack }) => stack);
    expect(readIngressEdges(templates).filter(({ stack }) => inside.includes(stack))).toEqual([]);
  });

  it('runs tasks in private subnets without public addresses', () => {
    const services = findResources(templates, 'AWS::ECS::Service');
    expect(services).toHaveLength(apps.length);
    for (const { properties } of services) {
      const { AwsvpcConfiguration: network } = properties['NetworkConfiguration'] as {
        AwsvpcConfiguration: { AssignPublicIp: string; Subnets: unknown[] };
      };
      expect(network.AssignPublicIp).toBe('DISABLED');
      expect(network.Subnets.map(nameOf)).toEqual(
        config.network.zones.map((_, index) => `slipway-${config.name}-private-subnet-${index + 1}`),
      );
    }
  });

  it('names task definitions by family and never sends a desired count', () => {
    for (const { properties } of findResources(templates, 'AWS::ECS::Service')) {
      expect(properties['TaskDefinition']).toBe(
        `slipway-${config.name}-${String(properties['ServiceName'])}`,
      );
      expect(properties).not.toHaveProperty('DesiredCount');
      expect(properties).not.toHaveProperty('ForceNewDeployment');
    }
  });

  it('keeps every old task until new ones are healthy, stops failing rollouts and balances zones', () => {
    for (const { properties } of findResources(templates, 'AWS::ECS::Service')) {
      expect(properties['AvailabilityZoneRebalancing']).toBe('ENABLED');
      expect(properties['DeploymentConfiguration']).toMatchObject({
        MinimumHealthyPercent: 100,
        MaximumPercent: 200,
        DeploymentCircuitBreaker: { Enable: true, Rollback: true },
        Alarms: { Enable: true, Rollback: true, AlarmNames: [expect.stringContaining('server-errors')] },
      });
    }
  });

  it('starts a service only after the policies of its roles are there', () => {
    for (const { stack, resource } of findResources(templates, 'AWS::ECS::Service')) {
      const policies = findResources(new Map([[stack, templates.get(stack)!]]), 'AWS::IAM::Policy')
        .map(({ id }) => id)
        .filter((id) => id.startsWith('Roles'));
      expect(policies.length).toBeGreaterThan(0);
      expect(resource.DependsOn).toEqual(expect.arrayContaining(policies));
    }
  });

  it('retains the bootstrap revision, so that no update deregisters what a service runs', () => {
    const revisions = findResources(templates, 'AWS::ECS::TaskDefinition');
    expect(revisions).toHaveLength(apps.length);
    for (const { resource } of revisions) {
      expect(resource).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    }
  });

  it('gives every app roles, a log group, a repository and a security group of its own', () => {
    for (const [app] of apps) {
      const own = new Map([[app, templates.get(`slipway-${config.name}-${app}`)!]]);
      const roles = findResources(own, 'AWS::IAM::Role').map(({ properties }) => properties['RoleName']);
      expect(roles).toEqual(
        expect.arrayContaining([
          `slipway-${config.name}-${app}-execution`,
          `slipway-${config.name}-${app}-task`,
        ]),
      );
      expect(findResources(own, 'AWS::Logs::LogGroup')[0]?.properties).toMatchObject({
        LogGroupName: `/slipway/${config.name}/${app}`,
        RetentionInDays: config.apps[app]?.logs.retentionDays,
      });
      expect(findResources(own, 'AWS::ECR::Repository')[0]?.properties).toMatchObject({
        RepositoryName: `slipway/${config.name}/${app}`,
        ImageTagMutability: 'IMMUTABLE',
        ImageScanningConfiguration: { ScanOnPush: true },
        LifecyclePolicy: { LifecyclePolicyText: expect.stringContaining('untagged') },
      });
    }
  });

  it('holds no secret in clear text', () => {
    for (const [stack, template] of templates) {
      for (const { path, value } of walkValues(template)) {
        if (!/^(MasterUserPassword|SecretString|Password|AuthToken)$/.test(path.at(-1) ?? '')) continue;
        expect(`${stack}: ${JSON.stringify(value)}`).toContain('{{resolve:secretsmanager:');
      }
    }
    for (const [name, text] of synthesis.artifacts)
      expect(`${name}: ${text}`).not.toMatch(/password":\s*"[^$a]/i);
  });

  it('wears the permissions boundary on every role', () => {
    const roles = findResources(templates, 'AWS::IAM::Role');
    expect(roles.length).toBeGreaterThan(10);
    for (const { properties } of roles) {
      expect(JSON.stringify(properties['PermissionsBoundary'])).toContain(
        `policy/slipway-${config.name}-boundary`,
      );
    }
  });

  it('tells workflows where everything is under /slipway/<env>/<app>/', () => {
    const names = findResources(templates, 'AWS::SSM::Parameter').map(({ properties }) => properties['Name']);
    for (const [app] of apps) {
      for (const key of [
        'cluster',
        'service',
        'family',
        'container',
        'repository',
        'url',
        'subnets',
        'security-group',
      ]) {
        expect(names).toContain(`/slipway/${config.name}/${app}/${key}`);
      }
    }
    expect(names.filter((name) => String(name).includes('/deployed/'))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  it('logs what the load balancers see', () => {
    const loadBalancers = findResources(templates, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
    expect(loadBalancers.length).toBeGreaterThan(0);
    for (const { properties } of loadBalancers) {
      expect(properties['LoadBalancerAttributes']).toEqual(
        expect.arrayContaining([
          { Key: 'access_logs.s3.enabled', Value: 'true' },
          { Key: 'connection_logs.s3.enabled', Value: 'true' },
          { Key: 'routing.http.drop_invalid_header_fields.enabled', Value: 'true' },
          { Key: 'deletion_protection.enabled', Value: String(config.production) },
        ]),
      );
    }
  });

  it('speaks HTTPS to users, sends HTTP there, and answers 404 where no app is', () => {
    const listeners = findResources(templates, 'AWS::ElasticLoadBalancingV2::Listener').map(
      ({ properties }) => properties,
    );
    for (const listener of listeners.filter(({ Port }) => Port === 80)) {
      expect(listener['DefaultActions']).toMatchObject([
        { Type: 'redirect', RedirectConfig: { Port: '443' } },
      ]);
    }
    for (const listener of listeners.filter(({ Port }) => Port !== 80)) {
      expect(listener).toMatchObject({
        Protocol: 'HTTPS',
        SslPolicy: expect.stringContaining('TLS13'),
        DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
      });
    }
    expect(listeners.map(({ Port }) => Port)).toEqual(expect.arrayContaining([80, 443, 8443]));
  });

  it('has A and AAAA aliases for every public host', () => {
    const records = findResources(templates, 'AWS::Route53::RecordSet').map(({ properties }) => [
      properties['Name'],
      properties['Type'],
    ]);
    const hosts = [
      ...apps.map(([, { ingress }]) => ('host' in ingress ? ingress.host : undefined)),
      ...Object.values(config.sites).map(({ host }) => host),
    ];
    for (const host of hosts) {
      expect(records).toEqual(
        expect.arrayContaining([
          [`${host}.`, 'A'],
          [`${host}.`, 'AAAA'],
        ]),
      );
    }
  });

  it('watches every app and mails the alarms', () => {
    const alarms = findResources(templates, 'AWS::CloudWatch::Alarm').map(({ properties }) => properties);
    for (const [app] of apps) {
      for (const what of ['cpu-high', 'memory-high', 'too-few-tasks', 'server-errors', 'unhealthy-hosts']) {
        const alarm = alarms.find(({ AlarmName }) => AlarmName === `slipway-${config.name}-${app}-${what}`);
        expect(JSON.stringify(alarm?.['AlarmActions'])).toContain(`:slipway-${config.name}-alarms`);
      }
    }
    const emails = findResources(templates, 'AWS::SNS::Subscription').map(
      ({ properties }) => properties['Endpoint'],
    );
    expect(emails).toEqual(config.alerts.emails);
  });

  it('scales every app between its bounds', () => {
    const targets = findResources(templates, 'AWS::ApplicationAutoScaling::ScalableTarget');
    const bounds = targets.map(({ properties }) => [
      properties['ResourceId'],
      properties['MinCapacity'],
      properties['MaxCapacity'],
    ]);
    expect(bounds).toEqual(
      expect.arrayContaining(
        apps.map(([app, { scaling }]) => [
          `service/slipway-${config.name}/${app}`,
          scaling.minimum,
          scaling.maximum,
        ]),
      ),
    );
  });

  it('has a dashboard whose widgets name every app', () => {
    const [dashboard] = findResources(templates, 'AWS::CloudWatch::Dashboard');
    const { widgets } = JSON.parse(String(dashboard?.properties['DashboardBody'])) as {
      widgets: { properties: { title: string } }[];
    };
    for (const [app] of apps) {
      expect(widgets.filter(({ properties }) => properties.title.startsWith(`${app}: `))).toHaveLength(3);
    }
  });

  it('reports failed deployments and waiting approvals of its own cluster', () => {
    const patterns = findResources(templates, 'AWS::Events::Rule').map(({ properties }) =>
      JSON.stringify(properties['EventPattern']),
    );
    expect(patterns.some((pattern) => pattern.includes('SERVICE_DEPLOYMENT_FAILED'))).toBe(true);
    expect(patterns.some((pattern) => pattern.includes('HOOK_AWAITING_ACTION'))).toBe(true);
    for (const pattern of patterns) expect(pattern).toContain(`:service/slipway-${config.name}/*`);
  });

  it('keeps the site’s bucket private and lets CloudFront alone read it', () => {
    const site = templates.get(`slipway-${config.name}-site-storefront`)!;
    const own = new Map([['site', site]]);
    for (const { properties } of findResources(own, 'AWS::S3::Bucket')) {
      expect(properties['PublicAccessBlockConfiguration']).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
    }
    const { DistributionConfig: distribution } = findResources(own, 'AWS::CloudFront::Distribution')[0]!
      .properties as {
      DistributionConfig: Record<string, unknown>;
    };
    expect(distribution).toMatchObject({
      ViewerCertificate: { MinimumProtocolVersion: 'TLSv1.2_2021' },
      DefaultCacheBehavior: { ViewerProtocolPolicy: 'redirect-to-https' },
      CustomErrorResponses: [
        { ErrorCode: 403, ResponseCode: 200, ResponsePagePath: '/index.html' },
        { ErrorCode: 404, ResponseCode: 200, ResponsePagePath: '/index.html' },
      ],
    });
    expect(JSON.stringify(findResources(own, 'AWS::S3::BucketPolicy'))).toContain('cloudfront.amazonaws.com');
  });

  it('sends flow logs of the VPC to its log bucket', () => {
    const [flow] = findResources(templates, 'AWS::EC2::FlowLog');
    expect(flow?.properties).toMatchObject({ TrafficType: 'ALL', LogDestinationType: 's3' });
  });

  it('reaches S3 and DynamoDB without a NAT', () => {
    const services = findResources(templates, 'AWS::EC2::VPCEndpoint').map(({ properties }) =>
      nameOf(properties['ServiceName']),
    );
    expect(services.filter((name) => /\.(s3|dynamodb)$/.test(name))).toHaveLength(2);
  });

  it('mirrors public registries under its own prefix', () => {
    const rules = findResources(templates, 'AWS::ECR::PullThroughCacheRule').map(
      ({ properties }) => properties,
    );
    expect(rules.map((rule) => rule['EcrRepositoryPrefix'])).toEqual(
      config.registry.pullThrough.map((source) => `${config.name}/${source}`),
    );
    for (const rule of rules) {
      expect(rule['CredentialArn'] !== undefined).toBe(rule['UpstreamRegistry'] === 'docker-hub');
    }
  });

  it('limits spending by a budget that mails', () => {
    const [budget] = findResources(templates, 'AWS::Budgets::Budget');
    expect(budget?.properties['Budget']).toMatchObject({
      BudgetLimit: { Amount: config.alerts.monthlyBudgetUsd, Unit: 'USD' },
    });
    expect(budget?.properties['NotificationsWithSubscribers']).toHaveLength(2);
  });
});

/** The security group that the stack's ECS service gives its tasks. */
function readTaskGroup(templates: ReadonlyMap<string, Template>, stack: string): string {
  const [service] = findResources(new Map([[stack, templates.get(stack)!]]), 'AWS::ECS::Service');
  const { AwsvpcConfiguration: network } = service!.properties['NetworkConfiguration'] as {
    AwsvpcConfiguration: { SecurityGroups: unknown[] };
  };
  return nameOf(network.SecurityGroups[0]);
}

describe('dev and prod together', () => {
  it('share no address, no name and no reference', () => {
    expect(overlaps(describeCidr(dev.network.cidr)!, describeCidr(prod.network.cidr)!)).toBe(false);
    for (const [stack, template] of templatesOf(dev))
      expect(`${stack} ${JSON.stringify(template)}`).not.toContain('slipway-prod');
    for (const [stack, template] of templatesOf(prod)) {
      expect(`${stack} ${JSON.stringify(template)}`).not.toContain('slipway-dev');
    }
    // Promotion reads the proved images of dev: the one place where prod knows of it.
    const mentions = [...templatesOf(prod)].filter(([, template]) =>
      JSON.stringify(template).includes('slipway/dev/'),
    );
    expect(mentions.map(([stack]) => stack)).toEqual(['slipway-prod-delivery']);
    const shared = findResources(
      synthesis.templates,
      'AWS::EC2::VPCPeeringConnection',
      'AWS::EC2::TransitGateway',
      'AWS::EC2::TransitGatewayAttachment',
    );
    expect(shared).toEqual([]);
  });

  it('differ where they should: one NAT instance against a gateway per zone', () => {
    expect(findResources(templatesOf(dev), 'AWS::EC2::NatGateway')).toHaveLength(0);
    expect(findResources(templatesOf(dev), 'AWS::EC2::Instance')[0]?.properties).toMatchObject({
      InstanceType: 't4g.nano',
      SourceDestCheck: false,
      MetadataOptions: { HttpTokens: 'required' },
      BlockDeviceMappings: [{ Ebs: { Encrypted: true } }],
    });
    expect(findResources(templatesOf(prod), 'AWS::EC2::NatGateway')).toHaveLength(prod.network.zones.length);
  });

  it('keep data in prod and clear it away in dev', () => {
    const types = [
      'AWS::RDS::DBInstance',
      'AWS::DynamoDB::Table',
      'AWS::ECR::Repository',
      'AWS::S3::Bucket',
      'AWS::SecretsManager::Secret',
    ];
    const policies = (config: EnvironmentConfig) =>
      new Set(
        findResources(templatesOf(config), ...types)
          .filter(({ id }) => !id.includes('login'))
          .map(({ resource }) => resource.DeletionPolicy),
      );
    expect(policies(prod)).toEqual(new Set(['Retain']));
    expect(policies(dev)).toEqual(new Set(['Delete']));
  });
});
