import { cleanRemoteLine } from '../message/remote-text.ts';
import type { ContainerState, TaskState } from './task-state.ts';

/** Stopped tasks that failed in the same way. */
export interface FailureGroup {
  readonly count: number;
  readonly stopCode: string | undefined;
  /** ECS's words for the newest of them, cleaned for printing. */
  readonly stoppedReason: string;
  readonly container: string | undefined;
  readonly image: string | undefined;
  readonly containerReason: string | undefined;
  readonly exitCode: number | undefined;
  /** Seconds from start to stop of the longest-lived; undefined when none ever started. */
  readonly lifetimeSeconds: number | undefined;
  /** Newest first. */
  readonly taskArns: readonly string[];
  readonly lastStoppedAt: number | undefined;
}

/** Why a task stopped, as far as a deployment is concerned. */
export type StopKind = 'failure' | 'interruption' | 'user' | 'scaling';

/**
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html for the stop codes
 */
export function classifyStop(task: TaskState): StopKind {
  const reason = task.stoppedReason ?? '';
  if (task.stopCode === 'SpotInterruption' || task.stopCode === 'TerminationNotice') return 'interruption';
  if (/Spot Task was interrupted|Task stopped due to .*termination/i.test(reason)) return 'interruption';
  if (task.stopCode === 'UserInitiated') return 'user';
  // The scheduler stops tasks both to scale in or replace them and because a health check failed.
  if (task.stopCode === 'ServiceSchedulerInitiated')
    return /fail|unhealthy/i.test(reason) ? 'failure' : 'scaling';
  return 'failure';
}

/** Groups stopped tasks by how they failed, the most frequent group first, newer before older among equals. */
export function groupFailures(tasks: readonly TaskState[]): FailureGroup[] {
  const groups = Map.groupBy(
    tasks.filter((task) => task.stoppedReason !== undefined && classifyStop(task) !== 'scaling'),
    failureKey,
  );
  return [...groups.values()].map(describeGroup).sort(compareGroups);
}

function describeGroup(tasks: readonly TaskState[]): FailureGroup {
  const newestFirst = tasks.toSorted((a, b) => (b.stoppedAt ?? 0) - (a.stoppedAt ?? 0));
  const [sample] = newestFirst;
  const container = sample === undefined ? undefined : failingContainer(sample);
  const lifetimes = tasks.map(lifetimeSeconds).filter((seconds) => seconds !== undefined);
  return {
    count: tasks.length,
    stopCode: sample?.stopCode,
    stoppedReason: cleanRemoteLine(sample?.stoppedReason ?? ''),
    container: container?.name,
    image: container?.image === undefined ? undefined : cleanRemoteLine(container.image),
    containerReason: container?.reason === undefined ? undefined : cleanRemoteLine(container.reason),
    exitCode: container?.exitCode,
    lifetimeSeconds: lifetimes.length === 0 ? undefined : Math.max(...lifetimes),
    taskArns: newestFirst.map(({ arn }) => arn),
    lastStoppedAt: sample?.stoppedAt,
  };
}

function compareGroups(a: FailureGroup, b: FailureGroup): number {
  return b.count - a.count || (b.lastStoppedAt ?? 0) - (a.lastStoppedAt ?? 0);
}

/** Seconds that a task ran before it began to stop. */
export function lifetimeSeconds(task: TaskState): number | undefined {
  const end = task.stoppingAt ?? task.stoppedAt;
  return task.startedAt === undefined || end === undefined
    ? undefined
    : Math.max(0, (end - task.startedAt) / 1000);
}

/**
 * The container that took the task down. When one stops, ECS stops the others with SIGTERM (143) or SIGKILL (137), so those
 * codes are a cause only when nothing else is.
 */
export function failingContainer(task: TaskState): ContainerState | undefined {
  const { containers } = task;
  const isBystander = ({ exitCode }: ContainerState): boolean => exitCode === 137 || exitCode === 143;
  const exited = containers.filter(({ exitCode }) => exitCode !== undefined);
  return (
    containers.find(({ reason }) => reason !== undefined && reason !== '') ??
    containers.find(({ healthStatus }) => healthStatus === 'UNHEALTHY') ??
    exited.find((container) => container.exitCode !== 0 && !isBystander(container)) ??
    exited.find((container) => container.exitCode === 0 && exited.some(isBystander)) ??
    exited.find(({ exitCode }) => exitCode !== 0) ??
    exited[0] ??
    containers.find(({ image }) => image !== undefined && task.stoppedReason?.includes(image)) ??
    (containers.length === 1 ? containers[0] : undefined)
  );
}

function failureKey(task: TaskState): string {
  const container = failingContainer(task);
  return [
    task.stopCode,
    neutral(task.stoppedReason ?? ''),
    container?.name,
    neutral(container?.reason ?? ''),
    container?.exitCode,
  ].join('\n');
}

// What differs between two tasks that fail for the same reason: ids of tasks, requests and interfaces, addresses, counts.
const varying: readonly [RegExp, string][] = [
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '<id>'],
  [/(?<!sha256:)\b[0-9a-f]{16,}\b/gi, '<id>'],
  [/\b(eni|i|subnet|sg|eipalloc)-[0-9a-f]{8,}\b/gi, '<id>'],
  [/\b(request ?id:?\s*)[\w-]+/gi, '$1<id>'],
  [/\b[A-Z0-9]{26,}\b/g, '<id>'],
  [/\b\d{1,3}(\.\d{1,3}){3}(:\d+)?/g, '<address>'],
  [/\[?\b[0-9a-f]{1,4}(:[0-9a-f]{0,4}){3,7}\]?(:\d+)?/gi, '<address>'],
  [/\b\d+(\.\d+)? ?(time\(s\)|(times|ms|s|seconds|m\d+(\.\d+)?s)\b)/gi, '<n>'],
  [/\b\d{4}-\d\d-\d\d[T ][\d:.]+Z?/g, '<time>'],
];

/** A reason without what differs between otherwise identical failures. */
export function neutral(reason: string): string {
  return varying.reduce((text, [pattern, word]) => text.replace(pattern, word), reason);
}
