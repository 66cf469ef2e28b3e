import { startsMonitoring } from './alarms.ts';
import { createLifecycle, enterNextStep } from './lifecycle.ts';
import {
  closeServiceDeployment,
  createServiceRevision,
  findOngoing,
  openServiceDeployment,
  retire,
  setServiceDeploymentStatus,
} from './service-deployment.ts';
import { announceCompleted, announceSteady } from './service-events.ts';
import type { Deployment, EcsService, ServiceDeployment, TargetGroupUse } from './state.ts';
import type { TaskDefinition } from './task-definition.ts';
import type { World } from './world.ts';

/**
 * Starts a rollout: a new PRIMARY deployment, the one before it stays as ACTIVE until its tasks are gone. A service deployment
 * that is still going on is stopped by the new one: https://github.com/kayac/ecspresso/issues/899 shows it STOPPED 0.3 seconds
 * after its successor was created.
 */
export function startRollout(world: World, service: EcsService, taskDefinition: TaskDefinition): Deployment {
  const deployment = openDeployment(world, service, taskDefinition);
  for (const listener of world.deploymentListeners) {
    listener({
      cluster: service.cluster.name,
      service: service.name,
      deploymentId: deployment.id,
      taskDefinitionArn: taskDefinition.arn,
    });
  }
  return deployment;
}

/** The same without telling anybody. */
export function openDeployment(
  world: World,
  service: EcsService,
  taskDefinition: TaskDefinition,
): Deployment {
  const now = world.clock.now();
  const revision = createServiceRevision(world, service, taskDefinition, service.settings);
  const deployment: Deployment = {
    id: `ecs-svc/${revision.arn.slice(revision.arn.lastIndexOf('/') + 1)}`,
    revision,
    createdAt: now,
    status: 'PRIMARY',
    desiredCount: service.desiredCount,
    updatedAt: now,
    rolloutState: 'IN_PROGRESS',
    rolloutStateReason: '',
    failedTasks: 0,
    startFailures: 0,
    startBlockedUntil: 0,
    attempts: 0,
    replacing: 0,
    targetGroups: chooseTargetGroups(service),
  };
  deployment.rolloutStateReason = `ECS deployment ${deployment.id} in progress.`;
  const ongoing = findOngoing(service);
  const sources = service.deployments;
  for (const source of sources) retire(world, source);
  service.deployments = [deployment, ...sources];
  service.steady = false;
  service.stuck = false;
  const opened = openServiceDeployment(world, service, {
    target: deployment,
    sources,
    lifecycle: createLifecycle(world, service, sources),
    watchesAlarms: startsMonitoring(world, service),
    onStart: () => enterNextStep(world, opened),
  });
  world.wake(service);
  if (ongoing !== undefined) supersede(world, ongoing, deployment);
  return deployment;
}

function supersede(world: World, ongoing: ServiceDeployment, successor: Deployment): void {
  ongoing.supersededBy = successor;
  setServiceDeploymentStatus(world, ongoing, 'STOP_REQUESTED');
  world.clock.after(300, () => closeServiceDeployment(world, ongoing, 'STOPPED'));
}

/** Green goes where blue is not; without an alternate, every revision shares the one target group. */
function chooseTargetGroups(service: EcsService): TargetGroupUse[] {
  const used = new Set(service.lastCompleted?.targetGroups.map(({ targetGroupArn }) => targetGroupArn));
  return service.settings.loadBalancers.map((binding) => {
    const { targetGroupArn, alternateTargetGroupArn } = binding;
    const isTaken = alternateTargetGroupArn !== undefined && used.has(targetGroupArn);
    return { targetGroupArn: isTaken ? alternateTargetGroupArn : targetGroupArn, binding };
  });
}

/**
 * Called when the deployment has all that it needs. Unless it completes early, the PRIMARY runs all its tasks, healthy, and
 * nothing else is left: the service is steady.
 */
export function completeRollout(
  world: World,
  service: EcsService,
  deployment: Deployment,
  isSteady: boolean,
): void {
  deployment.rolloutState = 'COMPLETED';
  deployment.rolloutStateReason = `ECS deployment ${deployment.id} completed.`;
  deployment.updatedAt = world.clock.now();
  service.lastCompleted = deployment;
  announceCompleted(world, service, deployment.id);
  if (isSteady) announceSteady(world, service);
  service.steady = isSteady;
  const ongoing = findOngoing(service);
  if (ongoing === undefined || ongoing.status === 'STOP_REQUESTED') return;
  if (ongoing.rollback === undefined) closeServiceDeployment(world, ongoing, 'SUCCESSFUL');
  else closeServiceDeployment(world, ongoing, 'ROLLBACK_SUCCESSFUL', ongoing.rollback.reason);
}
