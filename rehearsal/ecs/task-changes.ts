import { countFailure, countHealthyTask, countStartFailure } from './failure-count.ts';
import { announceStopped } from './service-events.ts';
import type { EcsService } from './state.ts';
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
        service.complaint = undefined;
        break;
      case 'healthy':
        countHealthyTask(service, deployment);
        break;
      case 'failed':
        service.steady = false;
        if (task.startedAt === undefined) {
          countStartFailure(world, service, deployment, task.stop?.reason ?? '');
        } else if (!task.everHealthy) countFailure(world, service, deployment);
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
