import type { TaskOutcome } from '../ecs/outcome.ts';
import { createDraw, type Draw } from './draw.ts';
import {
  type BreakerPlan,
  calmNetwork,
  type HookPlan,
  type Incident,
  type MishapPlan,
  type NetworkPlan,
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

/** The rollout that belongs to the seed. */
export function drawRolloutPlan(seed: number): RolloutPlan {
  const draw = createDraw(seed);
  const strategy = drawStrategy(draw);
  const [minimumHealthyPercent, maximumPercent] = draw.pick([
    [100, 200],
    [100, 200],
    [50, 200],
    [0, 100],
    [50, 100],
    [100, 150],
    [75, 125],
  ] as const);
  const desiredCount = draw.pick([0, 1, 1, 2, 2, 3, 4, 6, 9, 16, 50]);
  return {
    seed,
    desiredCount,
    minimumHealthyPercent,
    maximumPercent,
    strategy,
    hook: draw.chance(strategy.kind === 'ROLLING' ? 0.05 : 0.35) ? drawHook(draw) : undefined,
    alarm: draw.chance(0.2) ? { rollback: draw.chance(0.7) } : undefined,
    early:
      strategy.kind === 'ROLLING' && draw.chance(0.1)
        ? {
            healthyPercent: draw.pick([minimumHealthyPercent, 100]),
            cleanup: draw.pick(['BLOCKING', 'DEFERRED']),
          }
        : undefined,
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

function drawIncidents(draw: Draw, desiredCount: number): Incident[] {
  const count = draw.pick([0, 0, 0, 0, 1, 1, 2]);
  return Array.from({ length: count }, () => drawIncident(draw, desiredCount)).sort(
    (a, b) => a.atSeconds - b.atSeconds,
  );
}

function drawIncident(draw: Draw, desiredCount: number): Incident {
  const atSeconds = Math.round(draw.between(-20, 150));
  switch (
    draw.pick([
      'rival',
      'rival',
      'force',
      'stop',
      'scale',
      'scale',
      'stop-tasks',
      'delete-service',
      'settings',
      'alarm',
      'alarm',
      'continue',
      'continue',
    ] as const)
  ) {
    case 'rival':
      return { atSeconds, kind: 'rival' };
    case 'force':
      return { atSeconds, kind: 'force' };
    case 'stop':
      return { atSeconds: Math.abs(atSeconds), kind: 'stop' };
    case 'scale': {
      const scaled = draw.pick([0, 1, desiredCount + 2, desiredCount * 2, Math.ceil(desiredCount / 2)]);
      return { atSeconds, kind: 'scale', desiredCount: scaled };
    }
    case 'stop-tasks':
      return { atSeconds: Math.abs(atSeconds), kind: 'stop-tasks', count: draw.pick([1, 2, 5]) };
    case 'settings':
      return { atSeconds, kind: 'settings' };
    case 'alarm':
      return { atSeconds, kind: 'alarm', state: draw.chance(0.9) ? 'ALARM' : 'OK' };
    case 'continue':
      return {
        atSeconds: Math.abs(atSeconds),
        kind: 'continue',
        action: draw.chance(0.8) ? 'CONTINUE' : 'ROLLBACK',
      };
    case 'delete-service':
      // Rare in life, and nothing else can be learned from such a rollout.
      return draw.chance(0.15)
        ? { atSeconds: Math.abs(atSeconds), kind: 'delete-service' }
        : { atSeconds, kind: 'rival' };
  }
}

function drawNetwork(draw: Draw): NetworkPlan {
  const [staleSeconds, staleShare] = draw.pick([
    [0, 0],
    [0, 0],
    [2, 0.5],
    [6, 0.3],
    [15, 0.1],
  ] as const);
  return {
    skewSeconds: draw.pick([0, 0, -250, 90, 3600]),
    latencySeconds: draw.pick([0.02, 0.08, 0.4, 2]),
    throttledShare: draw.pick([0, 0, 0.05, 0.3]),
    failedShare: draw.pick([0, 0, 0.03]),
    lostShare: draw.pick([0, 0, 0.02, 0.1]),
    staleSeconds,
    staleShare,
    outage: draw.chance(0.1)
      ? { atSeconds: Math.round(draw.between(5, 90)), seconds: draw.pick([5, 20, 45]) }
      : undefined,
    denied: draw.pick([
      [],
      [],
      [],
      [],
      ['ListServiceDeployments', 'DescribeServiceDeployments', 'StopServiceDeployment'],
      ['DescribeServiceDeployments'],
      ['ListTasks', 'DescribeTasks'],
    ]),
  };
}
