import type { Json } from '../server/service.ts';
import { countTasks, isPending } from './service-deployment.ts';
import { viewRevisionCounts } from './service-deployment-views.ts';
import type { Cluster, Deployment, EcsService } from './state.ts';
import type { TaskDefinition } from './task-definition.ts';
import { usesTaskSets } from './task-set-rollout.ts';
import { viewTaskSets } from './task-set-views.ts';
import { viewTime } from './view-time.ts';

export function viewCluster(cluster: Cluster): Json {
  let running = 0;
  let pending = 0;
  for (const task of cluster.tasks.values()) {
    if (task.lastStatus === 'RUNNING') running += 1;
    else if (isPending(task)) pending += 1;
  }
  return {
    clusterArn: cluster.arn,
    clusterName: cluster.name,
    status: 'ACTIVE',
    registeredContainerInstancesCount: 0,
    runningTasksCount: running,
    pendingTasksCount: pending,
    activeServicesCount: [...cluster.services.values()].filter(({ status }) => status === 'ACTIVE').length,
    statistics: [],
    tags: cluster.tags,
    settings: [{ name: 'containerInsights', value: 'disabled' }],
    capacityProviders: ['FARGATE', 'FARGATE_SPOT'],
    defaultCapacityProviderStrategy: [],
  };
}

export function viewTaskDefinition(definition: TaskDefinition): Json {
  return {
    ...definition.description,
    status: definition.status,
    deregisteredAt: viewTime(definition.deregisteredAt),
  };
}

export function viewService(service: EcsService, now: number, withTags: boolean): Json {
  const counts = service.deployments.map((deployment) => countTasks(service, deployment));
  const known = service.serviceDeployments.find(({ visibleAt }) => visibleAt <= now);
  return {
    ...service.settings.echo,
    serviceArn: service.arn,
    serviceName: service.name,
    clusterArn: service.cluster.arn,
    status: service.status,
    desiredCount: service.desiredCount,
    runningCount: counts.reduce((sum, { running }) => sum + running, 0),
    pendingCount: counts.reduce((sum, { pending }) => sum + pending, 0),
    taskDefinition: service.deployments[0]?.revision.taskDefinition.arn ?? lastTaskDefinition(service),
    healthCheckGracePeriodSeconds: service.settings.healthCheckGracePeriodSeconds,
    ...(usesTaskSets(service)
      ? { deployments: [], taskSets: viewTaskSets(service) }
      : { deployments: service.deployments.map((deployment) => viewDeployment(service, deployment)) }),
    events: service.events.map(({ id, createdAt, message }) => ({
      id,
      createdAt: new Date(createdAt),
      message,
    })),
    createdAt: new Date(service.createdAt),
    ...(usesTaskSets(service)
      ? {}
      : {
          currentServiceDeployment: known?.arn,
          currentServiceRevisions: service.deployments.map((deployment) =>
            viewRevisionCounts(deployment, countTasks(service, deployment)),
          ),
        }),
    ...(withTags ? { tags: service.tags } : {}),
  };
}

function lastTaskDefinition(service: EcsService): string | undefined {
  return service.serviceDeployments[0]?.target.revision.taskDefinition.arn;
}

function viewDeployment(service: EcsService, deployment: Deployment): Json {
  const { requested, running, pending } = countTasks(service, deployment);
  const { echo } = deployment.revision.settings;
  return {
    id: deployment.id,
    // API_Deployment names PRIMARY, ACTIVE and INACTIVE, but ECS also shows DRAINING while the last tasks go.
    status: deployment.status === 'ACTIVE' && running + pending === 0 ? 'DRAINING' : deployment.status,
    taskDefinition: deployment.revision.taskDefinition.arn,
    desiredCount: requested,
    pendingCount: pending,
    runningCount: running,
    failedTasks: deployment.failedTasks,
    createdAt: new Date(deployment.createdAt),
    updatedAt: new Date(deployment.updatedAt),
    launchType: echo['launchType'],
    capacityProviderStrategy: echo['capacityProviderStrategy'],
    platformVersion: echo['platformVersion'],
    platformFamily: echo['platformFamily'],
    networkConfiguration: echo['networkConfiguration'],
    rolloutState: deployment.rolloutState,
    rolloutStateReason: deployment.rolloutStateReason,
  };
}
