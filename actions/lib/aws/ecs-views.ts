import type {
  ServiceDeploymentBrief as Brief,
  Deployment,
  LoadBalancer,
  Service,
  ServiceDeployment,
  Task,
} from '@aws-sdk/client-ecs';
import type { ServiceDeploymentBrief, ServiceDeploymentState } from '../rollout/service-deployment.ts';
import type { DeploymentState, ServiceState, ServiceTarget } from '../rollout/service-state.ts';
import type { ContainerState, TaskState } from '../rollout/task-state.ts';

export function viewService(service: Service): ServiceState {
  const { deploymentConfiguration: configuration } = service;
  const breaker = configuration?.deploymentCircuitBreaker;
  const alarms = configuration?.alarms;
  return {
    arn: service.serviceArn ?? '',
    clusterArn: service.clusterArn ?? '',
    name: service.serviceName ?? '',
    status: service.status ?? '',
    desiredCount: service.desiredCount ?? 0,
    runningCount: service.runningCount ?? 0,
    pendingCount: service.pendingCount ?? 0,
    taskDefinitionArn: service.taskDefinition,
    // ECS leaves the controller out of services that use its own.
    controller: service.deploymentController?.type ?? 'ECS',
    rollsBackOnFailure: isOn(breaker) || isOn(alarms),
    deployments: (service.deployments ?? []).map(viewDeployment),
    events: (service.events ?? []).map(({ id, createdAt, message }) => ({
      id: id ?? '',
      createdAt: createdAt?.getTime() ?? 0,
      message: message ?? '',
    })),
    targets: (service.loadBalancers ?? []).flatMap(viewTarget),
  };
}

function viewTarget(balancer: LoadBalancer): ServiceTarget[] {
  const { targetGroupArn, containerName = '', containerPort = 0, advancedConfiguration } = balancer;
  const alternate = advancedConfiguration?.alternateTargetGroupArn;
  if (targetGroupArn === undefined) return [];
  const targetGroupArns = alternate === undefined ? [targetGroupArn] : [targetGroupArn, alternate];
  return [{ targetGroupArns, containerName, containerPort }];
}

function isOn(
  detection: { enable?: boolean | undefined; rollback?: boolean | undefined } | undefined,
): boolean {
  return detection?.enable === true && detection.rollback === true;
}

export function viewDeployment(deployment: Deployment): DeploymentState {
  return {
    id: deployment.id ?? '',
    status: deployment.status ?? '',
    taskDefinitionArn: deployment.taskDefinition ?? '',
    desiredCount: deployment.desiredCount ?? 0,
    runningCount: deployment.runningCount ?? 0,
    pendingCount: deployment.pendingCount ?? 0,
    failedTasks: deployment.failedTasks ?? 0,
    rolloutState: deployment.rolloutState,
    rolloutStateReason: deployment.rolloutStateReason,
    createdAt: deployment.createdAt?.getTime() ?? 0,
  };
}

export function viewServiceDeploymentBrief(brief: Brief): ServiceDeploymentBrief {
  return {
    arn: brief.serviceDeploymentArn ?? '',
    status: brief.status ?? '',
    targetRevisionArn: brief.targetServiceRevisionArn ?? '',
    createdAt: brief.createdAt?.getTime() ?? 0,
  };
}

export function viewServiceDeployment(state: ServiceDeployment): ServiceDeploymentState {
  const { deploymentCircuitBreaker: breaker, targetServiceRevision: target } = state;
  return {
    arn: state.serviceDeploymentArn ?? '',
    status: state.status ?? '',
    targetRevisionArn: target?.arn ?? '',
    createdAt: state.createdAt?.getTime() ?? 0,
    statusReason: state.statusReason,
    finishedAt: (state.finishedAt ?? state.stoppedAt)?.getTime(),
    lifecycleStage: state.lifecycleStage,
    hooks: (state.lifecycleHookDetails ?? []).map((hook) => ({
      id: hook.hookId ?? '',
      type: hook.targetType ?? '',
      targetArn: hook.targetArn,
      status: hook.status ?? '',
      expiresAt: hook.expiresAt?.getTime(),
      timeoutAction: hook.timeoutAction,
    })),
    circuitBreaker:
      breaker?.status === undefined
        ? undefined
        : {
            status: breaker.status,
            failureCount: breaker.failureCount ?? 0,
            threshold: breaker.threshold ?? 0,
          },
    triggeredAlarms: state.alarms?.triggeredAlarmNames ?? [],
    rollbackReason: state.rollback?.reason,
    productionTrafficPercent: target?.requestedProductionTrafficWeight,
    requestedCount: target?.requestedTaskCount,
    runningCount: target?.runningTaskCount,
    pendingCount: target?.pendingTaskCount,
  };
}

export function viewTask(task: Task): TaskState {
  return {
    arn: task.taskArn ?? '',
    startedBy: task.startedBy,
    taskDefinitionArn: task.taskDefinitionArn,
    lastStatus: task.lastStatus ?? '',
    healthStatus: task.healthStatus ?? 'UNKNOWN',
    stopCode: task.stopCode,
    stoppedReason: task.stoppedReason,
    createdAt: task.createdAt?.getTime(),
    pullStartedAt: task.pullStartedAt?.getTime(),
    pullStoppedAt: task.pullStoppedAt?.getTime(),
    startedAt: task.startedAt?.getTime(),
    stoppingAt: task.stoppingAt?.getTime(),
    stoppedAt: task.stoppedAt?.getTime(),
    containers: (task.containers ?? []).map(viewContainer),
    addresses: (task.attachments ?? []).flatMap(({ details }) =>
      (details ?? []).flatMap(({ name, value }) =>
        (name === 'privateIPv4Address' || name === 'privateIPv6Address') && value !== undefined
          ? [value]
          : [],
      ),
    ),
  };
}

function viewContainer(container: NonNullable<Task['containers']>[number]): ContainerState {
  return {
    name: container.name ?? '',
    image: container.image,
    exitCode: container.exitCode,
    reason: container.reason,
    healthStatus: container.healthStatus,
    hostPorts: (container.networkBindings ?? []).flatMap(({ hostPort }) => hostPort ?? []),
  };
}
