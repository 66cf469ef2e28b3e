import type { Log } from '../message/log.ts';
import { UserError } from '../message/user-error.ts';

/** A way to look at AWS that a role may lack. */
export type Way =
  | 'rollback'
  | 'update'
  | 'services'
  | 'service-deployments'
  | 'tasks'
  | 'targets'
  | 'logs'
  | 'task-definitions';

/** Remembers what the role may not do, so that it is tried once and said once. */
export interface Access {
  /** Runs a call unless its way is closed; a denial closes the way, says what is lost, and answers undefined. */
  try<T>(way: Way, call: () => Promise<T>): Promise<T | undefined>;
  isClosed(way: Way): boolean;
  /** What could not be looked at, each said once. */
  readonly gaps: readonly string[];
}

const losses: Readonly<Record<Way, string>> = {
  services: 'ecs:DescribeServices is denied: progress and events are not shown',
  'service-deployments':
    'ecs:ListServiceDeployments or ecs:DescribeServiceDeployments is denied: the verdict rests on ecs:DescribeServices alone',
  tasks: 'ecs:ListTasks or ecs:DescribeTasks is denied: failed tasks are not looked at',
  targets:
    'elasticloadbalancing:DescribeTargetHealth or DescribeTargetGroups is denied: target health is not looked at',
  logs: 'logs:GetLogEvents is denied: log lines are not shown',
  rollback: 'ecs:StopServiceDeployment is denied: a rollback can only be had by ecs:UpdateService',
  update: 'ecs:UpdateService is denied: the previous version cannot be put back',
  'task-definitions': 'ecs:DescribeTaskDefinition is denied: log lines are not shown',
};

/** What the call answers, or undefined when AWS refuses it for whatever reason. */
export async function unlessRefused<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

export function openAccess(log: Log): Access {
  const closed = new Set<Way>();
  const gaps: string[] = [];
  return {
    gaps,
    isClosed: (way) => closed.has(way),
    async try(way, call) {
      if (closed.has(way)) return undefined;
      try {
        return await call();
      } catch (error) {
        if (!(error instanceof UserError) || error.code !== 'access-denied') throw error;
        if (closed.has(way)) return undefined;
        closed.add(way);
        gaps.push(losses[way]);
        log.info(`No permission: ${losses[way]}.`);
        return undefined;
      }
    },
  };
}
