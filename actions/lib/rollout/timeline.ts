import type { TaskState } from './task-state.ts';

/** A part of a rollout, from ECS's own timestamps: epoch milliseconds of AWS's clock. */
export interface Phase {
  readonly name: PhaseName;
  readonly startedAt: number;
  readonly endedAt: number;
  /** Of the one task that took longest: tasks that come one after another stretch a phase without being slow. */
  readonly longestSeconds: number;
}

export type PhaseName = 'provision' | 'pull' | 'start' | 'health' | 'drain';

export interface Timeline {
  /** In the order in which they began. */
  readonly phases: readonly Phase[];
  readonly slowest: SlowestPhase | undefined;
}

export interface SlowestPhase {
  readonly name: PhaseName;
  readonly seconds: number;
  /** The setting that shortens it. */
  readonly advice: string;
}

export interface TimelineFacts {
  readonly deploymentId: string;
  readonly createdAt: number;
  /** When ECS called the rollout finished, where it has said so. */
  readonly finishedAt: number | undefined;
  readonly tasks: readonly TaskState[];
}

/** Draws a rollout's phases over all its tasks, and those of the tasks that it replaced. */
export function buildTimeline(facts: TimelineFacts): Timeline {
  const ours = facts.tasks.filter(({ startedBy }) => startedBy === facts.deploymentId);
  const replaced = facts.tasks.filter(
    ({ startedBy, stoppingAt }) =>
      startedBy !== facts.deploymentId && stoppingAt !== undefined && stoppingAt >= facts.createdAt,
  );
  const phases = [
    span(
      'provision',
      ours,
      ({ createdAt }) => createdAt,
      ({ pullStartedAt }) => pullStartedAt,
    ),
    span(
      'pull',
      ours,
      ({ pullStartedAt }) => pullStartedAt,
      ({ pullStoppedAt }) => pullStoppedAt,
    ),
    span(
      'start',
      ours,
      ({ pullStoppedAt }) => pullStoppedAt,
      ({ startedAt }) => startedAt,
    ),
    healthPhase(facts, ours, replaced),
    span(
      'drain',
      replaced,
      ({ stoppingAt }) => stoppingAt,
      ({ stoppedAt }) => stoppedAt,
    ),
  ].filter((phase) => phase !== undefined);
  return { phases: phases.toSorted((a, b) => a.startedAt - b.startedAt), slowest: findSlowest(phases) };
}

type Time = (task: TaskState) => number | undefined;

function span(name: PhaseName, tasks: readonly TaskState[], start: Time, end: Time): Phase | undefined {
  const complete = tasks.filter((task) => start(task) !== undefined && end(task) !== undefined);
  if (complete.length === 0) return undefined;
  const times = complete.map((task) => ({ from: start(task) ?? 0, to: end(task) ?? 0 }));
  return {
    name,
    startedAt: Math.min(...times.map(({ from }) => from)),
    endedAt: Math.max(...times.map(({ to }) => to)),
    longestSeconds: Math.max(...times.map(({ from, to }) => to - from)) / 1000,
  };
}

/**
 * From the start of the first lasting task until ECS began to stop what it replaces, which it does once enough new tasks are
 * healthy, or until the end where nothing was replaced.
 */
function healthPhase(
  facts: TimelineFacts,
  ours: readonly TaskState[],
  replaced: readonly TaskState[],
): Phase | undefined {
  const lasting = ours.filter(({ lastStatus }) => lastStatus === 'RUNNING');
  const starts = lasting.flatMap(({ startedAt }) => startedAt ?? []);
  if (starts.length === 0) return undefined;
  const startedAt = Math.min(...starts);
  const drains = replaced.flatMap(({ stoppingAt }) =>
    (stoppingAt ?? 0) > startedAt ? (stoppingAt ?? []) : [],
  );
  const endedAt = drains.length > 0 ? Math.min(...drains) : facts.finishedAt;
  if (endedAt === undefined || endedAt <= startedAt) return undefined;
  return { name: 'health', startedAt, endedAt, longestSeconds: (endedAt - startedAt) / 1000 };
}

const advice: Readonly<Record<PhaseName, string>> = {
  provision: 'capacity and network interfaces: on EC2 keep spare capacity; on Fargate this is AWS’s own time',
  pull: 'a smaller image, a registry in the same region, or a SOCI index on Fargate',
  start: 'dependsOn and the containers’ own start',
  health:
    'the target group’s HealthCheckIntervalSeconds and HealthyThresholdCount, or interval and startPeriod of the container health check',
  drain:
    'the target group’s deregistration_delay.timeout_seconds (300 s unless set) and the container’s stopTimeout',
};

function findSlowest(phases: readonly Phase[]): SlowestPhase | undefined {
  const [slowest] = phases.toSorted((a, b) => b.longestSeconds - a.longestSeconds);
  if (slowest === undefined) return undefined;
  return { name: slowest.name, seconds: slowest.longestSeconds, advice: advice[slowest.name] };
}
