import { AwsError, type Json } from '../server/service.ts';
import type { Cluster, EcsService, Tag } from './state.ts';
import type { Task } from './task.ts';
import type { TaskDefinition } from './task-definition.ts';
import { clientError, invalidParameter, type World } from './world.ts';

/** Stopped tasks are shown for an hour. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html */
const STOPPED_TASK_VISIBLE_MILLISECONDS = 3_600_000;

/** The last part of an ARN, or the name itself. */
export function nameOf(nameOrArn: string): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1) : nameOrArn;
}

/** The cluster of a request; `default` when it names none. */
export function findCluster(world: World, input: Json): Cluster {
  const name = nameOf((input['cluster'] as string | undefined) ?? 'default');
  const cluster = world.state.clusters.get(name);
  if (cluster === undefined) throw new AwsError('ClusterNotFoundException', 'Cluster not found.');
  return cluster;
}

export function findService(cluster: Cluster, nameOrArn: unknown): EcsService {
  if (typeof nameOrArn !== 'string' || nameOrArn === '') throw invalidParameter('Service cannot be empty.');
  const service = cluster.services.get(nameOf(nameOrArn));
  if (service === undefined) throw new AwsError('ServiceNotFoundException', 'Service not found.');
  return service;
}

export function findActiveService(cluster: Cluster, nameOrArn: unknown): EcsService {
  const service = findService(cluster, nameOrArn);
  if (service.status !== 'ACTIVE') throw new AwsError('ServiceNotActiveException', 'Service was not ACTIVE.');
  return service;
}

/** `family`, `family:revision` or an ARN; a bare family means its latest ACTIVE revision. */
export function findTaskDefinition(world: World, reference: unknown): TaskDefinition | undefined {
  if (typeof reference !== 'string' || reference === '')
    throw clientError('Task definition can not be blank.');
  const [family = '', revision] = nameOf(reference).split(':');
  const revisions = world.state.taskDefinitions.get(family) ?? [];
  if (revision === undefined) return revisions.findLast(({ status }) => status === 'ACTIVE');
  return revisions[Number(revision) - 1];
}

/** A task definition that something new may run. */
export function findUsableTaskDefinition(world: World, reference: unknown): TaskDefinition {
  const found = findTaskDefinition(world, reference);
  if (found === undefined) throw clientError('TaskDefinition not found.');
  if (found.status !== 'ACTIVE') throw clientError('TaskDefinition is inactive');
  return found;
}

/** The tasks that the API still shows. Older stopped ones are forgotten on the way. */
export function visibleTasks(world: World, cluster: Cluster): Task[] {
  const oldest = world.clock.now() - STOPPED_TASK_VISIBLE_MILLISECONDS;
  const tasks: Task[] = [];
  for (const task of cluster.tasks.values()) {
    if (task.stoppedAt !== undefined && task.stoppedAt < oldest) cluster.tasks.delete(task.id);
    else tasks.push(task);
  }
  return tasks;
}

/** A required list with AWS's limit on its length. */
export function readList(input: Json, member: string, limit: number, label: string): string[] {
  const list = input[member];
  if (!Array.isArray(list) || list.length === 0) throw invalidParameter(`${label} cannot be empty.`);
  if (list.length > limit) {
    throw invalidParameter(`${label} cannot be longer than ${limit}.`);
  }
  return list.map(String);
}

export function readTags(value: unknown): Tag[] {
  if (!Array.isArray(value)) return [];
  return (value as Json[]).map((tag) => ({ key: String(tag['key']), value: String(tag['value'] ?? '') }));
}

/** One page of a list: `nextToken` is the offset of the next one. */
export function paginate<Item>(
  items: readonly Item[],
  input: Json,
  usual: number,
): { page: readonly Item[]; nextToken: string | undefined } {
  const size = Number(input['maxResults'] ?? usual);
  if (!Number.isInteger(size) || size < 1 || size > 100) {
    throw invalidParameter('maxResults must be between 1 and 100.');
  }
  const from = input['nextToken'] === undefined ? 0 : Number(input['nextToken']);
  if (!Number.isInteger(from) || from < 0) throw invalidParameter('Invalid token.');
  const next = from + size;
  return { page: items.slice(from, next), nextToken: next < items.length ? String(next) : undefined };
}
