import { describe, expect, it } from '@jest/globals';
import { dev } from '../../config/dev.ts';
import { environments } from '../../config/environments.ts';
import { prod } from '../../config/prod.ts';
import type { AppConfig } from './app-config.ts';
import { ConfigError, refuseBadConfig } from './check-config.ts';
import type { EnvironmentConfig } from './environment-config.ts';

const app = prod.apps['simple-app1']!;

function withApp(config: EnvironmentConfig, change: Partial<AppConfig>): EnvironmentConfig {
  return {
    ...config,
    apps: { ...config.apps, 'simple-app1': { ...config.apps['simple-app1']!, ...change } },
  };
}

/** The problems that a set of environments is refused for. */
function problemsOf(...configs: readonly EnvironmentConfig[]): readonly string[] {
  try {
    refuseBadConfig(configs);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('refuseBadConfig', () => {
  it('accepts the committed environments', () => {
    expect(problemsOf(...environments)).toEqual([]);
  });

  it.each<[string, EnvironmentConfig, RegExp]>([
    ['a name too long for the qualifier', { ...dev, name: 'staging' }, /name "staging"/],
    ['an account that is no number', { ...dev, account: '12345' }, /account "12345" must be 12 digits/],
    ['a region that is none', { ...dev, region: 'virginia' }, /region "virginia"/],
    ['alarms for nobody', { ...dev, alerts: { ...dev.alerts, emails: [] } }, /alerts\.emails is empty/],
    [
      'an address that is none',
      { ...dev, alerts: { ...dev.alerts, emails: ['me'] } },
      /"me", which is no address/,
    ],
    ['production without backups', { ...prod, backups: { enabled: false, keepDays: 1 } }, /backups\.enabled/],
    ['a network too small', { ...dev, network: { ...dev.network, cidr: '10.1.0.0/24' } }, /network\.cidr/],
    [
      'host bits in the network',
      { ...dev, network: { ...dev.network, cidr: '10.1.2.3/16' } },
      /network\.cidr/,
    ],
    [
      'one zone',
      { ...dev, network: { ...dev.network, zones: ['us-east-1a'] } },
      /two or three different zones/,
    ],
    [
      'a zone twice',
      { ...dev, network: { ...dev.network, zones: ['us-east-1a', 'us-east-1a'] } },
      /two or three/,
    ],
    [
      'a zone of another region',
      { ...dev, network: { ...dev.network, zones: ['us-east-1a', 'eu-west-1a'] } },
      /"eu-west-1a", which is not in us-east-1/,
    ],
    [
      'a NAT instance in production',
      { ...prod, network: { ...prod.network, nat: 'instance' } },
      /no self-healing/,
    ],
    [
      'a peering into our own addresses',
      {
        ...dev,
        network: {
          ...dev.network,
          peering: { vpcId: 'vpc-1', cidr: '10.10.8.0/24', routeTableIds: [], port: 5432 },
        },
      },
      /network\.peering\.cidr/,
    ],
    [
      'more instances at least than at most',
      { ...prod, cluster: { ...prod.cluster, ec2: { ...prod.cluster.ec2!, minimum: 5, maximum: 2 } } },
      /cluster\.ec2 wants 5 to 2/,
    ],
    [
      'a cluster without nodes',
      {
        ...dev,
        kubernetes: { version: '1.34', instanceType: 't4g.medium', minimumNodes: 0, maximumNodes: 5 },
      },
      /at least one/,
    ],
    [
      'a repository id that is a name',
      { ...dev, delivery: { ...dev.delivery, repository: { ...dev.delivery.repository, id: 'slipway' } } },
      /repository\.id "slipway"/,
    ],
    ['any ref at all', { ...dev, delivery: { ...dev.delivery, buildRefs: ['*'] } }, /the ref "\*"/],
    ['no ref', { ...dev, delivery: { ...dev.delivery, buildRefs: [] } }, /each need one ref/],
    [
      'the legacy subject in production',
      { ...prod, delivery: { ...prod.delivery, acceptsLegacySubject: true } },
      /acceptsLegacySubject must be false/,
    ],
    [
      'a site outside the zone',
      { ...dev, sites: { shop: { host: 'shop.other.org', connectsTo: [] } } },
      /not in the zone/,
    ],
    [
      'a site named like an app',
      { ...dev, sites: { clients: { connectsTo: [] } } },
      /both an app and a site/,
    ],
    [
      'a site’s host away from us-east-1',
      {
        ...dev,
        region: 'eu-west-1',
        network: { ...dev.network, zones: ['eu-west-1a', 'eu-west-1b'] },
        sites: { shop: { host: 'shop.dev.example.com', connectsTo: [] } },
      },
      /CloudFront takes its certificate from there only/,
    ],
  ])('refuses %s', (_, config, sentence) => {
    expect(problemsOf(config).join('\n')).toMatch(sentence);
  });

  it.each<[string, Partial<AppConfig>, RegExp]>([
    ['a port out of range', { port: 70_000 }, /port 70000/],
    ['a health path with a quote', { health: { path: '/a"b', graceSeconds: 1 } }, /health\.path/],
    ['a CPU size that Fargate lacks', { size: { cpu: 300, memoryMiB: 512 } }, /size\.cpu 300/],
    ['too little memory for the CPU', { size: { cpu: 1024, memoryMiB: 512 } }, /does not go with cpu 1024/],
    ['memory between the steps', { size: { cpu: 512, memoryMiB: 1500 } }, /does not go with cpu 512/],
    [
      'a maximum below the minimum',
      { scaling: { ...app.scaling, minimum: 4, maximum: 2 } },
      /from 4 to 2 tasks/,
    ],
    ['a target nobody reaches', { scaling: { ...app.scaling, cpuPercent: 120 } }, /scaling\.cpuPercent 120/],
    [
      'requests without a load balancer',
      { ingress: { kind: 'none' }, rollout: { kind: 'rolling', failuresBeforeRollback: 3 } },
      /requestsPerMinute needs an ingress/,
    ],
    ['blue/green without a load balancer', { ingress: { kind: 'none' } }, /needs an ingress/],
    ['a public app without a host', { ingress: { kind: 'dedicated' } }, /needs a host/],
    [
      'a host of somebody else',
      { ingress: { kind: 'dedicated', host: 'a.b.example.com' } },
      /not in the zone/,
    ],
    [
      'a shared rule that takes everything',
      { ingress: { kind: 'shared', priority: 1 } },
      /everybody’s traffic/,
    ],
    [
      'a priority that ELB lacks',
      { ingress: { kind: 'shared', host: 'x.example.com', priority: 0 } },
      /ingress\.priority 0/,
    ],
    [
      'a priority twice',
      { ingress: { kind: 'shared', host: 'x.example.com', priority: 30 } },
      /both want ingress priority 30/,
    ],
    [
      'a host twice',
      { ingress: { kind: 'shared', host: 'clients.example.com', priority: 31 } },
      /both want ingress rule clients\.example\.com/,
    ],
    [
      'an architecture that the instances lack',
      { capacity: 'ec2', architecture: 'X86_64' },
      /cannot run on cluster\.ec2/,
    ],
    [
      'a password in the open',
      { environment: { DB_PASSWORD: 'x' } },
      /environment\.DB_PASSWORD looks like a credential/,
    ],
    ['a variable twice', { environment: { MODE: 'x' }, secrets: ['MODE'] }, /in environment and in secrets/],
    ['a variable of ours', { environment: { PORT: '1' } }, /PORT is set by the infrastructure/],
    ['a variable with a dash', { environment: { 'A-B': '1' } }, /"A-B" is no name/],
    ['a table with one key twice', { table: { partitionKey: 'id', sortKey: 'id' } }, /as both keys/],
    [
      'a weak database in production',
      {
        database: { name: 'db', instanceType: 't4g.micro', storageGiB: 20, multiZone: false, backupDays: 1 },
      },
      /multiZone and at least 7 backupDays/,
    ],
    [
      'a tiny disk',
      { database: { name: 'db', instanceType: 't4g.micro', storageGiB: 5, multiZone: true, backupDays: 7 } },
      /below RDS's 20/,
    ],
    ['a shell in production', { shell: true }, /shell must be false/],
    [
      'a schedule in words',
      { schedules: [{ name: 'nightly', expression: 'every night', command: ['x'] }] },
      /needs cron\(…\) or rate\(…\)/,
    ],
    [
      'a schedule without a command',
      { schedules: [{ name: 'nightly', expression: 'rate(1 day)', command: [] }] },
      /has no command/,
    ],
  ])('refuses an app with %s', (_, change, sentence) => {
    expect(problemsOf(withApp(prod, change)).join('\n')).toMatch(sentence);
  });

  it('refuses an app on EC2 when the cluster has no instances', () => {
    expect(problemsOf(withApp(dev, { capacity: 'ec2' })).join('\n')).toMatch(/needs cluster\.ec2/);
  });

  it('refuses more apps than the deploy role can hold', () => {
    const worker = { ...dev.apps['simple-app1']!, ingress: { kind: 'none' as const } };
    const apps = Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`app-${index}`, worker]));
    expect(problemsOf({ ...dev, apps })).toEqual([expect.stringMatching(/apps has 21 entries/)]);
  });

  it('refuses an app with a name that AWS would not take', () => {
    const problems = problemsOf({ ...dev, apps: { Simple_App: dev.apps['simple-app1']! } });
    expect(problems.join('\n')).toMatch(/apps\.Simple_App: the name must be/);
  });

  it.each<[string, EnvironmentConfig, EnvironmentConfig, RegExp]>([
    [
      'overlapping networks',
      dev,
      { ...prod, network: { ...prod.network, cidr: '10.10.0.0/17' } },
      /overlapping networks/,
    ],
    ['one name twice', dev, { ...prod, name: 'dev' }, /Two environments are called "dev"/],
    [
      'two providers in one account',
      { ...dev, account: '111122223333' },
      { ...prod, account: '111122223333' },
      /one GitHub provider/,
    ],
    [
      'a promotion out of nowhere',
      dev,
      { ...prod, delivery: { ...prod.delivery, promotesFrom: { environment: 'test' } } },
      /promotesFrom names "test"/,
    ],
  ])('refuses %s', (_, one, other, sentence) => {
    expect(problemsOf(one, other).join('\n')).toMatch(sentence);
  });

  it('names every problem at once, and where it is', () => {
    const bad = withApp({ ...dev, account: '1' }, { port: 0 });
    expect(problemsOf(bad)).toEqual([
      'dev: account "1" must be 12 digits.',
      'dev: apps.simple-app1: port 0 must be a whole number from 1 to 65535.',
    ]);
  });
});
