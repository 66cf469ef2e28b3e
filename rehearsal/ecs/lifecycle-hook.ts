import { decideHook, type HookOutcome } from './hook-outcome.ts';
import type { HookRun } from './lifecycle-state.ts';
import type { ServiceDeployment } from './state.ts';
import type { HookSettings, HookStage } from './strategy-settings.ts';
import type { World } from './world.ts';

interface HookListener {
  /** All hooks of the stage have let the deployment go on; at once where there are none. */
  onPassed(): void;
  onFailed(reason: string): void;
}

/**
 * Runs the hooks of the stage that the deployment has entered, all at the same time: "Both hooks must complete before the
 * deployment" goes on. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-lifecycle-hooks.html
 */
export function runHooks(world: World, ongoing: ServiceDeployment, listener: HookListener): void {
  const { lifecycle } = ongoing;
  const step = lifecycle?.steps[lifecycle.at];
  if (lifecycle === undefined || step === undefined) return;
  const { hooks } = ongoing.target.revision.settings.strategy;
  const due = hooks.filter(({ stages }) => stages.some((stage) => stage === step.stage));
  if (due.length === 0) {
    listener.onPassed();
    return;
  }
  const runs = due.map((settings) => openRun(world, settings, step.stage as HookStage, lifecycle.at));
  lifecycle.hooks.push(...runs);
  for (const run of runs) startRun(world, ongoing, run, listener);
}

function openRun(world: World, settings: HookSettings, stage: HookStage, step: number): HookRun {
  const isPause = settings.targetType === 'PAUSE';
  return {
    id: world.ids.hookId(isPause ? 'pause' : 'lambda'),
    settings,
    stage,
    step,
    status: isPause ? 'AWAITING_ACTION' : 'IN_PROGRESS',
    expiresAt: world.clock.now() + settings.timeoutSeconds * 1000,
    timers: [],
  };
}

function startRun(world: World, ongoing: ServiceDeployment, run: HookRun, listener: HookListener): void {
  const { settings, stage } = run;
  run.timers.push(
    world.clock.after(settings.timeoutSeconds * 1000, () => {
      const passes = settings.timeoutAction === 'CONTINUE';
      finishRun(ongoing, run, 'TIMED_OUT', passes ? undefined : describe(run, 'timed out.'), listener);
    }),
  );
  if (settings.targetType === 'PAUSE') {
    world.paused.set(run.id, {
      deployment: ongoing,
      run,
      answer: (action) => {
        if (action === 'CONTINUE') finishRun(ongoing, run, 'SUCCEEDED', undefined, listener);
        else finishRun(ongoing, run, 'FAILED', USER_ROLLBACK, listener);
      },
    });
    return;
  }
  const outcome = decideHook(world.hookRules, {
    cluster: ongoing.service.cluster.name,
    service: ongoing.service.name,
    deploymentId: ongoing.target.id,
    stage,
    targetArn: settings.targetArn ?? '',
  });
  if (outcome.kind === 'never-answers') return;
  run.timers.push(
    world.clock.after(outcome.afterSeconds * 1000, () => answerRun(ongoing, run, outcome, listener)),
  );
}

function answerRun(
  ongoing: ServiceDeployment,
  run: HookRun,
  outcome: Exclude<HookOutcome, { kind: 'never-answers' }>,
  listener: HookListener,
): void {
  switch (outcome.kind) {
    case 'succeeds':
      finishRun(ongoing, run, 'SUCCEEDED', undefined, listener);
      return;
    case 'fails':
      finishRun(ongoing, run, 'FAILED', describe(run, 'returned FAILED status.'), listener);
      return;
    case 'unreadable':
      finishRun(ongoing, run, 'FAILED', describeUnreadable(run), listener);
      return;
  }
}

/** Ends a hook; the deployment goes on when it was the last of its stage, and fails with a reason. */
function finishRun(
  ongoing: ServiceDeployment,
  run: HookRun,
  status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT',
  reason: string | undefined,
  listener: HookListener,
): void {
  if (run.status !== 'AWAITING_ACTION' && run.status !== 'IN_PROGRESS') return;
  run.status = status;
  for (const timer of run.timers) timer.cancel();
  if (reason !== undefined) {
    listener.onFailed(reason);
    return;
  }
  const others = ongoing.lifecycle?.hooks.filter(({ step }) => step === run.step) ?? [];
  const isOver = others.every(({ status: each }) => each !== 'AWAITING_ACTION' && each !== 'IN_PROGRESS');
  if (isOver) listener.onPassed();
}

// AWS publishes neither these words nor the status of a pause hook that was answered with ROLLBACK.
const USER_ROLLBACK = 'Service deployment rolled back because of a user request.';

// As users report it: "Service deployment rolled back because PRE_SCALE_UP lifecycle hook(s) failed. Lifecycle hook target
// arn:… returned FAILED status." AWS publishes no text for a timeout; it is put into the same form.
function describe({ stage, settings }: HookRun, what: string): string {
  const target =
    settings.targetArn === undefined ? 'Pause hook' : `Lifecycle hook target ${settings.targetArn}`;
  return `Service deployment rolled back because ${stage} lifecycle hook(s) failed. ${target} ${what}`;
}

function describeUnreadable({ stage, settings }: HookRun): string {
  return (
    `Service deployment rolled back because ${stage} lifecycle hook(s) failed. ` +
    `ECS was unable to parse the response from ${settings.targetArn} due to: HookStatus must not be null.`
  );
}
