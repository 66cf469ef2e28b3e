import type { Json } from '../server/service.ts';
import { readTags } from './lookup.ts';
import { readContainers, type TaskDefinition } from './task-definition.ts';
import { checkTaskDefinition } from './validate-task-definition.ts';
import { makeArn, type World } from './world.ts';

/** The members of RegisterTaskDefinition that come back in TaskDefinition. */
const copied = [
  'taskRoleArn',
  'executionRoleArn',
  'networkMode',
  'cpu',
  'memory',
  'pidMode',
  'ipcMode',
  'proxyConfiguration',
  'ephemeralStorage',
  'runtimePlatform',
  'enableFaultInjection',
  'inferenceAccelerators',
];

/**
 * Registers a revision with the defaults that ECS fills in.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
 */
export function registerTaskDefinition(world: World, input: Json): TaskDefinition {
  checkTaskDefinition(input);
  const family = input['family'] as string;
  const revisions = world.state.taskDefinitions.get(family) ?? [];
  const revision = revisions.length + 1;
  const arn = makeArn(world, `task-definition/${family}:${revision}`);
  const compatibilities = (input['requiresCompatibilities'] as string[] | undefined) ?? [];
  const requiresFargate = compatibilities.includes('FARGATE');
  const containerDefinitions = (input['containerDefinitions'] as Json[]).map((container) =>
    fillContainer(container, input['networkMode'] === 'awsvpc' || input['networkMode'] === 'host'),
  );
  const description: Json = {
    taskDefinitionArn: arn,
    containerDefinitions,
    family,
    revision,
    volumes: input['volumes'] ?? [],
    placementConstraints: input['placementConstraints'] ?? [],
    requiresAttributes: requireAttributes(input),
    compatibilities:
      requiresFargate || input['networkMode'] === 'awsvpc' ? ['EC2', 'FARGATE'] : ['EC2', 'EXTERNAL'],
    registeredAt: new Date(world.clock.now()),
    registeredBy: `arn:aws:sts::${world.accountId}:assumed-role/rehearsal/session`,
  };
  if (compatibilities.length > 0) description['requiresCompatibilities'] = compatibilities;
  for (const member of copied) if (input[member] !== undefined) description[member] = input[member];
  const registered: TaskDefinition = {
    arn,
    family,
    revision,
    description,
    containers: readContainers(containerDefinitions),
    requiresFargate,
    status: 'ACTIVE',
    deregisteredAt: undefined,
    tags: readTags(input['tags']),
  };
  revisions.push(registered);
  world.state.taskDefinitions.set(family, revisions);
  return registered;
}

function fillContainer(container: Json, hostPortFollows: boolean): Json {
  const portMappings = ((container['portMappings'] as Json[] | undefined) ?? []).map((mapping) => ({
    ...mapping,
    ...(mapping['containerPortRange'] === undefined
      ? { hostPort: mapping['hostPort'] ?? (hostPortFollows ? mapping['containerPort'] : 0) }
      : {}),
    protocol: mapping['protocol'] ?? 'tcp',
  }));
  return {
    ...container,
    cpu: container['cpu'] ?? 0,
    portMappings,
    essential: container['essential'] ?? true,
    environment: container['environment'] ?? [],
    mountPoints: container['mountPoints'] ?? [],
    volumesFrom: container['volumesFrom'] ?? [],
    systemControls: container['systemControls'] ?? [],
    ...(container['healthCheck'] === undefined
      ? {}
      : { healthCheck: { interval: 30, timeout: 5, retries: 3, ...(container['healthCheck'] as Json) } }),
  };
}

// The attributes that a container instance must offer. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement-constraints.html#attributes
function requireAttributes(input: Json): Json[] {
  const names = new Set<string>(['com.amazonaws.ecs.capability.docker-remote-api.1.18']);
  if (input['networkMode'] === 'awsvpc') names.add('ecs.capability.task-eni');
  if (input['taskRoleArn'] !== undefined) names.add('com.amazonaws.ecs.capability.task-iam-role');
  for (const container of input['containerDefinitions'] as Json[]) {
    const driver = (container['logConfiguration'] as Json | undefined)?.['logDriver'];
    if (typeof driver === 'string') names.add(`com.amazonaws.ecs.capability.logging-driver.${driver}`);
    if (container['healthCheck'] !== undefined) names.add('ecs.capability.container-health-check');
    if (Array.isArray(container['secrets']) && container['secrets'].length > 0) {
      names.add('ecs.capability.secrets.ssm.environment-variables');
    }
    if (String(container['image']).includes('.dkr.ecr.')) names.add('com.amazonaws.ecs.capability.ecr-auth');
  }
  if (input['executionRoleArn'] !== undefined) names.add('ecs.capability.execution-role-awslogs');
  return [...names].map((name) => ({ name }));
}
