import { findAbortReason } from './abort.ts';
import { unlessRefused } from './access.ts';
import { end, gatherQuietly } from './end-wait.ts';
import { readRunningTasks } from './gather.ts';
import { readTargetHealth } from './gather-targets.ts';
import { judge } from './judge.ts';
import { isUnderWay, type Judgement } from './judgement.ts';
import { lookAt } from './look.ts';
import type { Outcome } from './outcome.ts';
import { sayPause, sayProgress, takeNewEvents } from './progress.ts';
import { restore, rollBack } from './rollback.ts';
import { sayTimes } from './sentence.ts';
import { primaryDeployment } from './service-state.ts';
import { type Cause, causeOfError } from './verdict.ts';
import type { Wait } from './wait-context.ts';
import { hasDrained, isRestoring, type Watch } from './watch.ts';

type Final = Extract<Judgement, { kind: 'final' }>;

/** Draws the consequences of one look at one rollout: says what changed, intervenes, or ends its wait with an outcome. */
export async function settle(wait: Wait, watch: Watch): Promise<Outcome | undefined> {
  if (watch.trouble !== undefined) {
    const { trouble } = watch;
    return end(wait, watch, { verdict: 'failed', cause: causeOfError(trouble), reason: trouble.message });
  }
  const judged = judge(watch.judging, watch.snapshot);
  watch.judging = judged.state;
  watch.judgement = judged.judgement;
  if (mustDrain(wait, watch)) watch.judgement = { kind: 'waiting', phase: 'draining' };
  sayChanges(wait, watch);
  if (watch.judgement.kind === 'final') return conclude(wait, watch, watch.judgement);
  const isOurs = watch.intervention.kind === 'none' && !isRestoring(watch);
  if (watch.judgement.phase === 'paused' && wait.options.waitFor === 'paused' && isOurs) {
    return end(wait, watch, { verdict: 'succeeded', reason: 'it is paused', isPaused: true, isHasty: true });
  }
  if (wait.access.isClosed('services') && wait.access.isClosed('service-deployments')) {
    const reason = `Nothing of the deployment of ${watch.rollout.service} may be looked at. Allow ecs:DescribeServices and ecs:DescribeServiceDeployments in the IAM policy of the role this job assumes`;
    return end(wait, watch, { verdict: 'failed', cause: 'access-denied', reason });
  }
  if (wait.ports.clock.now() >= wait.deadline) return expire(wait, watch);
  return isUnderWay(watch.judgement) && watch.intervention.kind === 'none'
    ? watchOver(wait, watch)
    : undefined;
}

function mustDrain({ options, access }: Wait, watch: Watch): boolean {
  const { judgement } = watch;
  const isSuccess = judgement.kind === 'final' && judgement.verdict === 'succeeded' && !isRestoring(watch);
  if (!isSuccess || options.waitFor !== 'drained' || access.isClosed('services')) return false;
  // The tasks are to be seen once after the success: the last look at them may be old.
  const isFirst = !watch.isDraining;
  watch.isDraining = true;
  watch.areTasksDue = true;
  return isFirst || !hasDrained(watch);
}

function sayChanges(wait: Wait, watch: Watch): void {
  for (const event of takeNewEvents(watch)) wait.say(watch, event);
  if (watch.judgement.kind === 'final') return;
  const progress = sayProgress(watch);
  if (progress !== watch.saidProgress) wait.say(watch, progress);
  watch.saidProgress = progress;
}

// About every tenth poll, so that an unhealthy target is seen before ECS deregisters it.
const everyHealthLooks = 10;

async function watchOver(wait: Wait, watch: Watch): Promise<Outcome | undefined> {
  const failures = await unlessRefused(() => findAbortReason(wait, watch));
  if (failures === undefined) {
    await unlessRefused(() => sampleHealth(wait, watch));
    return undefined;
  }
  const rollback =
    wait.options.onFailure === 'rollback' ? await unlessRefused(() => rollBack(wait, watch)) : 'left';
  // Undefined: AWS is busy, and the next look asks again. Refused: it has ended, and the next look says how.
  if (rollback === undefined || rollback === 'refused') return undefined;
  watch.intervention = { kind: 'aborted', rollback };
  wait.say(
    watch,
    `failed in the same way ${sayTimes(failures.count)} and no task is healthy: giving the new version up`,
  );
  await gatherQuietly(wait, watch);
  if (rollback === 'requested' || (await hasEndedMeanwhile(wait, watch))) return undefined;
  const reason = 'the new version kept failing in the same way';
  return end(wait, watch, { verdict: 'failed', reason, rollback, isHasty: true });
}

/** ECS may have given it up as well while evidence was gathered: then its word counts. */
async function hasEndedMeanwhile(wait: Wait, watch: Watch): Promise<boolean> {
  const { ports, access, budget } = wait;
  await unlessRefused(() => lookAt([watch], ports, access, budget, () => undefined));
  if (isUnderWay(judge(watch.judging, watch.snapshot).judgement)) return false;
  watch.intervention = { kind: 'none' };
  return true;
}

async function sampleHealth({ ports, access, budget }: Wait, watch: Watch): Promise<void> {
  const { service } = watch.snapshot;
  const ours = service?.deployments.find(({ id }) => id === watch.rollout.deploymentId);
  const targets = ours === undefined || ours.runningCount === 0 ? 0 : (service?.targets.length ?? 0);
  const isDue = watch.looks - watch.healthLook >= everyHealthLooks && budget.spare > 0;
  if (targets === 0 || !isDue) return;
  watch.healthLook = watch.looks;
  budget.spare -= 2 + targets;
  await readRunningTasks(watch, ports, access);
  await readTargetHealth(watch, ports, access);
}

/** ECS has spoken the last word, unless it gave up without a rollback that the user wants. */
async function conclude(wait: Wait, watch: Watch, final: Final): Promise<Outcome | undefined> {
  if (isRestoring(watch)) return concludeRestoration(wait, watch, final);
  const { intervention } = watch;
  if (intervention.kind === 'expired') {
    const rollback = final.verdict === 'rolled-back' ? 'finished' : intervention.rollback;
    const verdict = 'timed-out';
    const reason = final.verdict === 'succeeded' ? 'it completed just after the deadline' : final.reason;
    return end(wait, watch, { verdict, reason, rollback, ...intervention.blame });
  }
  if (final.isLeftInPlace && wait.options.onFailure === 'rollback' && isStillOurs(watch)) {
    await gatherQuietly(wait, watch);
    const rollback = await unlessRefused(() => restore(wait, watch));
    if (rollback === undefined && wait.ports.clock.now() < wait.lastChance) return undefined;
    if (rollback === 'requested') {
      watch.intervention = { kind: 'restored', reason: final.reason, rollback };
      return undefined;
    }
    return end(wait, watch, { verdict: 'failed', reason: final.reason, rollback: rollback ?? 'impossible' });
  }
  const rollback = final.isLeftInPlace ? 'left' : undefined;
  return end(wait, watch, { ...final, rollback });
}

function isStillOurs(watch: Watch): boolean {
  const { service } = watch.snapshot;
  return service !== undefined && primaryDeployment(service)?.id === watch.rollout.deploymentId;
}

function concludeRestoration(wait: Wait, watch: Watch, final: Final): Promise<Outcome> {
  const isBack = final.verdict === 'succeeded';
  const isLate = watch.intervention.kind === 'expired';
  const reason = watch.intervention.kind === 'restored' ? watch.intervention.reason : final.reason;
  const verdict = isLate ? 'timed-out' : isBack ? 'rolled-back' : 'failed';
  const blame = watch.intervention.kind === 'expired' ? watch.intervention.blame : undefined;
  const lost = final.verdict === 'superseded' ? 'overtaken' : 'impossible';
  return end(wait, watch, { verdict, reason, ...blame, rollback: isBack ? 'finished' : lost });
}

function blamePause({ rollout, snapshot: { serviceDeployment } }: Watch): { cause: Cause; reason: string } {
  const where = serviceDeployment === undefined ? 'paused' : sayPause(serviceDeployment);
  return {
    cause: 'hook-timeout',
    reason: `The deployment of ${rollout.service} is ${where}, and nobody has answered`,
  };
}

/** The deadline has passed: what is under way may finish its rollback, everything else is rolled back or left. */
async function expire(wait: Wait, watch: Watch): Promise<Outcome | undefined> {
  const isOver = wait.ports.clock.now() >= wait.lastChance;
  const { intervention, judgement } = watch;
  const phase = judgement.kind === 'waiting' ? judgement.phase : undefined;
  if (phase === 'draining') {
    const reason = `The new version of ${watch.rollout.service} runs, but the tasks that it replaced have not stopped yet`;
    return end(wait, watch, { verdict: 'timed-out', cause: 'unknown', reason, isHasty: true });
  }
  const isRollingBack = intervention.kind !== 'none' || phase === 'rolling-back' || phase === 'stopping';
  if (isRollingBack) {
    if (!isOver) return undefined;
    return end(wait, watch, {
      verdict: 'timed-out',
      reason: 'the rollback has not finished',
      rollback: 'requested',
    });
  }
  const blame = phase === 'paused' ? blamePause(watch) : undefined;
  await gatherQuietly(wait, watch);
  const rollback =
    wait.options.onFailure === 'rollback'
      ? ((await unlessRefused(() => rollBack(wait, watch))) ?? 'impossible')
      : 'left';
  if (rollback === 'requested') {
    watch.intervention = { kind: 'expired', rollback, blame };
    wait.say(watch, 'the deadline has passed: rolling back');
    return undefined;
  }
  // Refused: it has just ended by itself, and the next look says how.
  if (rollback === 'refused' && !isOver) return undefined;
  return end(wait, watch, { verdict: 'timed-out', reason: 'the deadline has passed', ...blame, rollback });
}
