import { computeLimits, isStopped, takeCensus } from './census.ts';
import { isPending } from './service-deployment.ts';
import { announceStopped, announceStoppedPending, announceStuck } from './service-events.ts';
import type { Deployment, EcsService } from './state.ts';
import { scaledIn } from './stop-reasons.ts';
import type { Task } from './task.ts';
import { stopTask } from './task-stop.ts';
import type { World } from './world.ts';

/** Scale-in: a deployment has more tasks than it should. */
export function stopSurplus(world: World, service: EcsService, deployment: Deployment): void {
  const tasks = takeCensus(service).live.get(deployment) ?? [];
  const surplus = tasks.length - deployment.desiredCount;
  if (surplus <= 0) return;
  // The unhealthy go first, then the newest.
  const order = tasks.toReversed().sort((a, b) => Number(a.healthy) - Number(b.healthy));
  stopTasks(world, service, order.slice(0, surplus));
}

/** Stops tasks of the deployments before the PRIMARY, as far as the minimum healthy percent allows. */
export function retireOthers(world: World, service: EcsService, primary: Deployment): void {
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
  if (stopped.length > 0) world.wake(service);
  else if (healthyCount === liveCount && !service.stuck) {
    service.stuck = true;
    announceStuck(world, service);
  }
}

/** Stops every task of these deployments, whatever the limits. */
export function retireAll(world: World, service: EcsService, deployments: readonly Deployment[]): void {
  const { live } = takeCensus(service);
  stopTasks(
    world,
    service,
    deployments.flatMap((deployment) => live.get(deployment) ?? []),
  );
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
