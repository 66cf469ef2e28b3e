import { UserError } from '../message/user-error.ts';
import { unlessRefused } from './access.ts';
import { end } from './end-wait.ts';
import { judge } from './judge.ts';
import { lookAt } from './look.ts';
import { isEnding } from './look-service-deployments.ts';
import type { Outcome } from './outcome.ts';
import { rollBack } from './rollback.ts';
import type { Rollout } from './rollout.ts';
import { settle } from './settle.ts';
import { causeOfError } from './verdict.ts';
import { openWait, type Wait } from './wait-context.ts';
import type { WaitOptions, WaitPorts } from './wait-options.ts';
import { openWatch, type RollbackState, type Watch } from './watch.ts';

/**
 * Waits until every rollout has its verdict: one wait over all of them, in polls of `pollSeconds`. It ends early for what
 * waiting cannot mend (no permission to look, expired credentials, a missing cluster or service), backs off while AWS throttles
 * or cannot be reached, and ends at the deadline at the latest, but for a rollback that is under way then.
 *
 * @returns one outcome per rollout, in their order
 */
export async function waitForRollouts(
  rollouts: readonly Rollout[],
  options: WaitOptions,
  ports: WaitPorts,
): Promise<Outcome[]> {
  const wait = openWait(options, ports);
  const watches = rollouts.map(openWatch);
  const outcomes = new Map<Watch, Outcome>();
  let misses = 0;
  for (;;) {
    const open = watches.filter((watch) => !outcomes.has(watch));
    if (open.length === 0) break;
    const lookedAt = ports.clock.now();
    const turn = await takeTurn(wait, open, outcomes);
    if (turn === 'cancelled') {
      for (const [watch, outcome] of await cancel(wait, open)) outcomes.set(watch, outcome);
      continue;
    }
    misses = turn === 'missed' ? misses + 1 : 0;
    if (outcomes.size < watches.length) await pause(wait, lookedAt, misses, slownessOf(wait, open));
  }
  return watches.flatMap((watch) => outcomes.get(watch) ?? []);
}

type Turn = 'looked' | 'missed' | 'cancelled';

async function takeTurn(wait: Wait, open: readonly Watch[], outcomes: Map<Watch, Outcome>): Promise<Turn> {
  const { cancelled } = wait.ports;
  if (cancelled.aborted) return 'cancelled';
  try {
    return await interruptible(cancelled, look(wait, open, outcomes));
  } catch (error) {
    if (cancelled.aborted) return 'cancelled';
    if (!(error instanceof UserError)) throw error;
    return endure(wait, open, outcomes, error);
  }
}

async function look(wait: Wait, open: readonly Watch[], outcomes: Map<Watch, Outcome>): Promise<Turn> {
  await lookAt(open, wait.ports, wait.access, wait.budget, ({ rollout }) => wait.ports.onIdentified(rollout));
  wait.blindness = undefined;
  for (const watch of open) {
    if (wait.ports.cancelled.aborted) return 'cancelled';
    const outcome = await settle(wait, watch);
    if (outcome !== undefined) outcomes.set(watch, outcome);
  }
  return 'looked';
}

/** Settles as the work does, or as soon as the run is cancelled; the work is then left to itself. */
function interruptible(cancelled: AbortSignal, work: Promise<Turn>): Promise<Turn> {
  return new Promise((resolve, reject) => {
    const stop = (): void => resolve('cancelled');
    cancelled.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => cancelled.removeEventListener('abort', stop));
  });
}

const hopeless = new Set(['credentials-expired', 'credentials-missing', 'region-missing']);

/** AWS refused a look: hopeless errors end the wait at once, others are waited out until the deadline. */
async function endure(
  wait: Wait,
  open: readonly Watch[],
  outcomes: Map<Watch, Outcome>,
  error: UserError,
): Promise<Turn> {
  const isHopeless = hopeless.has(error.code);
  const over = open.filter((watch) => isHopeless || isOver(wait, watch));
  if (wait.blindness !== error.code) {
    wait.ports.log.info(`${error.message}${over.length === open.length ? '' : ' Looking again.'}`);
  }
  wait.blindness = error.code;
  const cause = causeOfError(error);
  const verdict = isHopeless ? 'failed' : 'timed-out';
  for (const watch of over) {
    const rollback = isHopeless ? 'impossible' : await lastRollback(wait, watch);
    const facts = { verdict, cause, reason: error.message, rollback, isHasty: true } as const;
    outcomes.set(watch, await end(wait, watch, facts));
  }
  return 'missed';
}

/** A rollback that is under way may finish after the deadline. */
function isOver({ ports, deadline, lastChance }: Wait, { intervention }: Watch): boolean {
  return ports.clock.now() >= (intervention.kind === 'none' ? deadline : lastChance);
}

/** AWS does not let us look, but may still take the request. */
async function lastRollback(wait: Wait, watch: Watch): Promise<RollbackState> {
  if (watch.intervention.kind !== 'none') return 'requested';
  if (wait.options.onFailure === 'leave') return 'left';
  return (await unlessRefused(() => rollBack(wait, watch))) ?? 'impossible';
}

const longestPauseSeconds = 30;
// Nothing moves until somebody has decided, which takes hours.
const pausedSlowness = 3;
// One call a look instead of two leaves room for nearly twice as many.
const endingSlowness = 0.55;

function slownessOf({ access }: Wait, open: readonly Watch[]): number {
  const isPaused = ({ judgement }: Watch): boolean =>
    judgement.kind === 'waiting' && judgement.phase === 'paused';
  if (open.every(isPaused)) return pausedSlowness;
  return open.every((watch) => isEnding(watch, access)) ? endingSlowness : 1;
}

/** Sleeps until the next poll: a fixed pace, or after misses a growing one with jitter; never past the deadline. */
async function pause(wait: Wait, lookedAt: number, misses: number, slowness: number): Promise<void> {
  const { clock, random, cancelled } = wait.ports;
  const now = clock.now();
  const pace = wait.options.pollSeconds * 1000 * slowness;
  const backOff = Math.min(longestPauseSeconds * 1000, pace * 2 ** misses) * (0.5 + random() / 2);
  const planned = misses === 0 ? lookedAt + pace : now + Math.max(pace, backOff);
  const end = [wait.deadline, wait.lastChance].find((time) => now < time) ?? now + pace;
  await clock.sleep(Math.max(0, Math.min(planned, end) - now), cancelled);
}

// The runner kills 10 s after its first signal; the stop call goes out first and gets half of that.
const graceMilliseconds = 5000;

/** The run was cancelled: asks for the rollbacks at once, and ends. What is left undone is the post step's. */
async function cancel(wait: Wait, open: readonly Watch[]): Promise<Map<Watch, Outcome>> {
  const wantsRollback = wait.options.onCancel === 'rollback';
  const ended = await Promise.all(
    open.map(async (watch): Promise<[Watch, Outcome]> => {
      const rollback =
        wantsRollback && watch.rollout.isForeign === undefined ? await rollBackInTime(wait, watch) : 'left';
      return [watch, await endCancelled(wait, watch, rollback)];
    }),
  );
  return new Map(ended);
}

async function rollBackInTime(wait: Wait, watch: Watch): Promise<RollbackState> {
  const isUnderWay = watch.intervention.kind !== 'none' || isRollingBack(watch);
  if (isUnderWay) return 'requested';
  wait.say(watch, 'cancelled: asking for a rollback');
  return inTime(wait, () => rollBack(wait, watch), 'impossible');
}

function isRollingBack({ judgement }: Watch): boolean {
  return judgement.kind === 'waiting' && judgement.phase === 'rolling-back';
}

async function endCancelled(wait: Wait, watch: Watch, rollback: RollbackState): Promise<Outcome> {
  if (rollback === 'refused') {
    await inTime(
      wait,
      () => lookAt([watch], wait.ports, wait.access, wait.budget, () => undefined),
      undefined,
    );
    const { judgement } = judge(watch.judging, watch.snapshot);
    if (judgement.kind === 'final') return end(wait, watch, { ...judgement, isHasty: true });
  }
  return end(wait, watch, {
    verdict: 'cancelled',
    reason: 'the run was cancelled',
    // It has not ended after all; the post step looks at it once more.
    rollback: rollback === 'refused' ? 'impossible' : rollback,
    isHasty: true,
  });
}

/** What the work answers, or `otherwise` when AWS refuses it or it takes longer than the runner lets us live. */
async function inTime<T>(wait: Wait, work: () => Promise<T>, otherwise: T): Promise<T> {
  const over = new AbortController();
  const late = wait.ports.clock.sleep(graceMilliseconds, over.signal).then(() => otherwise);
  const done = unlessRefused(work).then((answer) => answer ?? otherwise);
  try {
    return await Promise.race([done, late]);
  } finally {
    over.abort();
  }
}
