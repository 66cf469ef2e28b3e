import { readIngressEdges, readSubnets, type SubnetNode } from '../template/network-graph.ts';
import type { Template } from '../template/template.ts';
import { findResources, nameOf } from '../template/walk.ts';

/** An environment as an engineer would sketch it; read from the templates, not from the configuration. */
export interface Architecture {
  readonly environment: string;
  readonly cluster: string;
  readonly cidr: string;
  readonly subnets: readonly SubnetNode[];
  readonly nat: readonly string[];
  readonly balancers: readonly BalancerNode[];
  readonly services: readonly ServiceNode[];
  readonly sites: readonly string[];
  readonly regional: readonly string[];
  readonly roles: readonly string[];
}

export interface BalancerNode {
  readonly key: string;
  readonly scheme: string;
  readonly ports: readonly number[];
}

export interface ServiceNode {
  readonly name: string;
  readonly balancer: string | undefined;
  readonly host: string;
  readonly port: number | undefined;
  readonly strategy: string;
  readonly capacity: string;
  readonly tasks: string;
  readonly database: string | undefined;
  readonly table: string | undefined;
}

type Templates = ReadonlyMap<string, Template>;

export function readArchitecture(environment: string, templates: Templates): Architecture {
  return {
    environment,
    cluster: nameOf(findResources(templates, 'AWS::ECS::Cluster')[0]?.properties['ClusterName'] ?? ''),
    cidr: nameOf(findResources(templates, 'AWS::EC2::VPC')[0]?.properties['CidrBlock'] ?? ''),
    subnets: readSubnets(templates),
    nat: readNat(templates),
    balancers: readBalancers(templates),
    services: findResources(templates, 'AWS::ECS::Service').map(({ stack }) => readService(stack, templates)),
    sites: findResources(templates, 'AWS::CloudFront::Distribution').map(({ stack, properties }) =>
      readAlias(properties, stack.replace(/^.*-site-/, '')),
    ),
    regional: readRegional(templates),
    roles: findResources(templates, 'AWS::IAM::Role')
      .filter(({ stack }) => stack.endsWith('-delivery'))
      .map(({ properties }) => nameOf(properties['RoleName']).replace(`slipway-${environment}-`, '')),
  };
}

function readNat(templates: Templates): string[] {
  const gateways = findResources(templates, 'AWS::EC2::NatGateway').map(({ properties }) =>
    properties['AvailabilityMode'] === 'regional' ? 'NAT gateway (regional)' : 'NAT gateway',
  );
  const instances = findResources(templates, 'AWS::EC2::Instance').map(
    ({ properties }) => `NAT instance ${nameOf(properties['InstanceType'])}`,
  );
  return [...gateways, ...instances];
}

function readBalancers(templates: Templates): BalancerNode[] {
  return findResources(templates, 'AWS::ElasticLoadBalancingV2::LoadBalancer').map(
    ({ stack, properties }) => ({
      key: stack,
      scheme: nameOf(properties['Scheme']),
      ports: findResources(only(templates, stack), 'AWS::ElasticLoadBalancingV2::Listener').map((listener) =>
        Number(listener.properties['Port']),
      ),
    }),
  );
}

function readService(stack: string, templates: Templates): ServiceNode {
  const own = only(templates, stack);
  const one = (type: string) => findResources(own, type)[0]?.properties ?? {};
  const service = one('AWS::ECS::Service');
  const target = one('AWS::ApplicationAutoScaling::ScalableTarget');
  const rule = findResources(own, 'AWS::ElasticLoadBalancingV2::ListenerRule')[0]?.properties;
  const { Strategy: strategy } = service['DeploymentConfiguration'] as { Strategy: string };
  return {
    name: nameOf(service['ServiceName']),
    balancer: rule === undefined ? undefined : findBalancer(stack, nameOf(rule['ListenerArn']), templates),
    host: readHost(rule),
    port: readPort(service),
    strategy: strategy.toLowerCase().replace('_', '/'),
    capacity: describeCapacity(service['CapacityProviderStrategy']),
    tasks: `${nameOf(target['MinCapacity'])}–${nameOf(target['MaxCapacity'])} tasks`,
    database: readDatabase(stack, templates),
    table: readTable(stack, templates),
  };
}

/** A listener of this stack, or the shared one that the platform exports. */
function findBalancer(stack: string, listener: string, templates: Templates): string {
  const exported = /^slipway-(\w+)-shared-/.exec(listener);
  if (exported === null) return stack;
  const platform = `slipway-${exported[1]}-platform`;
  return templates.has(platform) ? platform : stack;
}

function readHost(rule: Readonly<Record<string, unknown>> | undefined): string {
  const conditions = (rule?.['Conditions'] ?? []) as {
    HostHeaderConfig?: { Values: string[] };
    PathPatternConfig?: { Values: string[] };
  }[];
  return conditions
    .flatMap(
      ({ HostHeaderConfig, PathPatternConfig }) =>
        HostHeaderConfig?.Values ?? PathPatternConfig?.Values ?? [],
    )
    .slice(0, 1)
    .join('');
}

function readPort(service: Readonly<Record<string, unknown>>): number | undefined {
  const [binding] = (service['LoadBalancers'] ?? []) as { ContainerPort: number }[];
  return binding?.ContainerPort;
}

function describeCapacity(strategy: unknown): string {
  return (strategy as { CapacityProvider: string }[])
    .map(({ CapacityProvider: name }) =>
      name === 'FARGATE' ? 'Fargate' : name === 'FARGATE_SPOT' ? 'Spot' : 'EC2',
    )
    .join(' + ');
}

/** The database that this app's tasks may reach, by the security groups. */
function readDatabase(stack: string, templates: Templates): string | undefined {
  const edge = readIngressEdges(only(templates, stack)).find(({ group }) =>
    group.endsWith('-database-security-group'),
  );
  if (edge === undefined) return undefined;
  const [instance] = findResources(only(templates, `${stack}-data`), 'AWS::RDS::DBInstance');
  if (instance === undefined) return undefined;
  const zones = instance.properties['MultiAZ'] === true ? 'two zones' : 'one zone';
  return `${nameOf(instance.properties['DBInstanceClass'])}, ${zones}`;
}

function readTable(stack: string, templates: Templates): string | undefined {
  const [table] = findResources(only(templates, `${stack}-data`), 'AWS::DynamoDB::Table');
  return table === undefined ? undefined : nameOf(table.properties['TableName']);
}

function readAlias(properties: Readonly<Record<string, unknown>>, fallback: string): string {
  const config = properties['DistributionConfig'] as { Aliases?: string[] };
  return config.Aliases?.[0] ?? fallback;
}

/** Singular and plural. */
const regionalTypes: Readonly<Record<string, readonly [string, string]>> = {
  'AWS::ECR::Repository': ['ECR repository', 'ECR repositories'],
  'AWS::ECR::PullThroughCacheRule': ['ECR mirror', 'ECR mirrors'],
  'AWS::SecretsManager::Secret': ['secret', 'secrets'],
  'AWS::Logs::LogGroup': ['log group', 'log groups'],
  'AWS::CloudWatch::Alarm': ['alarm', 'alarms'],
  'AWS::SNS::Topic': ['SNS topic', 'SNS topics'],
  'AWS::SSM::Parameter': ['SSM parameter', 'SSM parameters'],
  'AWS::Scheduler::Schedule': ['schedule', 'schedules'],
  'AWS::Backup::BackupPlan': ['backup plan', 'backup plans'],
  'AWS::S3::Bucket': ['S3 bucket', 'S3 buckets'],
};

function readRegional(templates: Templates): string[] {
  return Object.entries(regionalTypes)
    .map(([type, words]) => ({ words, count: findResources(templates, type).length }))
    .filter(({ count }) => count > 0)
    .map(({ words, count }) => `${count} ${words[count === 1 ? 0 : 1]}`);
}

function only(templates: Templates, stack: string): Templates {
  const template = templates.get(stack);
  return template === undefined ? new Map() : new Map([[stack, template]]);
}
