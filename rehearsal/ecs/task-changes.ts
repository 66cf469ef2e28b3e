import { computeBreakerThreshold, computeStartBackOffSeconds } from './circuit-breaker.ts';
import { tripBreaker } from './rollout.ts';
import { findOngoing } from './service-deployment.ts';
import { announceImpaired, announceNotPlaced, announceStopped } from './service-events.ts';
import type { Deployment, EcsService } from './state.ts';
import type { Task } from './task.ts';
import { stopTask } from './task-stop.ts';
import type { TaskChange, World } from './world.ts';

/** What the scheduler makes of something that happened to a task. */
export function handleTaskChange(world: World, service: EcsService, task: Task, change: TaskChange): void {
  const { deployment } = task;
  if (deployment !== undefined) {
    switch (change.kind) {
      case 'running':
        deployment.startFailures = 0;
        break;
      case 'healthy':
        countHealthyTask(service, deployment);
        break;
      case 'failed':
        service.steady = false;
        if (task.startedAt === undefined) slowDown(world, service, task, deployment);
        if (!task.everHealthy) countFailure(world, service, deployment);
        break;
      case 'unhealthy':
        service.steady = false;
        deployment.replacing += 1;
        announceStopped(world, service, [task]);
        if (!task.everHealthy) countFailure(world, service, deployment);
        stopTask(world, task, change.stop);
        break;
      case 'stopping':
      case 'stopped':
        break;
    }
  }
  world.wake(service);
}

function countHealthyTask(service: EcsService, deployment: Deployment): void {
  if (!service.settings.breaker.resetOnHealthyTask) return;
  deployment.failedTasks = 0;
  const ongoing = findOngoing(service);
  if (ongoing !== undefined && watches(ongoing, deployment)) ongoing.breaker.failureCount = 0;
}

function countFailure(world: World, service: EcsService, deployment: Deployment): void {
  deployment.failedTasks += 1;
  deployment.updatedAt = world.clock.now();
  const ongoing = findOngoing(service);
  if (ongoing === undefined || !watches(ongoing, deployment) || ongoing.breaker.status === 'DISABLED') return;
  if (ongoing.rollback === undefined) {
    ongoing.breaker.failureCount = deployment.failedTasks;
    ongoing.breaker.threshold = computeBreakerThreshold(service.settings.breaker, service.desiredCount);
  }
  if (deployment.rolloutState === 'IN_PROGRESS' && deployment.failedTasks >= ongoing.breaker.threshold) {
    tripBreaker(world, service, deployment);
  }
}

function watches(
  ongoing: { readonly target: Deployment; readonly rollback: { readonly to: Deployment } | undefined },
  deployment: Deployment,
): boolean {
  return (ongoing.rollback?.to ?? ongoing.target) === deployment;
}

// Only tasks that never reached RUNNING are throttled. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-throttle-logic.html
function slowDown(world: World, service: EcsService, task: Task, deployment: Deployment): void {
  announceNotPlaced(world, service, task.stop?.reason ?? '');
  deployment.startFailures += 1;
  const seconds = computeStartBackOffSeconds(deployment.startFailures);
  deployment.startBlockedUntil = world.clock.now() + seconds * 1000;
  if (deployment.startFailures === 3) announceImpaired(world, service);
}
