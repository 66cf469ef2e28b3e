import type { ServiceDeployment, ServiceDeploymentStatus } from './state.ts';
import type { World } from './world.ts';

/** What really became of a deployment: read from the state itself, past every delay and fault of the API. */
export interface DeploymentFacts {
  readonly deploymentId: string;
  readonly status: ServiceDeploymentStatus;
  readonly statusReason: string | undefined;
  /** Virtual epoch milliseconds. */
  readonly finishedAt: number | undefined;
  /** The deployment that stopped it by starting. */
  readonly supersededBy: string | undefined;
  /** Its tasks that are healthy now, of those that it should have. */
  readonly healthyTasks: number;
  readonly desiredTasks: number;
  /** Undefined for deployments without stages. */
  readonly lifecycleStage: string | undefined;
  /** It waits for somebody to answer a pause hook. */
  readonly isPaused: boolean;
}

/** Facts of the deployment with this id, `ecs-svc/…`; undefined where there never was one. */
export function readDeploymentFacts(world: World, deploymentId: string): DeploymentFacts | undefined {
  const found = findServiceDeployment(world, deploymentId);
  if (found === undefined) return undefined;
  const { service, target } = found;
  let healthyTasks = 0;
  for (const task of service.tasks) if (task.deployment === target && task.healthy) healthyTasks += 1;
  return {
    deploymentId,
    status: found.status,
    statusReason: found.statusReason,
    finishedAt: found.finishedAt,
    supersededBy: found.supersededBy?.id,
    healthyTasks,
    desiredTasks: target.desiredCount,
    lifecycleStage: found.lifecycle?.steps[found.lifecycle.at]?.stage,
    isPaused:
      found.status === 'IN_PROGRESS' &&
      found.lifecycle?.hooks.some(({ status }) => status === 'AWAITING_ACTION') === true,
  };
}

function findServiceDeployment(world: World, deploymentId: string): ServiceDeployment | undefined {
  for (const deployment of world.state.serviceDeployments.values()) {
    if (deployment.target.id === deploymentId) return deployment;
  }
  return undefined;
}
