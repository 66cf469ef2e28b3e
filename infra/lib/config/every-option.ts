import { dev } from '../../config/dev.ts';
import type { AppConfig } from './app-config.ts';
import type { EnvironmentConfig } from './environment-config.ts';

const base: AppConfig = {
  port: 8000,
  health: { path: '/health-check', graceSeconds: 30, command: ['CMD', 'true'] },
  size: { cpu: 256, memoryMiB: 512 },
  architecture: 'ARM64',
  capacity: 'fargate',
  scaling: { minimum: 1, maximum: 3, cpuPercent: 60, memoryPercent: 75 },
  ingress: { kind: 'none' },
  rollout: { kind: 'rolling', failuresBeforeRollback: 3 },
  environment: { MODE: 'test' },
  secrets: ['SESSION_KEY'],
  environmentFile: true,
  database: { name: 'all', instanceType: 't4g.micro', storageGiB: 20, multiZone: true, backupDays: 7 },
  table: { partitionKey: 'id' },
  schedules: [{ name: 'nightly', expression: 'rate(1 day)', command: ['true'] }],
  logs: { retentionDays: 7, router: 'firelens' },
  alarms: { cpuPercent: 85, memoryPercent: 85, serverErrors: 20 },
  shell: true,
};

/**
 * For tests: an environment with everything switched on that the committed ones leave off, and without
 * a domain. Findings and policies must hold for what users may choose, not only for what we chose.
 */
export const everyOption: EnvironmentConfig = {
  ...dev,
  name: 'every',
  domain: undefined,
  network: {
    cidr: '10.30.0.0/16',
    zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
    nat: 'regional-gateway',
    interfaceEndpoints: ['ecr.api', 'ecr.dkr', 'logs'],
    peering: {
      vpcId: 'vpc-00000000000000001',
      cidr: '172.20.0.0/16',
      routeTableIds: ['rtb-00000000000000001'],
      port: 5432,
    },
  },
  cluster: {
    insights: 'enabled',
    ec2: { instanceType: 't4g.small', architecture: 'ARM64', minimum: 1, maximum: 2 },
  },
  registry: {
    pullThrough: ['ecr-public', 'docker-hub', 'quay', 'kubernetes'],
    readerAccounts: ['111122223333'],
  },
  backups: { enabled: true, keepDays: 7 },
  kubernetes: { version: '1.34', instanceType: 't4g.medium', minimumNodes: 2, maximumNodes: 5 },
  delivery: { ...dev.delivery, createsProvider: false, acceptsLegacySubject: true },
  apps: {
    worker: base,
    gateway: { ...base, ingress: { kind: 'internal', gateway: true }, capacity: 'ec2' },
    shifted: {
      ...base,
      ingress: { kind: 'dedicated' },
      rollout: { kind: 'blue-green', bakeMinutes: 5, approval: true },
      scaling: { ...base.scaling, requestsPerMinute: 100 },
    },
    shared: { ...base, ingress: { kind: 'shared', path: '/shared/*', priority: 1 } },
  },
  sites: { plain: { connectsTo: [] } },
};
