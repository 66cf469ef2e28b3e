import type { Json } from '../server/service.ts';
import { countTasks, isPending } from './service-deployment.ts';
import type {
  Cluster,
  Deployment,
  EcsService,
  ServiceDeployment,
  ServiceRevision,
  Task,
  TaskCounts,
} from './state.ts';
import type { TaskDefinition } from './task-definition.ts';

/** How the state looks in ECS's answers. */

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
    deregisteredAt: date(definition.deregisteredAt),
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
    deployments: service.deployments.map((deployment) => viewDeployment(service, deployment)),
    events: service.events.map(({ id, createdAt, message }) => ({
      id,
      createdAt: new Date(createdAt),
      message,
    })),
    createdAt: new Date(service.createdAt),
    currentServiceDeployment: known?.arn,
    currentServiceRevisions: service.deployments.map((deployment) =>
      viewRevisionCounts(deployment, countTasks(service, deployment)),
    ),
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

function viewRevisionCounts(deployment: Deployment, counts: TaskCounts): Json {
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
    startedAt: date(deployment.startedAt),
    createdAt: new Date(deployment.createdAt),
    finishedAt: date(deployment.finishedAt),
    targetServiceRevisionArn: deployment.target.revision.arn,
    status: deployment.status,
    statusReason: deployment.statusReason,
  };
}

export function viewServiceDeployment(deployment: ServiceDeployment): Json {
  const { service, rollback, finalCounts } = deployment;
  const view = (each: Deployment): Json =>
    viewRevisionCounts(each, finalCounts?.get(each) ?? countTasks(service, each));
  const { targetServiceRevisionArn: _, ...brief } = viewServiceDeploymentBrief(deployment);
  return {
    ...brief,
    stoppedAt: date(deployment.stoppedAt),
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
    alarms: { status: 'DISABLED', alarmNames: [] },
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
    containerImages: revision.taskDefinition.containers.map(({ name, image }) => ({
      containerName: name,
      image,
      imageDigest: /@(sha256:[0-9a-f]{64})$/.exec(image)?.[1],
    })),
    guardDutyEnabled: false,
    createdAt: new Date(revision.createdAt),
  };
}

export function viewTask(task: Task): Json {
  const { taskDefinition } = task;
  const echo = task.service?.settings.echo ?? {};
  return {
    attachments: viewAttachments(task),
    attributes: [{ name: 'ecs.cpu-architecture', value: architectureOf(taskDefinition) }],
    availabilityZone: 'eu-west-1a',
    clusterArn: task.cluster.arn,
    connectivity: 'CONNECTED',
    connectivityAt: date(task.pullStartedAt),
    containers: task.containers.map((container) => viewContainer(task, container)),
    cpu: taskDefinition.description['cpu'],
    createdAt: new Date(task.createdAt),
    desiredStatus: task.desiredStatus,
    enableExecuteCommand: echo['enableExecuteCommand'] ?? false,
    executionStoppedAt: date(task.executionStoppedAt),
    group: task.group,
    healthStatus: healthOf(task),
    lastStatus: task.lastStatus,
    launchType: 'FARGATE',
    memory: taskDefinition.description['memory'],
    overrides: { containerOverrides: [], inferenceAcceleratorOverrides: [] },
    platformVersion: '1.4.0',
    platformFamily: 'Linux',
    pullStartedAt: date(task.pullStartedAt),
    pullStoppedAt: date(task.pullStoppedAt),
    startedAt: date(task.startedAt),
    startedBy: task.startedBy,
    stopCode: task.stop?.code,
    stoppedAt: date(task.stoppedAt),
    stoppedReason: task.stop?.reason,
    stoppingAt: date(task.stoppingAt),
    tags: [],
    taskArn: task.arn,
    taskDefinitionArn: taskDefinition.arn,
    version: task.version,
    ephemeralStorage: { sizeInGiB: 20 },
    fargateEphemeralStorage: { sizeInGiB: 20 },
    ...task.echo,
  };
}

function viewAttachments({ id, lastStatus, network }: Task): Json[] {
  const status =
    lastStatus === 'PROVISIONING'
      ? 'PRECREATED'
      : lastStatus === 'STOPPED' || lastStatus === 'DEPROVISIONING'
        ? 'DELETED'
        : 'ATTACHED';
  return [
    {
      id: `${id.slice(0, 8)}-${id.slice(8, 12)}-4${id.slice(13, 16)}-8${id.slice(17, 20)}-${id.slice(20)}`,
      type: 'ElasticNetworkInterface',
      status,
      details: [
        { name: 'subnetId', value: network.subnetId },
        { name: 'networkInterfaceId', value: network.networkInterfaceId },
        { name: 'privateIPv4Address', value: network.ip },
      ],
    },
  ];
}

function viewContainer(task: Task, container: Task['containers'][number]): Json {
  return {
    containerArn: `${task.arn.replace(':task/', ':container/')}/${container.runtimeId}`,
    taskArn: task.arn,
    name: container.name,
    image: container.image,
    imageDigest: container.imageDigest,
    runtimeId: task.startedAt === undefined ? undefined : container.runtimeId,
    lastStatus: container.lastStatus,
    exitCode: container.exitCode,
    reason: container.reason,
    networkBindings: [],
    networkInterfaces: [
      {
        attachmentId: task.network.networkInterfaceId,
        privateIpv4Address: task.network.ip,
      },
    ],
    healthStatus: container.healthStatus,
    cpu: '0',
  };
}

function healthOf(task: Task): string {
  const states = task.containers
    .filter(({ name }) =>
      task.taskDefinition.containers.some((each) => each.name === name && each.healthCheck !== undefined),
    )
    .map(({ healthStatus }) => healthStatus);
  if (states.includes('UNHEALTHY')) return 'UNHEALTHY';
  return states.length > 0 && states.every((state) => state === 'HEALTHY') ? 'HEALTHY' : 'UNKNOWN';
}

function architectureOf({ description }: TaskDefinition): string {
  const platform = description['runtimePlatform'] as { cpuArchitecture?: string } | undefined;
  return platform?.cpuArchitecture === 'ARM64' ? 'arm64' : 'x86_64';
}

function date(milliseconds: number | undefined): Date | undefined {
  return milliseconds === undefined ? undefined : new Date(milliseconds);
}
