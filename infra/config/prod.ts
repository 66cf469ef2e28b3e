import type { AppConfig } from '../lib/config/app-config.ts';
import type { EnvironmentConfig } from '../lib/config/environment-config.ts';
import { repository } from './repository.ts';

/** What prod's apps have in common: two zones at least, blue/green with a person's approval. */
const steady = {
  health: { path: '/health-check', graceSeconds: 60 },
  size: { cpu: 512, memoryMiB: 1024 },
  architecture: 'ARM64',
  capacity: 'fargate-mixed',
  scaling: { minimum: 2, maximum: 6, cpuPercent: 60, memoryPercent: 75, requestsPerMinute: 1000 },
  rollout: { kind: 'blue-green', bakeMinutes: 10, approval: true },
  environment: {},
  secrets: [],
  environmentFile: false,
  schedules: [],
  logs: { retentionDays: 90, router: 'awslogs' },
  alarms: { cpuPercent: 80, memoryPercent: 80, serverErrors: 5 },
  shell: false,
} as const satisfies Partial<AppConfig>;

export const prod: EnvironmentConfig = {
  name: 'prod',
  production: true,
  account: process.env['SLIPWAY_PROD_ACCOUNT'],
  region: 'us-east-1',
  domain: { zoneName: 'example.com', hostedZoneId: 'Z000000PRODEXAMPLE' },
  network: {
    cidr: '10.20.0.0/16',
    zones: ['us-east-1a', 'us-east-1b'],
    nat: 'gateway-per-zone',
    interfaceEndpoints: [],
  },
  cluster: {
    insights: 'enhanced',
    ec2: { instanceType: 't4g.small', architecture: 'ARM64', minimum: 2, maximum: 4 },
  },
  sharedLoadBalancer: true,
  registry: { pullThrough: ['ecr-public', 'docker-hub', 'quay'], readerAccounts: [] },
  alerts: { emails: ['prod-alarms@example.com'], monthlyBudgetUsd: 600 },
  backups: { enabled: true, keepDays: 35 },
  delivery: {
    repository,
    createsProvider: true,
    buildRefs: ['refs/tags/v*'],
    workflowRefs: ['refs/tags/v*', 'refs/heads/main'],
    workflows: { build: 'deploy.yml', deploy: 'deploy.yml', infra: 'infra.yml' },
    acceptsLegacySubject: false,
    promotesFrom: { environment: 'dev', account: process.env['SLIPWAY_DEV_ACCOUNT'] },
  },
  apps: {
    'simple-app1': {
      ...steady,
      port: 8000,
      ingress: { kind: 'dedicated', host: 'app1.example.com' },
    },
    'simple-app2': {
      ...steady,
      port: 8000,
      ingress: { kind: 'dedicated', host: 'app2.example.com' },
    },
    clients: {
      ...steady,
      port: 8000,
      ingress: { kind: 'shared', host: 'clients.example.com', priority: 30 },
      secrets: ['SESSION_KEY'],
      database: {
        name: 'clients',
        instanceType: 't4g.small',
        storageGiB: 50,
        multiZone: true,
        backupDays: 14,
      },
      schedules: [
        { name: 'nightly-vacuum', expression: 'cron(30 3 * * ? *)', command: ['node', 'vacuum.js'] },
      ],
    },
    comments: {
      ...steady,
      port: 8000,
      capacity: 'ec2',
      scaling: { minimum: 1, maximum: 3, cpuPercent: 60, memoryPercent: 75 },
      rollout: { kind: 'rolling', failuresBeforeRollback: 3 },
      ingress: { kind: 'shared', host: 'comments.example.com', priority: 40 },
      table: { partitionKey: 'page', sortKey: 'writtenAt' },
    },
    site: {
      ...steady,
      port: 8080,
      size: { cpu: 256, memoryMiB: 512 },
      health: { path: '/', graceSeconds: 15 },
      ingress: { kind: 'shared', host: 'www.example.com', path: '/*', priority: 50 },
    },
  },
  sites: {
    storefront: { host: 'shop.example.com', connectsTo: ['https://app1.example.com'] },
  },
};
