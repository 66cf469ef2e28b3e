import type { TaskState } from './task-state.ts';

/** A part of a rollout, from ECS's own timestamps: epoch milliseconds of AWS's clock. */
export interface Phase {
  readonly name: PhaseName;
  /** Which of several waves of tasks, from 1; undefined where all tasks began together. */
  readonly wave: number | undefined;
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
    ...spanWaves(ours, ({ createdAt }) => createdAt, startPhases),
    healthPhase(facts, ours, replaced),
    ...spanWaves(replaced, ({ stoppingAt }) => stoppingAt, drainPhases),
  ].filter((phase) => phase !== undefined);
  return { phases: phases.toSorted((a, b) => a.startedAt - b.startedAt), slowest: findSlowest(phases) };
}

type Time = (task: TaskState) => number | undefined;

type PhaseTimes = readonly [PhaseName, Time, Time];

const startPhases: readonly PhaseTimes[] = [
  ['provision', ({ createdAt }) => createdAt, ({ pullStartedAt }) => pullStartedAt],
  ['pull', ({ pullStartedAt }) => pullStartedAt, ({ pullStoppedAt }) => pullStoppedAt],
  ['start', ({ pullStoppedAt }) => pullStoppedAt, ({ startedAt }) => startedAt],
];
const drainPhases: readonly PhaseTimes[] = [
  ['drain', ({ stoppingAt }) => stoppingAt, ({ stoppedAt }) => stoppedAt],
];

// ECS starts the tasks of one wave within a second or two; what comes later waited for something.
const waveGapMilliseconds = 5000;
const shownWaves = 5;

/** The phases of each wave of tasks; what comes after the first few is drawn as one. */
function spanWaves(tasks: readonly TaskState[], begin: Time, phases: readonly PhaseTimes[]): Phase[] {
  const waves: TaskState[][] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const task of tasks.toSorted((a, b) => (begin(a) ?? 0) - (begin(b) ?? 0))) {
    const begunAt = begin(task) ?? last;
    if (begunAt - last > waveGapMilliseconds && waves.length < shownWaves) waves.push([]);
    waves.at(-1)?.push(task);
    last = begunAt;
  }
  return waves.flatMap((wave, index) =>
    phases.flatMap(([name, start, end]) => {
      const phase = span(name, wave, start, end);
      return phase === undefined ? [] : [{ ...phase, wave: waves.length === 1 ? undefined : index + 1 }];
    }),
  );
}

function span(name: PhaseName, tasks: readonly TaskState[], start: Time, end: Time): Phase | undefined {
  const complete = tasks.filter((task) => start(task) !== undefined && end(task) !== undefined);
  if (complete.length === 0) return undefined;
  const times = complete.map((task) => ({ from: start(task) ?? 0, to: end(task) ?? 0 }));
  return {
    name,
    wave: undefined,
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
  return {
    name: 'health',
    wave: undefined,
    startedAt,
    endedAt,
    longestSeconds: (endedAt - startedAt) / 1000,
  };
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

/** The phase in which one task, or the wait for health, took longest. */
function findSlowest(phases: readonly Phase[]): SlowestPhase | undefined {
  const [slowest] = phases.toSorted((a, b) => b.longestSeconds - a.longestSeconds);
  if (slowest === undefined) return undefined;
  return { name: slowest.name, seconds: slowest.longestSeconds, advice: advice[slowest.name] };
}
