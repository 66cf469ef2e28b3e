import type { TaskOutcome } from '../ecs/outcome.ts';
import { createDraw, type Draw } from './draw.ts';
import { drawIncidents } from './draw-incidents.ts';
import { drawNetwork } from './draw-network.ts';
import {
  type BreakerPlan,
  calmNetwork,
  type HookPlan,
  type MishapPlan,
  type RolloutPlan,
  type StrategyPlan,
} from './plan.ts';

const mishaps: readonly TaskOutcome[] = [
  { kind: 'exits', afterSeconds: 1, exitCode: 1 },
  { kind: 'exits', afterSeconds: 4, exitCode: 139 },
  { kind: 'exits', afterSeconds: 90, exitCode: 1 },
  { kind: 'out-of-memory', afterSeconds: 6 },
  { kind: 'cannot-pull', reason: 'CannotPullContainerError: pull access denied' },
  { kind: 'fails-to-start', reason: 'ResourceInitializationError: unable to pull secrets or registry auth' },
  {
    kind: 'cannot-place',
    reason:
      'Capacity is unavailable at this time. Please try again later or in a different availability zone',
  },
  { kind: 'unhealthy-target', reasonCode: 'Target.Timeout', description: 'Request timed out' },
  { kind: 'unhealthy-container' },
  { kind: 'spot-interrupted', afterSeconds: 20 },
  { kind: 'hangs' },
];

/** Minimum healthy and maximum percent. */
const limits = [
  [100, 200],
  [100, 200],
  [50, 200],
  [0, 100],
  [50, 100],
  [100, 150],
  [75, 125],
] as const;

/** The rollout that belongs to the seed. */
export function drawRolloutPlan(seed: number): RolloutPlan {
  const draw = createDraw(seed);
  const strategy = drawStrategy(draw);
  const [minimumHealthyPercent, maximumPercent] = draw.pick(limits);
  const desiredCount = draw.pick([0, 1, 1, 2, 2, 3, 4, 6, 9, 16, 50]);
  return {
    seed,
    desiredCount,
    minimumHealthyPercent,
    maximumPercent,
    strategy,
    hook: draw.chance(strategy.kind === 'ROLLING' ? 0.05 : 0.35) ? drawHook(draw) : undefined,
    alarm: draw.chance(0.2) ? { rollback: draw.chance(0.7) } : undefined,
    early: strategy.kind === 'ROLLING' ? drawEarlySuccess(draw, minimumHealthyPercent) : undefined,
    breaker: drawBreaker(draw),
    // LINEAR and CANARY need traffic to shift.
    checks: draw.pick(
      strategy.kind === 'LINEAR' || strategy.kind === 'CANARY'
        ? ['target-group', 'both']
        : ['none', 'container', 'target-group', 'target-group', 'both'],
    ),
    healthCheckGracePeriodSeconds: draw.pick([0, 0, 30, 300]),
    readySeconds: draw.pick([2, 2, 4, 8]),
    pullSeconds: draw.pick([1, 5, 20]),
    hasPredecessor: draw.chance(0.93),
    mishap: drawMishap(draw),
    isPreviousBroken: draw.chance(0.06),
    incidents: drawIncidents(draw, desiredCount),
    network: draw.chance(0.4) ? calmNetwork : drawNetwork(draw),
  };
}

function drawEarlySuccess(draw: Draw, minimumHealthyPercent: number): RolloutPlan['early'] {
  if (draw.chance(0.9)) return undefined;
  return {
    healthyPercent: draw.pick([minimumHealthyPercent, 100]),
    cleanup: draw.pick(['BLOCKING', 'DEFERRED']),
  };
}

function drawStrategy(draw: Draw): StrategyPlan {
  return {
    kind: draw.pick([
      'ROLLING',
      'ROLLING',
      'ROLLING',
      'ROLLING',
      'BLUE_GREEN',
      'BLUE_GREEN',
      'LINEAR',
      'CANARY',
    ]),
    bakeMinutes: draw.pick([0, 0, 1, 3]),
    stepPercent: draw.pick([12.5, 25, 50]),
    stepBakeMinutes: draw.pick([0, 1]),
  };
}

function drawHook(draw: Draw): HookPlan {
  return {
    stage: draw.pick([
      'PRE_SCALE_UP',
      'POST_SCALE_UP',
      'POST_TEST_TRAFFIC_SHIFT',
      'POST_PRODUCTION_TRAFFIC_SHIFT',
    ]),
    kind: draw.pick(['passes', 'fails', 'never-answers', 'pause', 'pause']),
    timeoutMinutes: draw.pick([1, 2, 30]),
    timeoutAction: draw.pick(['ROLLBACK', 'ROLLBACK', 'CONTINUE']),
  };
}

function drawBreaker(draw: Draw): BreakerPlan | undefined {
  if (draw.chance(0.4)) return undefined;
  return {
    rollback: draw.chance(0.7),
    resetOnHealthyTask: draw.chance(0.8),
    threshold: draw.pick([
      { type: 'BOUNDED_PERCENT', value: 50 },
      { type: 'BOUNDED_PERCENT', value: 50 },
      { type: 'UNBOUNDED_PERCENT', value: 20 },
      { type: 'COUNT', value: 1 },
      { type: 'COUNT', value: 5 },
    ]),
  };
}

// More tasks than any rollout starts; Infinity would not survive JSON.
const FOR_EVER = 1_000_000;

function drawMishap(draw: Draw): MishapPlan | undefined {
  if (draw.chance(0.4)) return undefined;
  const outcome = draw.pick(mishaps);
  const [share, untilAttempt] = draw.pick([
    [1, FOR_EVER],
    [1, FOR_EVER],
    [0.4, FOR_EVER],
    [1, 2],
    [0.8, 6],
  ] as const);
  return { outcome, share, untilAttempt };
}
