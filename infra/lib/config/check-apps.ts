import { mostApps } from '../delivery/deploy-permissions.ts';
import type { AppConfig } from './app-config.ts';
import type { EnvironmentConfig } from './environment-config.ts';
import { isInZone } from './hosts.ts';

/** What is wrong with the apps of one environment. */
export function checkApps(config: EnvironmentConfig): string[] {
  const problems = Object.entries(config.apps).flatMap(([name, app]) =>
    [
      ...checkShape(name, app),
      ...checkSize(app),
      ...checkScaling(app),
      ...checkIngress(config, app),
      ...checkCapacity(config, app),
      ...checkSettings(app),
      ...checkData(config, app),
    ].map((problem) => `apps.${name}: ${problem}`),
  );
  const count = Object.keys(config.apps).length;
  const tooMany =
    count > mostApps
      ? [`apps has ${count} entries; the deploy role's policies hold ${mostApps}. Split the environment.`]
      : [];
  return [...problems, ...tooMany, ...checkSharedRules(config)];
}

function checkShape(name: string, app: AppConfig): string[] {
  const problems: string[] = [];
  if (!/^[a-z][a-z0-9-]{1,19}$/.test(name) || name.endsWith('-')) {
    problems.push('the name must be 2 to 20 of a-z, 0-9 and -, starting with a letter.');
  }
  if (!Number.isInteger(app.port) || app.port < 1 || app.port > 65535) {
    problems.push(`port ${app.port} must be a whole number from 1 to 65535.`);
  }
  if (!/^\/[A-Za-z0-9/_.-]*$/.test(app.health.path)) {
    problems.push(
      `health.path "${app.health.path}" must start with / and hold letters, digits, / _ . - only.`,
    );
  }
  for (const schedule of app.schedules) {
    if (!/^(cron|rate)\(.+\)$/.test(schedule.expression)) {
      problems.push(`schedule "${schedule.name}" needs cron(…) or rate(…), not "${schedule.expression}".`);
    }
    if (schedule.command.length === 0) problems.push(`schedule "${schedule.name}" has no command.`);
  }
  return problems;
}

/** Memory in MiB that Fargate offers for each size of CPU (ECS: task definition parameters, task size). */
const fargateMemory: Readonly<Record<number, { from: number; to: number; step: number }>> = {
  256: { from: 512, to: 2048, step: 1024 },
  512: { from: 1024, to: 4096, step: 1024 },
  1024: { from: 2048, to: 8192, step: 1024 },
  2048: { from: 4096, to: 16384, step: 1024 },
  4096: { from: 8192, to: 30720, step: 1024 },
  8192: { from: 16384, to: 61440, step: 4096 },
  16384: { from: 32768, to: 122880, step: 8192 },
};

function checkSize(app: AppConfig): string[] {
  const { cpu, memoryMiB } = app.size;
  if (app.capacity === 'ec2') {
    return cpu >= 128 && memoryMiB >= 64 ? [] : [`size ${cpu}/${memoryMiB} is too small for a task on EC2.`];
  }
  const memory = fargateMemory[cpu];
  if (memory === undefined) {
    return [`size.cpu ${cpu} is none of Fargate's sizes: ${Object.keys(fargateMemory).join(', ')}.`];
  }
  const smallest = cpu === 256 && (memoryMiB === 512 || memoryMiB === 1024 || memoryMiB === 2048);
  const fits = memoryMiB >= memory.from && memoryMiB <= memory.to && memoryMiB % memory.step === 0;
  return smallest || fits
    ? []
    : [
        `size.memoryMiB ${memoryMiB} does not go with cpu ${cpu}: Fargate offers ${memory.from} to ${memory.to}.`,
      ];
}

function checkScaling(app: AppConfig): string[] {
  const { minimum, maximum, cpuPercent, memoryPercent, requestsPerMinute } = app.scaling;
  const problems: string[] = [];
  if (minimum < 0 || maximum < Math.max(1, minimum)) {
    problems.push(`scaling from ${minimum} to ${maximum} tasks; the maximum must be the larger.`);
  }
  for (const [field, value] of [
    ['cpuPercent', cpuPercent],
    ['memoryPercent', memoryPercent],
  ] as const) {
    if (value < 10 || value > 95) problems.push(`scaling.${field} ${value} must be from 10 to 95.`);
  }
  if (requestsPerMinute !== undefined && app.ingress.kind === 'none') {
    problems.push('scaling.requestsPerMinute needs an ingress to count requests at.');
  }
  return problems;
}

function checkIngress(config: EnvironmentConfig, app: AppConfig): string[] {
  const { ingress } = app;
  const problems: string[] = [];
  const isPublic = ingress.kind === 'dedicated' || ingress.kind === 'shared';
  if (isPublic && ingress.host !== undefined) {
    if (config.domain === undefined) problems.push('ingress.host needs the environment to have a domain.');
    else if (!isInZone(ingress.host, config.domain.zoneName)) {
      problems.push(`ingress.host "${ingress.host}" is not in the zone ${config.domain.zoneName}.`);
    }
  }
  if (isPublic && config.production && (config.domain === undefined || ingress.host === undefined)) {
    problems.push(
      'ingress needs a host and the environment a domain in production; without them there is no HTTPS.',
    );
  }
  if (ingress.kind === 'shared') {
    if (!config.sharedLoadBalancer) problems.push('ingress "shared" needs sharedLoadBalancer: true.');
    if (ingress.host === undefined && ingress.path === undefined) {
      problems.push('ingress "shared" needs a host or a path, or it would take everybody’s traffic.');
    }
    if (!Number.isInteger(ingress.priority) || ingress.priority < 1 || ingress.priority > 49_999) {
      problems.push(`ingress.priority ${ingress.priority} must be from 1 to 49999.`);
    }
  }
  if (ingress.kind === 'none' && app.rollout.kind === 'blue-green') {
    problems.push('rollout "blue-green" shifts traffic between two target groups and needs an ingress.');
  }
  return problems;
}

function checkCapacity(config: EnvironmentConfig, app: AppConfig): string[] {
  if (app.capacity !== 'ec2') return [];
  const { ec2 } = config.cluster;
  if (ec2 === undefined) return ['capacity "ec2" needs cluster.ec2.'];
  return ec2.architecture === app.architecture
    ? []
    : [`architecture ${app.architecture} cannot run on cluster.ec2, which is ${ec2.architecture}.`];
}

function checkSettings(app: AppConfig): string[] {
  const problems: string[] = [];
  for (const name of Object.keys(app.environment)) {
    if (/(PASSWORD|PASSWD|SECRET|TOKEN|PRIVATE_KEY|API_KEY|ACCESS_KEY|CREDENTIAL)/i.test(name)) {
      problems.push(`environment.${name} looks like a credential; name it in secrets instead.`);
    }
    if (app.secrets.includes(name)) problems.push(`${name} is in environment and in secrets; keep one.`);
  }
  for (const name of [...Object.keys(app.environment), ...app.secrets]) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) problems.push(`"${name}" is no name of a variable.`);
    if (name === 'PORT' || name.startsWith('DATABASE_') || name === 'TABLE_NAME') {
      problems.push(`${name} is set by the infrastructure; take another name.`);
    }
  }
  return problems;
}

function checkData(config: EnvironmentConfig, app: AppConfig): string[] {
  const problems: string[] = [];
  const { database, table } = app;
  if (database !== undefined) {
    if (!/^[a-z][a-z0-9_]{0,62}$/.test(database.name)) {
      problems.push(`database.name "${database.name}" must be a lower-case Postgres name.`);
    }
    if (database.storageGiB < 20)
      problems.push(`database.storageGiB ${database.storageGiB} is below RDS's 20.`);
    if (database.backupDays < 0 || database.backupDays > 35) {
      problems.push(`database.backupDays ${database.backupDays} must be from 0 to 35.`);
    }
    if (config.production && (!database.multiZone || database.backupDays < 7)) {
      problems.push('database needs multiZone and at least 7 backupDays in production.');
    }
  }
  if (table?.sortKey !== undefined && table.sortKey === table.partitionKey) {
    problems.push(`table uses "${table.sortKey}" as both keys.`);
  }
  if (config.production && app.shell) problems.push('shell must be false in production.');
  return problems;
}

function checkSharedRules(config: EnvironmentConfig): string[] {
  const problems: string[] = [];
  const taken = new Map<string, string>();
  for (const [name, { ingress }] of Object.entries(config.apps)) {
    const keys =
      ingress.kind === 'shared'
        ? [`priority ${ingress.priority}`, `rule ${ingress.host ?? '*'}${ingress.path ?? ''}`]
        : ingress.kind === 'dedicated' && ingress.host !== undefined
          ? [`rule ${ingress.host}`]
          : [];
    for (const key of keys) {
      const owner = taken.get(key);
      if (owner !== undefined) problems.push(`apps.${name} and apps.${owner} both want ingress ${key}.`);
      taken.set(key, name);
    }
  }
  return problems;
}
