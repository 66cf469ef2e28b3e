import { computeLimits, isStopped, takeCensus } from './census.ts';
import { enterNextStep, readGate, readPendingWork } from './lifecycle.ts';
import { completeRollout } from './rollout.ts';
import { findOngoing } from './service-deployment.ts';
import { announceSteady } from './service-events.ts';
import { startMissing } from './start-tasks.ts';
import type { Deployment, EcsService, ServiceDeployment } from './state.ts';
import { retireAll, retireOthers, stopSurplus } from './stop-tasks.ts';
import type { World } from './world.ts';

/** Has the scheduler look at a service soon; several calls before it does are one look, at the earliest of their times. */
export function reconcileSoon(world: World, service: EcsService, seconds?: number): void {
  const delay = (seconds ?? world.times.schedulerSeconds) * 1000;
  const at = world.clock.now() + delay;
  const { nextLook } = service;
  if (nextLook !== undefined && nextLook.at <= at) return;
  nextLook?.appointment.cancel();
  const appointment = world.clock.after(delay, () => {
    service.nextLook = undefined;
    reconcile(world, service);
  });
  service.nextLook = { at, appointment };
}

/** One look of the service scheduler: start what is missing, stop what is too much, finish what is done. */
function reconcile(world: World, service: EcsService): void {
  const primary = service.deployments[0];
  if (primary === undefined) return;
  if (service.status === 'ACTIVE') moveTasks(world, service, primary);
  else if (service.tasks.size === 0) {
    service.status = 'INACTIVE';
    service.deployments = [];
    return;
  }
  dropEmptyDeployments(service, primary);
  proceed(world, service, primary);
}

function moveTasks(world: World, service: EcsService, primary: Deployment): void {
  const ongoing = findOngoing(service);
  const gate = readGate(service, ongoing);
  stopSurplus(world, service, primary);
  if (gate.isSideBySide && !gate.mayRetire) keepBlue(world, service, primary);
  if (gate.mayStart) {
    const room = computeLimits(service).upper - takeCensus(service).liveCount;
    startMissing(world, service, primary, gate.isSideBySide ? Number.POSITIVE_INFINITY : room);
  }
  if (!gate.mayRetire) return;
  // Early success does not wait for the rest of the new tasks.
  if (gate.isEarly) retireAll(world, service, service.deployments.slice(1));
  else retireOthers(world, service, primary);
}

/**
 * Until CLEAN_UP the old revision runs as many tasks as ever, beside the new ones; what is left of still older ones goes.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-blue-green.html
 */
function keepBlue(world: World, service: EcsService, green: Deployment): void {
  const others = service.deployments.filter((deployment) => deployment !== green);
  const blue = others.find((deployment) => deployment === service.lastCompleted) ?? others[0];
  if (blue === undefined) return;
  blue.desiredCount = service.desiredCount;
  stopSurplus(world, service, blue);
  startMissing(world, service, blue, Number.POSITIVE_INFINITY);
  retireAll(
    world,
    service,
    others.filter((deployment) => deployment !== blue),
  );
}

function dropEmptyDeployments(service: EcsService, primary: Deployment): void {
  const { present } = takeCensus(service);
  service.deployments = service.deployments.filter(
    (deployment) => deployment === primary || present.has(deployment),
  );
}

/** Goes on to the next stage when the scheduler's part in this one is done, and completes the deployment after the last. */
function proceed(world: World, service: EcsService, primary: Deployment): void {
  if (service.steady || service.status !== 'ACTIVE' || isStopped(primary)) return;
  const ongoing = findOngoing(service);
  switch (readPendingWork(service, ongoing)) {
    case 'scale-up':
      if (ongoing !== undefined && isScaledUp(service, ongoing)) enterNextStep(world, ongoing);
      return;
    case undefined:
    case 'clean-up':
      settle(world, service, primary);
      return;
    case 'none':
    case 'shift-test':
    case 'shift-production':
      return;
  }
}

function isScaledUp(service: EcsService, { target }: ServiceDeployment): boolean {
  const { early, kind } = target.revision.settings.strategy;
  if (early === undefined && kind === 'ROLLING') return isSettled(service, target);
  const healthy = (takeCensus(service).live.get(target) ?? []).filter((task) => task.healthy).length;
  // Rounded up: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/early-success-criteria.html
  return healthy >= Math.ceil((target.desiredCount * (early?.healthyPercent ?? 100)) / 100);
}

function settle(world: World, service: EcsService, primary: Deployment): void {
  if (!isDone(service, primary)) return;
  world.clock.after(world.times.settleSeconds * 1000, () => {
    if (service.steady || service.deployments[0] !== primary || !isDone(service, primary)) return;
    if (primary.rolloutState === 'IN_PROGRESS') {
      completeRollout(world, service, primary, isSettled(service, primary));
    } else if (isSettled(service, primary)) {
      service.steady = true;
      announceSteady(world, service);
    }
  });
}

function isDone(service: EcsService, primary: Deployment): boolean {
  const ongoing = findOngoing(service);
  const { early } = primary.revision.settings.strategy;
  const isEarly = early !== undefined && readPendingWork(service, ongoing) === 'clean-up';
  if (!isEarly) return isSettled(service, primary);
  return !isStopped(primary) && (early.cleanup === 'DEFERRED' || service.deployments.length === 1);
}

function isSettled(service: EcsService, primary: Deployment): boolean {
  if (isStopped(primary) || service.deployments.length > 1) return false;
  const { live, healthyCount } = takeCensus(service);
  const tasks = live.get(primary) ?? [];
  return tasks.length === primary.desiredCount && healthyCount === primary.desiredCount;
}
