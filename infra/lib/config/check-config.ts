import { checkApps } from './check-apps.ts';
import { checkNetwork } from './check-network.ts';
import { describeCidr, overlaps } from './cidr.ts';
import type { EnvironmentConfig } from './environment-config.ts';
import { isInZone } from './hosts.ts';

/** Configuration that cannot work. The message lists every problem, one sentence a line. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      `The infrastructure configuration cannot be used:\n${problems.map((line) => `  - ${line}`).join('\n')}`,
    );
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** Throws `ConfigError` with all problems of all environments at once; returns nothing when all is well. */
export function refuseBadConfig(environments: readonly EnvironmentConfig[]): void {
  const problems = [...environments.flatMap(checkEnvironment), ...checkTogether(environments)];
  if (problems.length > 0) throw new ConfigError(problems);
}

/** What is wrong with one environment taken alone. */
export function checkEnvironment(config: EnvironmentConfig): string[] {
  return [
    ...checkIdentity(config),
    ...checkNetwork(config),
    ...checkCluster(config),
    ...checkDelivery(config),
    ...checkApps(config),
    ...checkSites(config),
  ].map((problem) => `${config.name}: ${problem}`);
}

function checkIdentity(config: EnvironmentConfig): string[] {
  const problems: string[] = [];
  if (!/^[a-z][a-z0-9]{1,5}$/.test(config.name)) {
    problems.push(
      `name "${config.name}" must be 2 to 6 lower-case letters and digits; it is part of the CDK qualifier, which allows ten.`,
    );
  }
  if (config.account !== undefined && !/^\d{12}$/.test(config.account)) {
    problems.push(`account "${config.account}" must be 12 digits.`);
  }
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(config.region)) {
    problems.push(`region "${config.region}" is no AWS region; write it as us-east-1.`);
  }
  if (config.alerts.emails.length === 0) {
    problems.push('alerts.emails is empty; alarms that nobody receives are no alarms.');
  }
  for (const email of config.alerts.emails) {
    if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email))
      problems.push(`alerts.emails has "${email}", which is no address.`);
  }
  if (config.production && !config.backups.enabled) {
    problems.push('backups.enabled must be true in production.');
  }
  return problems;
}

function checkCluster(config: EnvironmentConfig): string[] {
  const problems: string[] = [];
  const { ec2 } = config.cluster;
  if (ec2 !== undefined && (ec2.minimum < 0 || ec2.maximum < Math.max(1, ec2.minimum))) {
    problems.push(
      `cluster.ec2 wants ${ec2.minimum} to ${ec2.maximum} instances; the maximum must be the larger.`,
    );
  }
  const { kubernetes } = config;
  if (
    kubernetes !== undefined &&
    (kubernetes.minimumNodes < 1 || kubernetes.maximumNodes < kubernetes.minimumNodes)
  ) {
    problems.push(
      `kubernetes wants ${kubernetes.minimumNodes} to ${kubernetes.maximumNodes} nodes; it needs at least one, and the maximum must be the larger.`,
    );
  }
  return problems;
}

function checkDelivery(config: EnvironmentConfig): string[] {
  const { delivery } = config;
  const problems: string[] = [];
  for (const [field, value] of [
    ['ownerId', delivery.repository.ownerId],
    ['id', delivery.repository.id],
  ] as const) {
    if (!/^\d+$/.test(value))
      problems.push(`delivery.repository.${field} "${value}" must be GitHub's number.`);
  }
  for (const ref of [...delivery.buildRefs, ...delivery.workflowRefs]) {
    if (!/^refs\/(heads|tags)\/[^*?\s]+\*?$/.test(ref)) {
      problems.push(
        `delivery has the ref "${ref}"; write refs/heads/NAME or refs/tags/NAME, with at most one * at the end.`,
      );
    }
  }
  if (delivery.buildRefs.length === 0 || delivery.workflowRefs.length === 0) {
    problems.push(
      'delivery.buildRefs and delivery.workflowRefs each need one ref, or no workflow can take the role.',
    );
  }
  if (config.production && delivery.acceptsLegacySubject) {
    problems.push(
      'delivery.acceptsLegacySubject must be false in production: the old subject can be taken over by a renamed repository.',
    );
  }
  return problems;
}

function checkSites(config: EnvironmentConfig): string[] {
  const problems: string[] = [];
  for (const [name, site] of Object.entries(config.sites)) {
    if (!/^[a-z][a-z0-9-]{1,19}$/.test(name))
      problems.push(`sites has "${name}"; use 2 to 20 of a-z, 0-9 and -.`);
    if (config.apps[name] !== undefined)
      problems.push(`"${name}" is both an app and a site; rename one of them.`);
    if (site.host === undefined) {
      if (config.production) problems.push(`sites.${name} needs a host in production.`);
      continue;
    }
    if (config.domain === undefined)
      problems.push(`sites.${name} has a host but the environment has no domain.`);
    else if (!isInZone(site.host, config.domain.zoneName)) {
      problems.push(`sites.${name}.host "${site.host}" is not in the zone ${config.domain.zoneName}.`);
    }
    if (config.region !== 'us-east-1') {
      problems.push(
        `sites.${name}.host needs region us-east-1: CloudFront takes its certificate from there only.`,
      );
    }
  }
  return problems;
}

function checkTogether(environments: readonly EnvironmentConfig[]): string[] {
  const problems: string[] = [];
  for (const [index, one] of environments.entries()) {
    for (const other of environments.slice(index + 1)) problems.push(...checkPair(one, other));
    const source = one.delivery.promotesFrom?.environment;
    if (source !== undefined && (source === one.name || !environments.some(({ name }) => name === source))) {
      problems.push(`${one.name}: delivery.promotesFrom names "${source}", which is no other environment.`);
    }
  }
  return problems;
}

function checkPair(one: EnvironmentConfig, other: EnvironmentConfig): string[] {
  const problems: string[] = [];
  if (one.name === other.name) problems.push(`Two environments are called "${one.name}".`);
  const left = describeCidr(one.network.cidr);
  const right = describeCidr(other.network.cidr);
  if (left !== undefined && right !== undefined && overlaps(left, right)) {
    problems.push(
      `${one.name} and ${other.name} have overlapping networks: ${one.network.cidr} and ${other.network.cidr}.`,
    );
  }
  const sameAccount = one.account !== undefined && one.account === other.account;
  if (sameAccount && one.delivery.createsProvider && other.delivery.createsProvider) {
    problems.push(
      `${one.name} and ${other.name} share account ${one.account}, which holds one GitHub provider: set delivery.createsProvider false in one.`,
    );
  }
  return problems;
}
