import type { Deployment, EcsService } from './state.ts';
import type { Task } from './task.ts';

/** A service's tasks as the scheduler counts them. */
export interface Census {
  /** Tasks that are wanted to run, per deployment. */
  readonly live: Map<Deployment, Task[]>;
  readonly liveCount: number;
  readonly healthyCount: number;
  /** Deployments with any task that has not reached STOPPED. */
  readonly present: Set<Deployment>;
}

export function takeCensus(service: EcsService): Census {
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

/**
 * How many tasks may be healthy at least, and alive at most. The lower limit is rounded up, the upper one down:
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
 */
export function computeLimits({ desiredCount, settings }: EcsService): { lower: number; upper: number } {
  return {
    lower: Math.ceil((desiredCount * settings.minimumHealthyPercent) / 100),
    upper: Math.floor((desiredCount * settings.maximumPercent) / 100),
  };
}

/** A FAILED deployment starts nothing, and nothing makes way for it. */
export function isStopped({ rolloutState }: Deployment): boolean {
  return rolloutState === 'FAILED';
}
