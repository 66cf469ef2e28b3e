import { type FailureGroup, groupFailures } from './failure-group.ts';
import { newestTime, readContainers, readRunningTasks } from './gather.ts';
import { readTargetHealth } from './gather-targets.ts';
import { isHealthyTask } from './health.ts';
import { blamesRevision } from './signature.ts';
import type { Wait } from './wait-context.ts';
import { ownStoppedTasks, type Watch } from './watch.ts';

/**
 * The failures for which the new revision is given up: as many identical ones as `abort-after` says, its own fault, and none of
 * its tasks is healthy. Undefined while there is no reason to.
 */
export async function findAbortReason(wait: Wait, watch: Watch): Promise<FailureGroup | undefined> {
  const { abortAfter } = wait.options;
  if (abortAfter === 0) return undefined;
  const group = groupFailures(ownStoppedTasks(watch)).find(
    (candidate) => candidate.count >= abortAfter && blamesRevision(candidate),
  );
  const failures = ownStoppedTasks(watch).length;
  if (group === undefined || failures === watch.failuresChecked) return undefined;
  const isHealthy = await hasHealthyTask(wait, watch, group);
  if (!isHealthy) return group;
  watch.failuresChecked = failures;
  return undefined;
}

async function hasHealthyTask(
  { ports, access, budget }: Wait,
  watch: Watch,
  group: FailureGroup,
): Promise<boolean> {
  budget.spare -= 2 + (watch.snapshot.service?.targets.length ?? 0);
  await readRunningTasks(watch, ports, access);
  const targetGroups = await readTargetHealth(watch, ports, access);
  const containers = await readContainers(watch, ports, access);
  const facts = {
    hasHealthCheck: containers.some(({ hasHealthCheck }) => hasHealthCheck),
    targetGroups,
    failureLifetimeSeconds: group.lifetimeSeconds ?? 0,
    newestTime: newestTime(watch),
  };
  return watch.runningTasks.some((task) => isHealthyTask(task, facts));
}
