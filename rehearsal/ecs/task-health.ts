import { announceUnhealthyContainer, announceUnhealthyTarget } from './service-events.ts';
import { failedContainerHealthChecks, failedTargetHealthChecks, type Stop } from './stop-reasons.ts';
import type { Task } from './task.ts';
import type { TargetHealth, World } from './world.ts';

/**
 * A task that nothing checks counts as healthy 40 seconds after RUNNING.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html (minimumHealthyPercent)
 */
const UNCHECKED_TASK_SECONDS = 40;

/** Begins what the container agent and the service scheduler check once a task is RUNNING. */
export function startContainerChecks(world: World, task: Task): void {
  const checked = task.taskDefinition.containers.filter(({ healthCheck }) => healthCheck !== undefined);
  if (checked.length === 0) {
    if (task.targets.size > 0) return;
    task.nextCheck = world.clock.after(UNCHECKED_TASK_SECONDS * 1000, () => {
      task.settled = true;
      refreshHealth(world, task);
    });
    return;
  }
  const fails = task.outcome.kind === 'unhealthy-container';
  // The verdict on the task comes with its slowest container.
  const seconds = Math.max(
    ...checked.map(({ healthCheck }) => {
      if (healthCheck === undefined) return 0;
      const { intervalSeconds, retries, startPeriodSeconds } = healthCheck;
      if (fails) return startPeriodSeconds + intervalSeconds * retries;
      const ready = task.outcome.readySeconds ?? world.times.readySeconds;
      return Math.max(1, Math.ceil(ready / intervalSeconds)) * intervalSeconds;
    }),
  );
  task.nextCheck = world.clock.after(seconds * 1000, () => {
    for (const container of task.containers) {
      if (checked.some(({ name }) => name === container.name)) {
        container.healthStatus = fails ? 'UNHEALTHY' : 'HEALTHY';
      }
    }
    task.version += 1;
    if (!fails) {
      refreshHealth(world, task);
      return;
    }
    afterGracePeriod(world, task, () => {
      announceUnhealthyContainer(world, task);
      replaceUnhealthy(world, task, failedContainerHealthChecks);
    });
  });
}

export function stopChecks(task: Task): void {
  task.nextCheck?.cancel();
  task.nextCheck = undefined;
}

/** Takes note of what a target group says about a task. */
export function watchTarget(
  world: World,
  task: Task,
  { targetGroupArn, port }: { readonly targetGroupArn: string; readonly port: number },
  health: TargetHealth,
): void {
  if (!task.targets.has(targetGroupArn)) return;
  task.targets.set(targetGroupArn, health.state);
  refreshHealth(world, task);
  if (health.state === 'healthy') return;
  afterGracePeriod(world, task, () => {
    if (task.targets.get(targetGroupArn) !== 'unhealthy') return;
    announceUnhealthyTarget(world, task, targetGroupArn, port, health.description);
    replaceUnhealthy(world, task, failedTargetHealthChecks(targetGroupArn));
  });
}

/**
 * The scheduler ignores failing load-balancer and container health checks for this long after a task has started.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html (healthCheckGracePeriodSeconds)
 */
function afterGracePeriod(world: World, task: Task, act: () => void): void {
  const grace = task.service?.settings.healthCheckGracePeriodSeconds ?? 0;
  const until = (task.startedAt ?? world.clock.now()) + grace * 1000;
  const wait = until - world.clock.now();
  if (wait <= 0) {
    act();
    return;
  }
  world.clock.after(wait, () => {
    if (task.desiredStatus === 'RUNNING') act();
  });
}

function replaceUnhealthy(world: World, task: Task, stop: Stop): void {
  if (task.desiredStatus === 'STOPPED' || task.service === undefined) return;
  world.notice(task.service, task, { kind: 'unhealthy', stop });
}

function refreshHealth(world: World, task: Task): void {
  const healthy = isHealthy(task);
  if (healthy === task.healthy) return;
  task.healthy = healthy;
  if (!healthy || task.service === undefined) return;
  task.everHealthy = true;
  world.notice(task.service, task, { kind: 'healthy' });
}

function isHealthy(task: Task): boolean {
  if (task.lastStatus !== 'RUNNING' || task.desiredStatus === 'STOPPED') return false;
  const checked = task.taskDefinition.containers.filter(({ healthCheck }) => healthCheck !== undefined);
  for (const { name } of checked) {
    if (task.containers.find((container) => container.name === name)?.healthStatus !== 'HEALTHY')
      return false;
  }
  for (const health of task.targets.values()) if (health !== 'healthy') return false;
  return checked.length > 0 || task.targets.size > 0 || task.settled;
}
