import { cleanRemoteLine } from '../message/remote-text.ts';
import type { Access } from './access.ts';
import type { TargetGroupHealth } from './evidence.ts';
import { onlyTargetsOf } from './health.ts';
import type { RolloutPorts } from './ports.ts';
import type { ServiceTarget } from './service-state.ts';
import type { Watch } from './watch.ts';

/**
 * Reads the health of this rollout's targets. A reading without targets, or without unhealthy ones after one that had some, is
 * not kept: ECS deregisters an unhealthy task at once, and with it goes the reason.
 *
 * @returns the reading as it is now, or undefined when there are no target groups or they may not be read
 */
export async function readTargetHealth(
  watch: Watch,
  ports: RolloutPorts,
  access: Access,
): Promise<readonly TargetGroupHealth[] | undefined> {
  const targets = watch.snapshot.service?.targets ?? [];
  if (targets.length === 0) return undefined;
  const groups = await access.try('targets', () =>
    Promise.all(targets.map((target) => readOwnTargets(watch, target, ports))),
  );
  if (groups === undefined) return undefined;
  const now = groups.flatMap((group) => group ?? []);
  const tellsMore =
    now.some(isSick) || (!watch.targetHealth.some(isSick) && now.some(({ targets }) => targets.length > 0));
  if (tellsMore) watch.targetHealth = now;
  return now;
}

export function isSick({ targets }: TargetGroupHealth): boolean {
  return targets.some(({ state }) => state === 'unhealthy');
}

/** Our targets, in whichever of the two groups of a service that shifts traffic they are. */
async function readOwnTargets(
  watch: Watch,
  target: ServiceTarget,
  ports: RolloutPorts,
): Promise<TargetGroupHealth | undefined> {
  const groups = await Promise.all(
    target.targetGroupArns.map((arn) => readTargetGroup(watch, target, arn, ports)),
  );
  const own = groups.map((group) => onlyTargetsOf(watch.runningTasks, group));
  return own.find(({ targets }) => targets.length > 0) ?? own[0];
}

async function readTargetGroup(
  watch: Watch,
  target: ServiceTarget,
  arn: string,
  { targets }: RolloutPorts,
): Promise<TargetGroupHealth> {
  if (!watch.healthChecks.has(arn)) watch.healthChecks.set(arn, await targets.describeHealthCheck(arn));
  const states = await targets.describeTargets(arn);
  return {
    targetGroup: nameOfTargetGroup(arn),
    containerName: target.containerName,
    containerPort: target.containerPort,
    check: watch.healthChecks.get(arn),
    targets: states
      .filter(({ state }) => state !== 'draining' && state !== 'unused')
      .map((state) => ({ ...state, description: state.description && cleanRemoteLine(state.description) })),
  };
}

// arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/73e2d6bc24d8a067
function nameOfTargetGroup(arn: string): string {
  return arn.split('/')[1] ?? arn;
}
