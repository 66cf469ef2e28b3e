import type { Json } from '../server/service.ts';
import { countTasks } from './service-deployment.ts';
import type { EcsService } from './state.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskSet.html */
export function viewTaskSets(service: EcsService): Json[] {
  const { type } = service.settings.echo['deploymentController'] as { type: string };
  return service.deployments.map((deployment) => {
    const { requested, running, pending } = countTasks(service, deployment);
    const { echo } = deployment.revision.settings;
    const isServing = deployment === service.lastCompleted || service.deployments.length === 1;
    const isSteady = running === requested && pending === 0;
    return {
      id: deployment.id,
      taskSetArn: `${service.arn.replace(':service/', ':task-set/')}/${deployment.id}`,
      serviceArn: service.arn,
      clusterArn: service.cluster.arn,
      startedBy: type,
      // The task set that takes production traffic is the PRIMARY.
      status: isServing ? 'PRIMARY' : requested === 0 ? 'DRAINING' : 'ACTIVE',
      taskDefinition: deployment.revision.taskDefinition.arn,
      computedDesiredCount: requested,
      pendingCount: pending,
      runningCount: running,
      createdAt: new Date(deployment.createdAt),
      updatedAt: new Date(deployment.updatedAt),
      launchType: echo['launchType'],
      platformVersion: echo['platformVersion'],
      networkConfiguration: echo['networkConfiguration'],
      loadBalancers: deployment.targetGroups.map(({ targetGroupArn, binding }) => ({
        targetGroupArn,
        containerName: binding.containerName,
        containerPort: binding.containerPort,
      })),
      scale: { value: 100, unit: 'PERCENT' },
      stabilityStatus: isSteady ? 'STEADY_STATE' : 'STABILIZING',
    };
  });
}
