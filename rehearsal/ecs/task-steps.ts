import type { Task, TaskStatus } from './task.ts';
import type { Target, TaskChange, World } from './world.ts';

/** Makes an appointment for the next step of the task's life, in place of the one it had. */
export function goOn(world: World, task: Task, seconds: number, step: () => void): void {
  task.next?.cancel();
  task.next = world.clock.after(seconds * 1000, step);
}

/** Every change of a task's status is a new version of it. */
export function setStatus(task: Task, status: TaskStatus): void {
  task.lastStatus = status;
  task.version += 1;
}

/** Tells the scheduler of the task's service, if it has one. */
export function tell(world: World, task: Task, change: TaskChange): void {
  if (task.service !== undefined) world.notice(task.service, task, change);
}

/** The targets that the task is in its service's target groups. */
export function targetsOf(task: Task): { targetGroupArn: string; target: Target }[] {
  return (task.deployment?.targetGroups ?? []).map(({ targetGroupArn, binding }) => ({
    targetGroupArn,
    target: { ip: task.network.ip, port: binding.containerPort },
  }));
}
