import type { AppConfig } from '../config/app-config.ts';
import type { EnvironmentConfig } from '../config/environment-config.ts';
import type { Template } from '../template/template.ts';
import { findResources, nameOf } from '../template/walk.ts';
import { findHourlyPrice, priceTable } from './price-table.ts';

export interface CostLine {
  readonly what: string;
  readonly count: number;
  readonly usdPerMonth: number;
}

/** What costs money whether anybody uses it or not, at the least number of tasks. */
export interface CostEstimate {
  readonly lines: readonly CostLine[];
  readonly usdPerMonth: number;
  /** Types that the price table does not know; the sum lacks them. */
  readonly unknown: readonly string[];
}

type Templates = ReadonlyMap<string, Template>;

export function estimateCost(config: EnvironmentConfig, templates: Templates): CostEstimate {
  const lines: CostLine[] = [];
  const unknown: string[] = [];
  const add = (what: string, count: number, each: number | undefined) => {
    if (count === 0) return;
    if (each === undefined) unknown.push(what);
    else lines.push({ what, count, usdPerMonth: round(count * each) });
  };
  addNetwork(add, config, templates);
  addTasks(add, config);
  addInstances(add, config, templates);
  addData(add, config);
  addWatching(add, templates);
  return { lines, usdPerMonth: round(lines.reduce((sum, line) => sum + line.usdPerMonth, 0)), unknown };
}

type Add = (what: string, count: number, each: number | undefined) => void;

function addNetwork(add: Add, config: EnvironmentConfig, templates: Templates): void {
  const { perHour } = priceTable;
  const count = (type: string) => findResources(templates, type).length;
  const zones = config.network.zones.length;
  const balancers = findResources(templates, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
  const isPublic = balancers.filter(({ properties }) => properties['Scheme'] === 'internet-facing').length;
  const natZones = config.network.nat === 'regional-gateway' ? zones : 1;
  add('NAT gateway', count('AWS::EC2::NatGateway') * natZones, monthly(perHour.natGateway));
  add('Load balancer', balancers.length, monthly(perHour.loadBalancer));
  const natAddresses = Math.max(count('AWS::EC2::EIP'), count('AWS::EC2::Instance'));
  add('Public IPv4 address', isPublic * zones + natAddresses, monthly(perHour.publicIpv4));
  const endpoints = findResources(templates, 'AWS::EC2::VPCEndpoint').filter(
    ({ properties }) => properties['VpcEndpointType'] === 'Interface',
  );
  add('Interface endpoint and zone', endpoints.length * zones, monthly(perHour.interfaceEndpointPerZone));
  for (const { properties } of findResources(templates, 'AWS::EC2::Instance')) {
    const type = nameOf(properties['InstanceType']);
    add(`NAT instance ${type}`, 1, priceInstance(type, 8));
  }
}

function addTasks(add: Add, config: EnvironmentConfig): void {
  for (const [name, app] of Object.entries(config.apps)) {
    if (app.capacity === 'ec2') continue;
    const { minimum } = app.scaling;
    const spot =
      app.capacity === 'fargate' ? 0 : app.capacity === 'fargate-spot' ? minimum : countMixedSpot(minimum);
    add(`Tasks of ${name} (Fargate)`, minimum - spot, priceTask(app));
    add(`Tasks of ${name} (Spot)`, spot, priceTask(app) * priceTable.spotFactor);
  }
}

/** Beyond the one task of the base, weights 1 and 3 share the rest. */
function countMixedSpot(tasks: number): number {
  return Math.ceil((Math.max(0, tasks - 1) * 3) / 4);
}

function priceTask(app: AppConfig): number {
  const { fargateVcpu, fargateGib } = priceTable.perHour;
  const hourly =
    (app.size.cpu / 1024) * fargateVcpu[app.architecture] +
    (app.size.memoryMiB / 1024) * fargateGib[app.architecture];
  return monthly(hourly);
}

function addInstances(add: Add, config: EnvironmentConfig, templates: Templates): void {
  const { ec2 } = config.cluster;
  if (ec2 !== undefined)
    add(`ECS instance ${ec2.instanceType}`, ec2.minimum, priceInstance(ec2.instanceType, 30));
  const { kubernetes } = config;
  if (kubernetes === undefined) return;
  add('EKS control plane', 1, monthly(priceTable.perHour.eksCluster));
  add(
    `EKS node ${kubernetes.instanceType}`,
    kubernetes.minimumNodes,
    priceInstance(kubernetes.instanceType, 20),
  );
  add('Customer key', findResources(templates, 'AWS::KMS::Key').length, priceTable.perMonth.customerKey);
}

function priceInstance(type: string, volumeGib: number): number | undefined {
  const hourly = findHourlyPrice(priceTable.instancePerHour, type);
  return hourly === undefined ? undefined : monthly(hourly) + volumeGib * priceTable.perMonth.volumeGib;
}

function addData(add: Add, config: EnvironmentConfig): void {
  for (const [name, { database }] of Object.entries(config.apps)) {
    if (database === undefined) continue;
    const hourly = findHourlyPrice(priceTable.databasePerHour, database.instanceType);
    const copies = database.multiZone ? 2 : 1;
    const each =
      hourly === undefined
        ? undefined
        : copies * (monthly(hourly) + database.storageGiB * priceTable.perMonth.databaseGib);
    add(`Database of ${name} ${database.instanceType}${database.multiZone ? ', two zones' : ''}`, 1, each);
  }
}

/** An alarm costs by the metrics it looks at. */
function addWatching(add: Add, templates: Templates): void {
  const { perMonth } = priceTable;
  const metrics = findResources(templates, 'AWS::CloudWatch::Alarm').map(({ properties }) => {
    const queries = (properties['Metrics'] ?? [{ MetricStat: {} }]) as { MetricStat?: unknown }[];
    return queries.filter(({ MetricStat }) => MetricStat !== undefined).length;
  });
  add(
    'Alarm metric',
    metrics.reduce((sum, count) => sum + count, 0),
    perMonth.alarmMetric,
  );
  add('Secret', findResources(templates, 'AWS::SecretsManager::Secret').length, perMonth.secret);
}

function monthly(hourly: number): number {
  return hourly * priceTable.hoursPerMonth;
}

function round(usd: number): number {
  return Math.round(usd * 100) / 100;
}

/** The estimate as a Markdown table, the dearest line first. */
export function printCostTable(estimate: CostEstimate): string {
  const rows = [...estimate.lines]
    .sort((one, other) => other.usdPerMonth - one.usdPerMonth || (one.what < other.what ? -1 : 1))
    .map(({ what, count, usdPerMonth }) => `| ${what} | ${count} | ${usdPerMonth.toFixed(2)} |`);
  return [
    '| what | count | USD a month |',
    '| --- | ---: | ---: |',
    ...rows,
    `| **in all** | | **${estimate.usdPerMonth.toFixed(2)}** |`,
    ...(estimate.unknown.length === 0 ? [] : ['', `Not in the price table: ${estimate.unknown.join(', ')}.`]),
  ].join('\n');
}
