import { cleanRemoteLine } from '../message/remote-text.ts';
import { unlessRefused } from './access.ts';
import { buildEvidence, readLogTail, readRunningTasks, readStoppedTasks } from './gather.ts';
import { readTargetHealth } from './gather-targets.ts';
import { explainEnding, type Outcome } from './outcome.ts';
import type { Cause, Verdict } from './verdict.ts';
import type { Wait } from './wait-context.ts';
import { ownServiceDeployment, type RollbackState, type Watch } from './watch.ts';

/** What is known when a wait ends. */
export interface EndFacts {
  readonly verdict: Verdict;
  readonly reason: string;
  readonly cause?: Cause;
  readonly rollback?: RollbackState | undefined;
  /** It ended where the deployment pauses. */
  readonly isPaused?: true;
  /** No time, or no way, to look for more evidence than there is. */
  readonly isHasty?: true;
}

/** Gathers what is still to be had and puts the end into words. */
export async function end(wait: Wait, watch: Watch, facts: EndFacts): Promise<Outcome> {
  if (facts.isHasty === undefined && facts.verdict !== 'superseded') {
    // A success needs the tasks' times, and nothing that explains a failure.
    await (facts.verdict === 'succeeded' ? gatherTasks(wait, watch) : gatherQuietly(wait, watch));
  }
  const { rollout, snapshot } = watch;
  const evidence = buildEvidence(watch, wait.access);
  const desiredCount = snapshot.service?.desiredCount ?? snapshot.serviceDeployment?.requestedCount;
  const explained = explainEnding({
    rollout,
    evidence,
    desiredCount,
    verdict: facts.verdict,
    reason: cleanRemoteLine(facts.reason),
    cause: facts.cause,
    rollback: facts.rollback,
    timeoutSeconds: wait.options.timeoutSeconds,
    pausedAt: facts.isPaused === undefined ? undefined : snapshot.serviceDeployment,
  });
  return {
    rollout,
    serviceArn: snapshot.service?.arn,
    verdict: facts.verdict,
    ...explained,
    evidence,
    startedAt: wait.startedAt,
    endedAt: wait.ports.clock.now(),
    serviceDeployment: ownServiceDeployment(watch),
    tasks: [...watch.stoppedTasks.values(), ...watch.runningTasks],
    warnings: facts.verdict === 'succeeded' ? warnOfSuccess(wait, watch, facts, desiredCount) : [],
  };
}

function warnOfSuccess(
  { options }: Wait,
  { rollout: { service } }: Watch,
  { isPaused }: EndFacts,
  desiredCount: number | undefined,
): string[] {
  const ranNothing = desiredCount === 0;
  const neverPaused = options.waitFor === 'paused' && isPaused === undefined;
  return [
    ...(ranNothing
      ? [
          `Service ${service} has a desired count of 0: no task ran, so nothing shows that the new version works.`,
        ]
      : []),
    ...(neverPaused
      ? [`The deployment of ${service} completed without a pause: has the service a PAUSE hook?`]
      : []),
  ];
}

async function gatherTasks({ ports, access }: Wait, watch: Watch): Promise<void> {
  await Promise.all([
    unlessRefused(() => readStoppedTasks(watch, ports, access)),
    unlessRefused(() => readRunningTasks(watch, ports, access)),
  ]);
}

/** Reads all evidence there is. What AWS refuses here never changes a verdict. */
export async function gatherQuietly(wait: Wait, watch: Watch): Promise<void> {
  const { ports, access, options } = wait;
  await gatherTasks(wait, watch);
  const readers = [
    () => readTargetHealth(watch, ports, access),
    () => readLogTail(watch, ports, access, options.logLines),
  ];
  for (const read of readers) await unlessRefused<unknown>(read);
}
