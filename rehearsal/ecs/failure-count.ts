import { computeBreakerThreshold, computeStartBackOffSeconds } from './circuit-breaker.ts';
import { tripBreaker } from './rollback.ts';
import { findOngoing } from './service-deployment.ts';
import { announceImpaired, announceNotPlaced } from './service-events.ts';
import type { Deployment, EcsService } from './state.ts';
import type { World } from './world.ts';

/** A healthy task starts the count again, unless the breaker adds up. */
export function countHealthyTask(service: EcsService, deployment: Deployment): void {
  if (!service.settings.breaker.resetOnHealthyTask) return;
  deployment.failedTasks = 0;
  const ongoing = findOngoing(service);
  if (ongoing !== undefined && watches(ongoing, deployment)) ongoing.breaker.failureCount = 0;
}

/** One more failed task; it may be the one that trips the breaker. */
export function countFailure(world: World, service: EcsService, deployment: Deployment): void {
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

// "Duplicate event messages are omitted until either the cause is resolved or six hours passes":
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages.html
const COMPLAINT_REPEATED_MILLISECONDS = 6 * 3_600_000;

/**
 * One more task that never reached RUNNING, or could not even be placed. Such starts are throttled, those made at the same
 * time together. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-throttle-logic.html
 */
export function countStartFailure(
  world: World,
  service: EcsService,
  deployment: Deployment,
  reason: string,
): void {
  const now = world.clock.now();
  const { complaint } = service;
  if (complaint?.reason !== reason || now - complaint.at >= COMPLAINT_REPEATED_MILLISECONDS) {
    service.complaint = { reason, at: now };
    announceNotPlaced(world, service, reason);
  }
  if (now >= deployment.startBlockedUntil) {
    deployment.startFailures += 1;
    deployment.startBlockedUntil = now + computeStartBackOffSeconds(deployment.startFailures) * 1000;
    if (deployment.startFailures === 3) announceImpaired(world, service);
  }
  countFailure(world, service, deployment);
  world.wake(service);
}
