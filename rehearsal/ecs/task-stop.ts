import { announceDraining } from './service-events.ts';
import { essentialContainerExited, failedToStart, type Stop } from './stop-reasons.ts';
import type { Task } from './task.ts';
import { stopChecks } from './task-health.ts';
import { goOn, setStatus, targetsOf, tell } from './task-steps.ts';
import type { World } from './world.ts';

/** A container ends by itself; with an essential one the whole task does. */
export function exitContainer(
  world: World,
  task: Task,
  exitCode: number,
  { container: name, reason }: { readonly container?: string; readonly reason?: string },
): void {
  const definitions = task.taskDefinition.containers;
  const definition =
    definitions.find((each) => each.name === name) ?? definitions.find((each) => each.essential);
  const container = task.containers.find((each) => each.name === definition?.name);
  if (definition === undefined || container === undefined) return;
  container.lastStatus = 'STOPPED';
  container.exitCode = exitCode;
  container.reason = reason;
  // A task lives on without a container that is not essential. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
  if (!definition.essential) return;
  markStopping(world, task, essentialContainerExited);
  tell(world, task, { kind: 'failed' });
  leaveTargets(world, task, () => {});
  deprovision(world, task);
}

/** The task never ran. */
export function failStart(world: World, task: Task, reason: string): void {
  for (const container of task.containers) container.reason = reason;
  markStopping(world, task, failedToStart(reason));
  tell(world, task, { kind: 'failed' });
  deprovision(world, task);
}

/** Stops a task for the given reason: first out of its target groups, then SIGTERM. Stopping it twice does nothing. */
export function stopTask(world: World, task: Task, stop: Stop): void {
  if (task.desiredStatus === 'STOPPED') return;
  const ran = task.lastStatus === 'RUNNING';
  markStopping(world, task, stop);
  tell(world, task, { kind: 'stopping' });
  if (!ran) {
    deprovision(world, task);
    return;
  }
  setStatus(task, 'DEACTIVATING');
  leaveTargets(world, task, () => {
    setStatus(task, 'STOPPING');
    goOn(world, task, world.times.stopSeconds, () => deprovision(world, task));
  });
}

function markStopping(world: World, task: Task, stop: Stop): void {
  task.desiredStatus = 'STOPPED';
  task.stop = stop;
  task.stoppingAt = world.clock.now();
  task.healthy = false;
  task.next?.cancel();
  stopChecks(task);
}

function leaveTargets(world: World, task: Task, onDrained: () => void): void {
  const left = targetsOf(task).filter(({ targetGroupArn }) => task.targets.has(targetGroupArn));
  let draining = left.length;
  if (draining === 0) onDrained();
  for (const { targetGroupArn, target } of left) {
    task.targets.delete(targetGroupArn);
    if (task.service !== undefined && task.deployment !== undefined) {
      announceDraining(world, task.service, targetGroupArn, task.deployment.id);
    }
    world.targets.deregister(targetGroupArn, target, () => {
      draining -= 1;
      if (draining === 0) onDrained();
    });
  }
}

function deprovision(world: World, task: Task): void {
  const ran = task.startedAt !== undefined;
  for (const container of task.containers) {
    if (ran && container.lastStatus === 'RUNNING') container.exitCode = 0;
    container.lastStatus = 'STOPPED';
  }
  if (ran) task.executionStoppedAt = world.clock.now();
  setStatus(task, 'DEPROVISIONING');
  goOn(world, task, world.times.deprovisionSeconds, () => {
    setStatus(task, 'STOPPED');
    task.stoppedAt = world.clock.now();
    task.next = undefined;
    task.service?.tasks.delete(task);
    tell(world, task, { kind: 'stopped' });
  });
}
