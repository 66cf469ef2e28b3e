import type { TargetGroupHealth, TargetHealth } from './evidence.ts';
import type { TaskState } from './task-state.ts';

/** By what a running task is judged healthy. */
export interface HealthFacts {
  /** True when a container of the task definition has a health check. */
  readonly hasHealthCheck: boolean;
  /** Health of the service's targets; undefined when it has none, or they could not be read. */
  readonly targetGroups: readonly TargetGroupHealth[] | undefined;
  /** Seconds for which the longest-lived failure ran. */
  readonly failureLifetimeSeconds: number;
  /** The newest time AWS has told us of, epoch milliseconds of its clock: the least that it can be there now. */
  readonly newestTime: number;
}

// A task that outlives the failures by this much is not about to fail in the same way.
const marginSeconds = 10;

/**
 * True when a task runs and is good: its targets are healthy where it has targets, its container health check has passed where
 * it has one, and otherwise it has outlived the failures of its siblings. A running task whose target is unhealthy is not
 * healthy.
 */
export function isHealthyTask(task: TaskState, facts: HealthFacts): boolean {
  if (task.lastStatus !== 'RUNNING' || task.healthStatus === 'UNHEALTHY') return false;
  if (facts.targetGroups !== undefined && facts.targetGroups.length > 0) {
    return facts.targetGroups.every((group) =>
      targetsOf(task, group).some(({ state }) => state === 'healthy'),
    );
  }
  if (facts.hasHealthCheck || task.healthStatus === 'HEALTHY') return task.healthStatus === 'HEALTHY';
  const ageSeconds = (facts.newestTime - (task.startedAt ?? facts.newestTime)) / 1000;
  return ageSeconds > facts.failureLifetimeSeconds + marginSeconds;
}

/** The targets of a group through which a task is reached. */
export function targetsOf(task: TaskState, group: TargetGroupHealth): TargetHealth[] {
  const hostPorts = task.containers.flatMap((container) => container.hostPorts);
  return group.targets.filter(({ id, port }) =>
    task.addresses.length > 0
      ? task.addresses.includes(id) && port === group.containerPort
      : hostPorts.includes(port),
  );
}

/** A target group with the targets of these tasks only. */
export function onlyTargetsOf(tasks: readonly TaskState[], group: TargetGroupHealth): TargetGroupHealth {
  const ours = new Set(tasks.flatMap((task) => targetsOf(task, group)));
  return { ...group, targets: group.targets.filter((target) => ours.has(target)) };
}
