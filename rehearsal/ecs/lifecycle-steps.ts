import type { LifecycleStep } from './lifecycle-state.ts';
import type { HookStage, LifecycleStage, StrategySettings } from './strategy-settings.ts';

/**
 * The stages of a deployment, in order. PRE_PRODUCTION_TRAFFIC_SHIFT and PRODUCTION_TRAFFIC_SHIFT come again for every step of
 * a linear or canary deployment; RECONCILE_SERVICE comes only where more than one revision is there already.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/blue-green-deployment-how-it-works.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-lifecycle-hooks.html
 */
export function planLifecycleSteps(
  strategy: StrategySettings,
  options: {
    readonly hasSeveralSources: boolean;
    readonly alarmBakeSeconds: number;
    readonly shiftSeconds: number;
  },
): LifecycleStep[] {
  const { alarmBakeSeconds } = options;
  // Alarms have a bake time of their own, which ECS computes from them.
  const bakeSeconds = Math.max(strategy.bakeSeconds, strategy.alarms.enable ? alarmBakeSeconds : 0);
  if (strategy.kind === 'ROLLING') return planRolling(strategy, bakeSeconds);
  const stop = (stage: LifecycleStage, waitSeconds = 0): LifecycleStep => ({
    stage,
    work: 'none',
    waitSeconds,
  });
  return [
    ...(options.hasSeveralSources ? [stop('RECONCILE_SERVICE')] : []),
    stop('PRE_SCALE_UP'),
    { stage: 'SCALE_UP', work: 'scale-up', waitSeconds: 0 },
    stop('POST_SCALE_UP'),
    { stage: 'TEST_TRAFFIC_SHIFT', work: 'shift-test', waitSeconds: options.shiftSeconds },
    stop('POST_TEST_TRAFFIC_SHIFT'),
    ...strategy.shifts.flatMap((shift) => planShift(strategy, shift, options.shiftSeconds)),
    stop('POST_PRODUCTION_TRAFFIC_SHIFT'),
    stop('BAKE_TIME', bakeSeconds),
    { stage: 'CLEAN_UP', work: 'clean-up', waitSeconds: 0 },
  ];
}

function planShift(
  strategy: StrategySettings,
  { percent, bakeSeconds }: StrategySettings['shifts'][number],
  shiftSeconds: number,
): LifecycleStep[] {
  const before: LifecycleStep = { stage: 'PRE_PRODUCTION_TRAFFIC_SHIFT', work: 'none', waitSeconds: 0 };
  return [
    ...(isHooked(strategy, 'PRE_PRODUCTION_TRAFFIC_SHIFT') ? [before] : []),
    {
      stage: 'PRODUCTION_TRAFFIC_SHIFT',
      work: 'shift-production',
      percent,
      waitSeconds: shiftSeconds + bakeSeconds,
    },
  ];
}

/** A rolling deployment has stages only as far as hooks and bake times give it some. */
function planRolling(strategy: StrategySettings, bakeSeconds: number): LifecycleStep[] {
  const hooked = (...stages: HookStage[]): LifecycleStep[] =>
    stages
      .filter((stage) => isHooked(strategy, stage))
      .map((stage) => ({ stage, work: 'none', waitSeconds: 0 }));
  const isShown = strategy.hooks.length > 0;
  const before = hooked('PRE_SCALE_UP');
  const after = hooked(
    'POST_SCALE_UP',
    'POST_TEST_TRAFFIC_SHIFT',
    'PRE_PRODUCTION_TRAFFIC_SHIFT',
    'POST_PRODUCTION_TRAFFIC_SHIFT',
  );
  if (before.length + after.length === 0 && bakeSeconds === 0 && strategy.early === undefined) return [];
  const show = (stage: LifecycleStage): LifecycleStage | undefined => (isShown ? stage : undefined);
  return [
    ...before,
    { stage: show('SCALE_UP'), work: 'scale-up', waitSeconds: 0 },
    ...after,
    ...(bakeSeconds > 0
      ? [{ stage: show('BAKE_TIME'), work: 'none' as const, waitSeconds: bakeSeconds }]
      : []),
    { stage: show('CLEAN_UP'), work: 'clean-up', waitSeconds: 0 },
  ];
}

function isHooked({ hooks }: StrategySettings, stage: HookStage): boolean {
  return hooks.some(({ stages }) => stages.includes(stage));
}
