import type { Json } from '../server/service.ts';
import { decideOutcome, type TaskOutcome } from './outcome.ts';
import type { Cluster, Deployment, EcsService } from './state.ts';
import type { Container, Task } from './task.ts';
import type { TaskDefinition } from './task-definition.ts';
import { makeArn, type World } from './world.ts';

export interface TaskRequest {
  readonly cluster: Cluster;
  readonly taskDefinition: TaskDefinition;
  readonly group: string;
  readonly startedBy: string | undefined;
  readonly attempt: number;
  readonly service?: EcsService;
  readonly deployment?: Deployment;
  /** Members of the request that come back in DescribeTasks. */
  readonly echo?: Json;
}

/** What will become of a task, were it started now. */
export function decideOutcomeOf(world: World, request: TaskRequest): TaskOutcome {
  const { cluster, service, deployment, taskDefinition, attempt } = request;
  return decideOutcome(world.rules, {
    cluster: cluster.name,
    ...(service === undefined ? {} : { service: service.name }),
    ...(deployment === undefined ? {} : { deploymentId: deployment.id }),
    taskDefinitionArn: taskDefinition.arn,
    family: taskDefinition.family,
    revision: taskDefinition.revision,
    images: taskDefinition.containers.map(({ image }) => image),
    attempt,
  });
}

/** Puts a task into the world, not yet moving. */
export function createTask(world: World, request: TaskRequest, outcome: TaskOutcome): Task {
  const { cluster, service, deployment, taskDefinition } = request;
  const id = world.ids.taskId();
  const task: Task = {
    id,
    arn: makeArn(world, `task/${cluster.name}/${id}`),
    cluster,
    service,
    deployment,
    taskDefinition,
    group: request.group,
    startedBy: request.startedBy,
    outcome,
    attempt: request.attempt,
    network: {
      ip: world.ids.address(),
      networkInterfaceId: `eni-${id.slice(0, 17)}`,
      subnetId: 'subnet-0rehearsal0000000',
    },
    echo: request.echo ?? {},
    containers: taskDefinition.containers.map((container) => createContainer(id, container)),
    createdAt: world.clock.now(),
    lastStatus: 'PROVISIONING',
    desiredStatus: 'RUNNING',
    version: 1,
    pullStartedAt: undefined,
    pullStoppedAt: undefined,
    startedAt: undefined,
    stoppingAt: undefined,
    executionStoppedAt: undefined,
    stoppedAt: undefined,
    stop: undefined,
    targets: new Map(),
    healthy: false,
    everHealthy: false,
    settled: false,
    next: undefined,
    nextCheck: undefined,
  };
  cluster.tasks.set(id, task);
  service?.tasks.add(task);
  return task;
}

function createContainer(taskId: string, { name, image }: { name: string; image: string }): Container {
  const digest = /@(sha256:[0-9a-f]{64})$/.exec(image)?.[1];
  return {
    name,
    image,
    imageDigest: digest,
    runtimeId: `${taskId}-${String(hash(name)).padStart(10, '0').slice(0, 10)}`,
    lastStatus: 'PENDING',
    exitCode: undefined,
    reason: undefined,
    healthStatus: 'UNKNOWN',
  };
}

function hash(text: string): number {
  let value = 0;
  for (const character of text) value = (Math.imul(value, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
  return value;
}

// A tag is resolved to a digest when it is pulled; the rehearsal only needs the same tag to give the same digest.
export function fakeDigest(image: string): string {
  let text = '';
  for (let part = 0; text.length < 64; part += 1)
    text += hash(`${part}${image}`).toString(16).padStart(8, '0');
  return text.slice(0, 64);
}
