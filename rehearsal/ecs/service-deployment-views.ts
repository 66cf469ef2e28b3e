import type { Json } from '../server/service.ts';
import { countTasks } from './service-deployment.ts';
import type { Deployment, ServiceDeployment, ServiceRevision, TaskCounts } from './state.ts';
import { viewTime } from './view-time.ts';

/** One of a service's current revisions, or a source or target of a service deployment. */
export function viewRevisionCounts(deployment: Deployment, counts: TaskCounts): Json {
  return {
    arn: deployment.revision.arn,
    requestedTaskCount: counts.requested,
    runningTaskCount: counts.running,
    pendingTaskCount: counts.pending,
  };
}

export function viewServiceDeploymentBrief(deployment: ServiceDeployment): Json {
  return {
    serviceDeploymentArn: deployment.arn,
    serviceArn: deployment.service.arn,
    clusterArn: deployment.service.cluster.arn,
    startedAt: viewTime(deployment.startedAt),
    createdAt: new Date(deployment.createdAt),
    finishedAt: viewTime(deployment.finishedAt),
    targetServiceRevisionArn: deployment.target.revision.arn,
    status: deployment.status,
    statusReason: deployment.statusReason,
  };
}

export function viewServiceDeployment(deployment: ServiceDeployment): Json {
  const { service, rollback, finalCounts } = deployment;
  const view = (each: Deployment): Json => ({
    ...viewRevisionCounts(each, finalCounts?.get(each) ?? countTasks(service, each)),
    ...viewTraffic(deployment, each),
  });
  const { targetServiceRevisionArn: _, ...brief } = viewServiceDeploymentBrief(deployment);
  return {
    ...brief,
    stoppedAt: viewTime(deployment.stoppedAt),
    updatedAt: new Date(deployment.updatedAt),
    sourceServiceRevisions: deployment.sources.map(view),
    targetServiceRevision: view(deployment.target),
    deploymentConfiguration: deployment.target.revision.settings.echo['deploymentConfiguration'],
    rollback:
      rollback === undefined
        ? undefined
        : {
            reason: rollback.reason,
            startedAt: new Date(rollback.startedAt),
            serviceRevisionArn: rollback.to.revision.arn,
          },
    deploymentCircuitBreaker: { ...deployment.breaker },
    alarms: {
      status: deployment.alarms.status,
      alarmNames: deployment.target.revision.settings.strategy.alarms.names,
      ...(deployment.alarms.triggered.length === 0
        ? {}
        : { triggeredAlarmNames: [...deployment.alarms.triggered] }),
    },
    lifecycleStage: deployment.lifecycle?.steps[deployment.lifecycle.at]?.stage,
    ...viewHooks(deployment),
  };
}

/** Which target group a revision got: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceRevisionLoadBalancer.html */
function viewTargetGroups({ service, arn }: ServiceRevision): Json | undefined {
  const deployment = service.deployments.find(({ revision }) => revision.arn === arn);
  if (deployment === undefined || deployment.targetGroups.length === 0) return undefined;
  return {
    loadBalancers: deployment.targetGroups.map(({ targetGroupArn, binding }) => ({
      targetGroupArn,
      productionListenerRule: binding.productionListenerRule,
    })),
  };
}

/** What of the traffic should reach a revision: the target's share, and the rest for the one that it replaces. */
function viewTraffic({ target, sources, lifecycle }: ServiceDeployment, each: Deployment): Json {
  const traffic = lifecycle?.traffic;
  if (traffic === undefined) return {};
  const { test, production } = traffic;
  if (each === target) {
    return { requestedTestTrafficWeight: test, requestedProductionTrafficWeight: production };
  }
  const isReplaced =
    each === (sources.find(({ rolloutState }) => rolloutState === 'COMPLETED') ?? sources[0]);
  return {
    requestedTestTrafficWeight: 0,
    requestedProductionTrafficWeight: isReplaced ? Math.round((100 - production) * 10) / 10 : 0,
  };
}

function viewHooks({ lifecycle }: ServiceDeployment): Json {
  if (lifecycle === undefined || lifecycle.hooks.length === 0) return {};
  return {
    lifecycleHookDetails: lifecycle.hooks.map(({ id, settings, status, expiresAt }) => ({
      hookId: id,
      targetType: settings.targetType,
      targetArn: settings.targetArn,
      status,
      expiresAt: new Date(expiresAt),
      timeoutAction: settings.timeoutAction,
    })),
  };
}

export function viewServiceRevision(revision: ServiceRevision): Json {
  const { echo } = revision.settings;
  return {
    serviceRevisionArn: revision.arn,
    serviceArn: revision.service.arn,
    clusterArn: revision.service.cluster.arn,
    taskDefinition: revision.taskDefinition.arn,
    launchType: echo['launchType'],
    capacityProviderStrategy: echo['capacityProviderStrategy'],
    platformVersion: echo['platformVersion'],
    platformFamily: echo['platformFamily'],
    loadBalancers: echo['loadBalancers'],
    networkConfiguration: echo['networkConfiguration'],
    resolvedConfiguration: viewTargetGroups(revision),
    containerImages: revision.taskDefinition.containers.map(({ name, image }) => ({
      containerName: name,
      image,
      imageDigest: /@(sha256:[0-9a-f]{64})$/.exec(image)?.[1],
    })),
    guardDutyEnabled: false,
    createdAt: new Date(revision.createdAt),
  };
}
