import type { Json } from '../server/service.ts';
import { readLifecycleHooks } from './read-lifecycle-hooks.ts';
import type { AlarmSettings, EarlySuccess, StrategySettings } from './strategy-settings.ts';
import { invalidParameter } from './world.ts';

const LONGEST_BAKE_MINUTES = 1440;

/**
 * Reads how a service's deployments proceed.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
 */
export function readStrategy(configuration: Json, hasTraffic: boolean): StrategySettings {
  const kind = configuration['strategy'] ?? 'ROLLING';
  if (kind !== 'ROLLING' && kind !== 'BLUE_GREEN' && kind !== 'LINEAR' && kind !== 'CANARY') {
    throw invalidParameter(`Invalid deployment strategy: ${String(kind)}`);
  }
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/canary-deployment-implementation.html
  if ((kind === 'LINEAR' || kind === 'CANARY') && !hasTraffic) {
    throw invalidParameter(`The deployment strategy ${kind} requires a load balancer or Service Connect.`);
  }
  for (const [member, strategy] of [
    ['linearConfiguration', 'LINEAR'],
    ['canaryConfiguration', 'CANARY'],
    ['earlySuccessCriteria', 'ROLLING'],
  ] as const) {
    if (configuration[member] !== undefined && kind !== strategy) {
      throw invalidParameter(`${member} is only valid when the deployment strategy is ${strategy}.`);
    }
  }
  return {
    kind,
    bakeSeconds: 60 * readMinutes(configuration['bakeTimeInMinutes'], 'bakeTimeInMinutes', 0),
    shifts: readShifts(kind, configuration),
    hooks: readLifecycleHooks(configuration['lifecycleHooks']),
    alarms: readAlarms(configuration['alarms'] as Json | undefined),
    early: readEarlySuccess(configuration),
  };
}

function readMinutes(value: unknown, member: string, usual: number): number {
  const minutes = value ?? usual;
  if (
    typeof minutes !== 'number' ||
    !Number.isInteger(minutes) ||
    minutes < 0 ||
    minutes > LONGEST_BAKE_MINUTES
  ) {
    throw invalidParameter(`${member} must be between 0 and ${LONGEST_BAKE_MINUTES}.`);
  }
  return minutes;
}

// Percentages are multiples of 0.1.
function readPercent(value: unknown, member: string, least: number, usual: number): number {
  const percent = value ?? usual;
  if (typeof percent !== 'number' || !(percent >= least) || percent > 100) {
    throw invalidParameter(`${member} must be between ${least.toFixed(1)} and 100.0.`);
  }
  return percent;
}

/**
 * The steps in which production traffic moves. "This bake time is not applied after reaching 100 percent traffic."
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LinearConfiguration.html
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CanaryConfiguration.html
 */
function readShifts(kind: StrategySettings['kind'], configuration: Json): StrategySettings['shifts'] {
  switch (kind) {
    case 'ROLLING':
      return [];
    case 'BLUE_GREEN':
      return [{ percent: 100, bakeSeconds: 0 }];
    case 'CANARY': {
      const canary = (configuration['canaryConfiguration'] as Json | undefined) ?? {};
      const percent = readPercent(canary['canaryPercent'], 'canaryPercent', 0.1, 5);
      const minutes = readMinutes(canary['canaryBakeTimeInMinutes'], 'canaryBakeTimeInMinutes', 10);
      return [
        { percent, bakeSeconds: minutes * 60 },
        { percent: 100, bakeSeconds: 0 },
      ];
    }
    case 'LINEAR': {
      const linear = (configuration['linearConfiguration'] as Json | undefined) ?? {};
      const step = readPercent(linear['stepPercent'], 'stepPercent', 3, 10);
      const minutes = readMinutes(linear['stepBakeTimeInMinutes'], 'stepBakeTimeInMinutes', 6);
      const shifts = [];
      for (let count = 1; step * count < 100; count += 1) {
        shifts.push({ percent: Math.round(step * count * 10) / 10, bakeSeconds: minutes * 60 });
      }
      return [...shifts, { percent: 100, bakeSeconds: 0 }];
    }
  }
}

function readAlarms(alarms: Json | undefined): AlarmSettings {
  const names = (alarms?.['alarmNames'] as string[] | undefined) ?? [];
  const enable = alarms?.['enable'] === true;
  if (enable && names.length === 0)
    throw invalidParameter('alarmNames cannot be empty when alarms are enabled.');
  return { names, enable, rollback: alarms?.['rollback'] === true };
}

// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentEarlySuccessCriteria.html
function readEarlySuccess(configuration: Json): EarlySuccess | undefined {
  const criteria = configuration['earlySuccessCriteria'] as Json | undefined;
  if (criteria?.['enable'] !== true) return undefined;
  const { healthyPercent, sourceServiceRevisionCleanup: cleanup } = criteria;
  const minimum = Number(configuration['minimumHealthyPercent'] ?? 100);
  if (
    typeof healthyPercent !== 'number' ||
    !Number.isInteger(healthyPercent) ||
    healthyPercent < minimum ||
    healthyPercent > 100
  ) {
    throw invalidParameter('healthyPercent must be a whole number between minimumHealthyPercent and 100.');
  }
  if (cleanup !== 'BLOCKING' && cleanup !== 'DEFERRED') {
    throw invalidParameter('sourceServiceRevisionCleanup must be BLOCKING or DEFERRED.');
  }
  return { healthyPercent, cleanup };
}
