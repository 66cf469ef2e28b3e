import type { Json } from '../server/service.ts';
import { failRollout, requestRollback } from './rollback.ts';
import { startRollout } from './rollout.ts';
import { findOngoing } from './service-deployment.ts';
import type { EcsService, ServiceDeployment } from './state.ts';
import type { StrategySettings } from './strategy-settings.ts';
import type { TaskDefinition } from './task-definition.ts';
import type { World } from './world.ts';

/**
 * A rollout that CodeDeploy drives: a replacement task set beside the original one. ECS's own stages do the work, but nothing
 * of it shows in the service-deployment API.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-bluegreen.html
 */
export interface TaskSetRollout {
  readonly deploymentId: string;
  status(): ServiceDeployment['status'];
  /** Traffic has moved, and the original tasks wait for their end. */
  isAwaitingTermination(): boolean;
  isPaused(): boolean;
  /** Lets a paused rollout go on. */
  resume(): void;
  /** Ends it; true when the original tasks are to take all traffic back. */
  stop(isRolledBack: boolean): void;
}

export function startTaskSetRollout(
  world: World,
  service: EcsService,
  taskDefinition: TaskDefinition,
  strategy: StrategySettings,
): TaskSetRollout {
  service.settings = { ...service.settings, strategy };
  const target = startRollout(world, service, taskDefinition);
  const ongoing = service.serviceDeployments.find((each) => each.target === target);
  if (ongoing === undefined) throw new Error(`The rollout of ${service.name} has not started.`);
  const pause = (): (() => void) | undefined => {
    const waiting = ongoing.lifecycle?.hooks.find(({ status }) => status === 'AWAITING_ACTION');
    const paused = waiting === undefined ? undefined : world.paused.get(waiting.id);
    return paused === undefined ? undefined : () => paused.answer('CONTINUE');
  };
  return {
    deploymentId: target.id,
    status: () => ongoing.status,
    isAwaitingTermination: () => ongoing.lifecycle?.steps[ongoing.lifecycle.at]?.stage === 'BAKE_TIME',
    isPaused: () => pause() !== undefined,
    resume: () => pause()?.(),
    stop(isRolledBack) {
      if (findOngoing(service) !== ongoing) return;
      if (isRolledBack) requestRollback(world, ongoing);
      else failRollout(world, ongoing, { why: 'stopped.', reason: 'stopped', rollback: false });
    },
  };
}

/** Whether ECS itself runs the service's deployments; the other controllers use task sets. */
export function usesTaskSets({ settings }: EcsService): boolean {
  return (settings.echo['deploymentController'] as Json)['type'] !== 'ECS';
}
