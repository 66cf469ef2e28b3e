import type { AppConfig } from '../lib/config/app-config.ts';
import type { EnvironmentConfig } from '../lib/config/environment-config.ts';
import { repository } from './repository.ts';

/** What the small apps of dev have in common: one Spot task, rolled quickly, watched loosely. */
const small = {
  health: { path: '/health-check', graceSeconds: 30 },
  size: { cpu: 256, memoryMiB: 512 },
  architecture: 'ARM64',
  capacity: 'fargate-spot',
  scaling: { minimum: 1, maximum: 3, cpuPercent: 60, memoryPercent: 75 },
  rollout: { kind: 'rolling', failuresBeforeRollback: 3 },
  environment: {},
  secrets: [],
  environmentFile: false,
  schedules: [],
  logs: { retentionDays: 14, router: 'awslogs' },
  alarms: { cpuPercent: 85, memoryPercent: 85, serverErrors: 20 },
  shell: true,
} as const satisfies Partial<AppConfig>;

export const dev: EnvironmentConfig = {
  name: 'dev',
  production: false,
  account: process.env['SLIPWAY_DEV_ACCOUNT'],
  region: 'us-east-1',
  domain: { zoneName: 'dev.example.com', hostedZoneId: 'Z0000000DEVEXAMPLE' },
  network: {
    cidr: '10.10.0.0/16',
    zones: ['us-east-1a', 'us-east-1b'],
    nat: 'instance',
    interfaceEndpoints: [],
  },
  cluster: { insights: 'enhanced' },
  sharedLoadBalancer: true,
  registry: { pullThrough: ['ecr-public', 'quay'], readerAccounts: [] },
  alerts: { emails: ['dev-alarms@example.com'], monthlyBudgetUsd: 120 },
  backups: { enabled: false, keepDays: 7 },
  delivery: {
    repository,
    createsProvider: true,
    buildRefs: ['refs/heads/main', 'refs/heads/dev'],
    workflowRefs: ['refs/heads/main', 'refs/heads/dev'],
    workflows: { build: 'deploy.yml', deploy: 'deploy.yml', infra: 'infra.yml' },
    acceptsLegacySubject: false,
  },
  apps: {
    'simple-app1': {
      ...small,
      port: 8000,
      ingress: { kind: 'shared', host: 'app1.dev.example.com', priority: 10 },
    },
    'simple-app2': {
      ...small,
      port: 8000,
      ingress: { kind: 'shared', host: 'app2.dev.example.com', priority: 20 },
    },
    clients: {
      ...small,
      port: 8000,
      ingress: { kind: 'shared', host: 'clients.dev.example.com', priority: 30 },
      database: {
        name: 'clients',
        instanceType: 't4g.micro',
        storageGiB: 20,
        multiZone: false,
        backupDays: 1,
      },
    },
    comments: {
      ...small,
      port: 8000,
      ingress: { kind: 'shared', host: 'comments.dev.example.com', priority: 40 },
      table: { partitionKey: 'page', sortKey: 'writtenAt' },
    },
    site: {
      ...small,
      port: 8080,
      health: { path: '/', graceSeconds: 15 },
      ingress: { kind: 'shared', host: 'www.dev.example.com', path: '/*', priority: 50 },
    },
  },
  sites: {
    storefront: { host: 'shop.dev.example.com', connectsTo: ['https://app1.dev.example.com'] },
  },
};
