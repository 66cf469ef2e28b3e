import type { Json } from '../server/service.ts';
import type { Task } from './task.ts';
import type { TaskDefinition } from './task-definition.ts';
import { viewTime } from './view-time.ts';

export function viewTask(task: Task): Json {
  const { taskDefinition } = task;
  const echo = task.service?.settings.echo ?? {};
  return {
    attachments: viewAttachments(task),
    attributes: [{ name: 'ecs.cpu-architecture', value: architectureOf(taskDefinition) }],
    availabilityZone: 'eu-west-1a',
    clusterArn: task.cluster.arn,
    connectivity: 'CONNECTED',
    connectivityAt: viewTime(task.pullStartedAt),
    containers: task.containers.map((container) => viewContainer(task, container)),
    cpu: taskDefinition.description['cpu'],
    createdAt: new Date(task.createdAt),
    desiredStatus: task.desiredStatus,
    enableExecuteCommand: echo['enableExecuteCommand'] ?? false,
    executionStoppedAt: viewTime(task.executionStoppedAt),
    group: task.group,
    healthStatus: healthOf(task),
    lastStatus: task.lastStatus,
    launchType: 'FARGATE',
    memory: taskDefinition.description['memory'],
    overrides: { containerOverrides: [], inferenceAcceleratorOverrides: [] },
    platformVersion: '1.4.0',
    platformFamily: 'Linux',
    pullStartedAt: viewTime(task.pullStartedAt),
    pullStoppedAt: viewTime(task.pullStoppedAt),
    startedAt: viewTime(task.startedAt),
    startedBy: task.startedBy,
    stopCode: task.stop?.code,
    stoppedAt: viewTime(task.stoppedAt),
    stoppedReason: task.stop?.reason,
    stoppingAt: viewTime(task.stoppingAt),
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
