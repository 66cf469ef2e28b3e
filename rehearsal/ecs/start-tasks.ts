import { isStopped, takeCensus } from './census.ts';
import { decideOutcomeOf, type TaskRequest } from './create-task.ts';
import { countStartFailure } from './failure-count.ts';
import { announceStarted } from './service-events.ts';
import type { Deployment, EcsService } from './state.ts';
import type { Task } from './task.ts';
import { startTask } from './task-life.ts';
import type { World } from './world.ts';

/** Starts what a deployment lacks, as far as there is room for so many more tasks. */
export function startMissing(world: World, service: EcsService, deployment: Deployment, room: number): void {
  if (isStopped(deployment)) return;
  const missing = deployment.desiredCount - (takeCensus(service).live.get(deployment)?.length ?? 0);
  const count = Math.min(missing, room);
  if (count <= 0) return;
  const wait = deployment.startBlockedUntil - world.clock.now();
  if (wait > 0) {
    world.wake(service, wait / 1000);
    return;
  }
  const started: Task[] = [];
  // A failure on the way may be the one that stops the deployment.
  for (let index = 0; index < count && !isStopped(deployment); index += 1) {
    deployment.attempts += 1;
    const request = requestTask(service, deployment);
    const outcome = decideOutcomeOf(world, request);
    if (outcome.kind !== 'cannot-place') started.push(startTask(world, request, outcome));
    else countStartFailure(world, service, deployment, outcome.reason);
  }
  service.steady = false;
  if (started.length === 0) return;
  announceStarted(world, service, started, Math.min(deployment.replacing, count));
  deployment.replacing = 0;
}

function requestTask(service: EcsService, deployment: Deployment): TaskRequest {
  return {
    cluster: service.cluster,
    taskDefinition: deployment.revision.taskDefinition,
    group: `service:${service.name}`,
    startedBy: deployment.id,
    attempt: deployment.attempts,
    service,
    deployment,
  };
}
