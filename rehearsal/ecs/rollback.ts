import {
  closeServiceDeployment,
  findOngoing,
  leaveLifecycle,
  retire,
  setServiceDeploymentStatus,
} from './service-deployment.ts';
import { announceFailed, announceRollback } from './service-events.ts';
import type { Deployment, EcsService, ServiceDeployment } from './state.ts';
import type { World } from './world.ts';

/** Reasons that ECS gives for the end of a service deployment: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html and users' reports. */
const BREAKER_REASON = 'Service deployment rolled back because the circuit breaker threshold was exceeded.';
const NO_CANDIDATE_REASON = 'No rollback candidate was found to run the rollback.';

/** AWS publishes no words for these; they are the rehearsal's own, and nothing should be read out of them. */
const USER_ROLLBACK_REASON = 'Service deployment rolled back because of a user request.';
const USER_STOP_REASON = 'ECS deployment was stopped by a user.';
const BREAKER_STOP_REASON = 'ECS deployment circuit breaker: tasks failed to start.';

/** The circuit breaker has seen enough. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html */
export function tripBreaker(world: World, service: EcsService, deployment: Deployment): void {
  const ongoing = findOngoing(service);
  if (ongoing !== undefined) ongoing.breaker.status = 'TRIGGERED';
  failDeployment(world, deployment, 'ECS deployment circuit breaker: tasks failed to start.');
  announceFailed(world, service, deployment.id, 'tasks failed to start.');
  if (ongoing === undefined) return;
  if (ongoing.rollback !== undefined) {
    closeServiceDeployment(world, ongoing, 'ROLLBACK_FAILED', NO_CANDIDATE_REASON);
  } else if (!service.settings.breaker.rollback && ongoing.status !== 'ROLLBACK_REQUESTED') {
    // "The rollback option is not in use for the failure detection mechanism and the service fails":
    // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceDeployment.html (stoppedAt)
    closeServiceDeployment(world, ongoing, 'STOPPED', BREAKER_STOP_REASON);
  } else {
    rollBack(world, service, ongoing, BREAKER_REASON, 'ECS deployment circuit breaker');
  }
}

/**
 * StopServiceDeployment with stop type ROLLBACK: ROLLBACK_REQUESTED first, then the rollback itself. A rollout that completes
 * in between is SUCCESSFUL after all, which Terraform counts with too:
 * https://github.com/hashicorp/terraform-provider-aws/pull/49243
 */
export function requestRollback(world: World, ongoing: ServiceDeployment): void {
  setServiceDeploymentStatus(world, ongoing, 'ROLLBACK_REQUESTED');
  world.clock.after(world.times.schedulerSeconds * 1000, () => {
    if (ongoing.status !== 'ROLLBACK_REQUESTED') return;
    failDeployment(world, ongoing.target, USER_STOP_REASON);
    announceFailed(world, ongoing.service, ongoing.target.id, 'deployment stopped by a user.');
    rollBack(world, ongoing.service, ongoing, USER_ROLLBACK_REASON, 'ECS deployment stopped by a user');
  });
}

/** StopServiceDeployment with stop type ABORT: everything stays as it is. */
export function abortRollout(world: World, ongoing: ServiceDeployment): void {
  setServiceDeploymentStatus(world, ongoing, 'STOP_REQUESTED');
  world.clock.after(world.times.schedulerSeconds * 1000, () => {
    if (ongoing.status !== 'STOP_REQUESTED') return;
    failDeployment(world, ongoing.target, USER_STOP_REASON);
    closeServiceDeployment(world, ongoing, 'STOPPED');
  });
}

/** An alarm, or a lifecycle hook, ends the deployment. */
export function failRollout(
  world: World,
  ongoing: ServiceDeployment,
  failure: { readonly why: string; readonly reason: string; readonly rollback: boolean },
): void {
  const { service, target } = ongoing;
  failDeployment(world, target, `ECS deployment failed: ${failure.why}`);
  announceFailed(world, service, target.id, failure.why);
  if (failure.rollback) rollBack(world, service, ongoing, failure.reason, 'ECS deployment failed');
  else closeServiceDeployment(world, ongoing, 'STOPPED', `ECS deployment failed: ${failure.why}`);
}

function failDeployment(world: World, deployment: Deployment, reason: string): void {
  deployment.rolloutState = 'FAILED';
  deployment.rolloutStateReason = reason;
  deployment.updatedAt = world.clock.now();
}

/**
 * "It looks for the most recent deployment that is in a COMPLETED state. This is the deployment that it uses as the roll-back
 * deployment. When the rollback starts, the deployment changes from a COMPLETED to IN_PROGRESS. This means that the deployment
 * is not eligible for another rollback until it reaches a COMPLETED state." So the old deployment comes back under its own id,
 * with the tasks that it still has. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
 */
function rollBack(
  world: World,
  service: EcsService,
  ongoing: ServiceDeployment,
  reason: string,
  actor: string,
): void {
  const to = service.lastCompleted;
  const failed = ongoing.target;
  if (to === undefined || to === failed) {
    // "The circuit breaker does not launch new tasks and the deployment is stalled."
    closeServiceDeployment(world, ongoing, 'ROLLBACK_FAILED', NO_CANDIDATE_REASON);
    return;
  }
  service.lastCompleted = undefined;
  retire(world, failed);
  to.status = 'PRIMARY';
  to.desiredCount = service.desiredCount;
  to.rolloutState = 'IN_PROGRESS';
  to.rolloutStateReason = `${actor}: rolling back to deploymentId ${to.id}.`;
  to.updatedAt = world.clock.now();
  to.failedTasks = 0;
  to.startFailures = 0;
  to.startBlockedUntil = 0;
  service.deployments = [to, ...service.deployments.filter((deployment) => deployment !== to)];
  service.steady = false;
  leaveLifecycle(ongoing);
  // Production traffic goes back at once. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-blue-green.html
  if (ongoing.lifecycle?.traffic !== undefined) ongoing.lifecycle.traffic = { test: 0, production: 0 };
  ongoing.rollback = { reason, startedAt: world.clock.now(), to };
  setServiceDeploymentStatus(world, ongoing, 'ROLLBACK_IN_PROGRESS', reason);
  announceRollback(world, service, to.id);
  world.wake(service);
}
