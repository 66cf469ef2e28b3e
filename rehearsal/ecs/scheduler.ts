import { decideOutcomeOf, type TaskRequest } from './create-task.ts';
import { countStartFailure } from './failure-count.ts';
import { completeRollout } from './rollout.ts';
import { isPending } from './service-deployment.ts';
import {
  announceStarted,
  announceSteady,
  announceStopped,
  announceStoppedPending,
  announceStuck,
} from './service-events.ts';
import type { Deployment, EcsService } from './state.ts';
import { scaledIn } from './stop-reasons.ts';
import type { Task } from './task.ts';
import { startTask } from './task-life.ts';
import { stopTask } from './task-stop.ts';
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

interface Census {
  /** Tasks that are wanted to run, per deployment. */
  readonly live: Map<Deployment, Task[]>;
  readonly liveCount: number;
  readonly healthyCount: number;
  /** Deployments with any task that has not reached STOPPED. */
  readonly present: Set<Deployment>;
}

function takeCensus(service: EcsService): Census {
  const live = new Map<Deployment, Task[]>();
  const present = new Set<Deployment>();
  let liveCount = 0;
  let healthyCount = 0;
  for (const task of service.tasks) {
    if (task.deployment === undefined) continue;
    present.add(task.deployment);
    if (task.desiredStatus === 'STOPPED') continue;
    liveCount += 1;
    if (task.healthy) healthyCount += 1;
    const list = live.get(task.deployment);
    if (list === undefined) live.set(task.deployment, [task]);
    else list.push(task);
  }
  return { live, liveCount, healthyCount, present };
}

/** One look of the service scheduler: start what is missing, stop what is too much, finish what is done. */
function reconcile(world: World, service: EcsService): void {
  const primary = service.deployments[0];
  if (primary === undefined) return;
  if (service.status === 'ACTIVE') {
    stopSurplus(world, service, primary);
    startMissing(world, service, primary);
    retireOthers(world, service, primary);
  } else if (service.tasks.size === 0) {
    service.status = 'INACTIVE';
    service.deployments = [];
    return;
  }
  dropEmptyDeployments(service, primary);
  settle(world, service, primary);
}

function startMissing(world: World, service: EcsService, primary: Deployment): void {
  if (isStopped(primary)) return;
  const { live, liveCount } = takeCensus(service);
  const missing = primary.desiredCount - (live.get(primary)?.length ?? 0);
  const count = Math.min(missing, computeLimits(service).upper - liveCount);
  if (count <= 0) return;
  const wait = primary.startBlockedUntil - world.clock.now();
  if (wait > 0) {
    reconcileSoon(world, service, wait / 1000);
    return;
  }
  const started: Task[] = [];
  // A failure on the way may be the one that stops the deployment.
  for (let index = 0; index < count && !isStopped(primary); index += 1) {
    primary.attempts += 1;
    const request = requestTask(service, primary);
    const outcome = decideOutcomeOf(world, request);
    if (outcome.kind !== 'cannot-place') started.push(startTask(world, request, outcome));
    else countStartFailure(world, service, primary, outcome.reason);
  }
  service.steady = false;
  if (started.length === 0) return;
  announceStarted(world, service, started, Math.min(primary.replacing, count));
  primary.replacing = 0;
}

// A FAILED deployment starts nothing, and nothing makes way for it.
function isStopped({ rolloutState }: Deployment): boolean {
  return rolloutState === 'FAILED';
}

function requestTask(service: EcsService, primary: Deployment): TaskRequest {
  return {
    cluster: service.cluster,
    taskDefinition: primary.revision.taskDefinition,
    group: `service:${service.name}`,
    startedBy: primary.id,
    attempt: primary.attempts,
    service,
    deployment: primary,
  };
}

/** Scale-in: the PRIMARY has more tasks than it should. */
function stopSurplus(world: World, service: EcsService, primary: Deployment): void {
  const tasks = takeCensus(service).live.get(primary) ?? [];
  const surplus = tasks.length - primary.desiredCount;
  if (surplus <= 0) return;
  // The unhealthy go first, then the newest.
  const order = tasks.toReversed().sort((a, b) => Number(a.healthy) - Number(b.healthy));
  stopTasks(world, service, order.slice(0, surplus));
}

/** Stops tasks of the deployments before the PRIMARY, as far as the minimum healthy percent allows. */
function retireOthers(world: World, service: EcsService, primary: Deployment): void {
  if (isStopped(primary)) return;
  const { live, liveCount, healthyCount } = takeCensus(service);
  const others = [...live].filter(([deployment]) => deployment !== primary).flatMap(([, tasks]) => tasks);
  if (others.length === 0) return;
  const useless = others.filter(({ healthy }) => !healthy);
  const missing = Math.max(0, primary.desiredCount - (live.get(primary)?.length ?? 0));
  const { lower, upper } = computeLimits(service);
  const isFull = missing > 0 && liveCount - useless.length >= upper;
  // Below the desired count it goes only where there is no other way to make room.
  const spare = isFull
    ? Math.min(healthyCount - lower, missing)
    : healthyCount - Math.max(lower, service.desiredCount);
  const stopped = [...useless, ...others.filter(({ healthy }) => healthy).slice(0, Math.max(0, spare))];
  stopTasks(world, service, stopped);
  if (!isFull) return;
  if (stopped.length > 0) reconcileSoon(world, service);
  else if (healthyCount === liveCount && !service.stuck) {
    service.stuck = true;
    announceStuck(world, service);
  }
}

/**
 * How many tasks may be healthy at least, and alive at most. The lower limit is rounded up, the upper one down:
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
 */
function computeLimits({ desiredCount, settings }: EcsService): { lower: number; upper: number } {
  return {
    lower: Math.ceil((desiredCount * settings.minimumHealthyPercent) / 100),
    upper: Math.floor((desiredCount * settings.maximumPercent) / 100),
  };
}

function stopTasks(world: World, service: EcsService, tasks: readonly Task[]): void {
  if (tasks.length === 0) return;
  service.steady = false;
  const pending = tasks.filter(isPending);
  const running = tasks.filter((task) => !isPending(task));
  if (pending.length > 0) announceStoppedPending(world, service, pending.length);
  if (running.length > 0) announceStopped(world, service, running);
  for (const task of tasks) stopTask(world, task, scaledIn(task.deployment?.id ?? ''));
}

function dropEmptyDeployments(service: EcsService, primary: Deployment): void {
  const { present } = takeCensus(service);
  service.deployments = service.deployments.filter(
    (deployment) => deployment === primary || present.has(deployment),
  );
}

function settle(world: World, service: EcsService, primary: Deployment): void {
  if (service.steady || service.status !== 'ACTIVE' || !isSettled(service, primary)) return;
  world.clock.after(world.times.settleSeconds * 1000, () => {
    if (service.steady || service.deployments[0] !== primary || !isSettled(service, primary)) return;
    if (primary.rolloutState === 'IN_PROGRESS') completeRollout(world, service, primary);
    else {
      service.steady = true;
      announceSteady(world, service);
    }
  });
}

function isSettled(service: EcsService, primary: Deployment): boolean {
  if (isStopped(primary) || service.deployments.length > 1) return false;
  const { live, healthyCount } = takeCensus(service);
  const tasks = live.get(primary) ?? [];
  return tasks.length === primary.desiredCount && healthyCount === primary.desiredCount;
}
