import type { EcsService } from './state.ts';
import type { Task } from './task.ts';
import type { World } from './world.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages.html */
const EVENTS_KEPT = 100;

/** Adds an event to the service, newest first. The text begins with `(service NAME) `. */
function announce(
  world: World,
  service: EcsService,
  text: string,
  counts?: { readonly key: string; count: number },
): void {
  // No two events of a service have the same time: what ECS does at once it reports a millisecond apart.
  const last = service.events[0]?.createdAt ?? 0;
  service.events.unshift({
    id: world.ids.uuid(),
    createdAt: Math.max(world.clock.now(), last + 1),
    message: say(service, text),
    counts,
  });
  if (service.events.length > EVENTS_KEPT) service.events.pop();
}

// `(service NAME) …`, or `(service NAME, taskSet …`.
function say(service: EcsService, text: string): string {
  return `(service ${service.name}${text.startsWith(',') ? text : `) ${text}`}`;
}

/** Adds an event, or counts one more in an event of the same kind and moment. */
function announceCounted(
  world: World,
  service: EcsService,
  kind: string,
  compose: (count: number) => string,
): void {
  const key = `${kind} ${world.clock.now()}`;
  // The event may have one of another kind before it that is counted with it.
  const same = service.events.slice(0, 2).find(({ counts }) => counts?.key === key);
  if (same?.counts === undefined) {
    announce(world, service, compose(1), { key, count: 1 });
    return;
  }
  same.counts.count += 1;
  same.message = say(service, compose(same.counts.count));
}

export function announceStarted(
  world: World,
  service: EcsService,
  tasks: readonly Task[],
  replaced: number,
): void {
  const why = replaced > 0 ? `. Amazon ECS replaced ${replaced} tasks due to an unhealthy status.` : '.';
  announce(world, service, `has started ${tasks.length} tasks: ${listTasks(tasks)}${why}`);
}

export function announceStopped(world: World, service: EcsService, tasks: readonly Task[]): void {
  announce(world, service, `has stopped ${tasks.length} running tasks: ${listTasks(tasks)}.`);
}

export function announceStoppedPending(world: World, service: EcsService, count: number): void {
  announce(world, service, `stopped ${count} pending tasks.`);
}

export function announceRegistered(world: World, service: EcsService, targetGroupArn: string): void {
  announceCounted(
    world,
    service,
    'registered',
    (count) => `registered ${count} targets in (target-group ${targetGroupArn})`,
  );
}

export function announceDraining(
  world: World,
  service: EcsService,
  targetGroupArn: string,
  deploymentId: string,
): void {
  announceCounted(
    world,
    service,
    'deregistered',
    (count) => `deregistered ${count} targets in (target-group ${targetGroupArn})`,
  );
  announceCounted(
    world,
    service,
    'draining',
    (count) => `, taskSet ${deploymentId}) has begun draining connections on ${count} tasks.`,
  );
}

export function announceUnhealthyTarget(
  world: World,
  task: Task,
  targetGroupArn: string,
  port: number,
  description: string,
): void {
  if (task.service === undefined) return;
  announce(
    world,
    task.service,
    `(task ${task.id}) (port ${port}) is unhealthy in (target-group ${targetGroupArn}) due to (reason ${description}).`,
  );
}

export function announceUnhealthyContainer(world: World, task: Task): void {
  if (task.service !== undefined) {
    announce(world, task.service, `(task ${task.id}) failed container health checks.`);
  }
}

/** What ECS says when a task fails before it runs. */
export function announceNotPlaced(world: World, service: EcsService, reason: string): void {
  announce(world, service, `was unable to place a task. Reason: ${reason}.`);
}

export function announceImpaired(world: World, service: EcsService): void {
  announce(
    world,
    service,
    'is unable to consistently start tasks successfully. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.',
  );
}

export function announceStuck(world: World, service: EcsService): void {
  announce(
    world,
    service,
    'was unable to stop or start tasks during a deployment because of the service deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try again.',
  );
}

export function announceCompleted(world: World, service: EcsService, deploymentId: string): void {
  announce(world, service, `(deployment ${deploymentId}) deployment completed.`);
}

export function announceFailed(world: World, service: EcsService, deploymentId: string, why: string): void {
  announce(world, service, `(deployment ${deploymentId}) deployment failed: ${why}`);
}

export function announceRollback(world: World, service: EcsService, deploymentId: string): void {
  announce(world, service, `rolling back to deployment ${deploymentId}.`);
}

export function announceSteady(world: World, service: EcsService): void {
  announce(world, service, 'has reached a steady state.');
}

function listTasks(tasks: readonly Task[]): string {
  return tasks.map(({ id }) => `(task ${id})`).join(' ');
}
