import { sayDuration } from '../message/duration.ts';
import { diagnose } from './diagnose.ts';
import { type Evidence, noEvidence } from './evidence.ts';
import { sayPause } from './progress.ts';
import { type Rollout, taskDefinitionName } from './rollout.ts';
import type { ServiceDeploymentState } from './service-deployment.ts';
import type { TaskState } from './task-state.ts';
import type { Cause, Verdict } from './verdict.ts';
import type { RollbackState } from './watch.ts';

/** How one rollout ended, with all that a report needs. */
export interface Outcome {
  readonly rollout: Rollout;
  /** The service's ARN, where it was seen. */
  readonly serviceArn: string | undefined;
  readonly verdict: Verdict;
  readonly cause: Cause | undefined;
  /** One sentence: what happened, and for a bad end why and what to do. Remote words in it are cleaned. */
  readonly sentence: string;
  readonly evidence: Evidence;
  /** Epoch milliseconds of the runner's clock. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly serviceDeployment: ServiceDeploymentState | undefined;
  /** Tasks of the new revision, running and stopped, and those it replaced: what the timeline is drawn from. */
  readonly tasks: readonly TaskState[];
  readonly warnings: readonly string[];
}

/** The outcome of a service for which nothing had to be waited: it was unchanged, or its update was refused. */
export function immediateOutcome(
  rollout: Rollout,
  serviceArn: string | undefined,
  now: number,
  end: { readonly verdict: Verdict; readonly cause?: Cause; readonly reason: string },
): Outcome {
  const ending = {
    ...end,
    rollout,
    cause: end.cause,
    rollback: undefined,
    evidence: noEvidence,
    timeoutSeconds: 0,
    desiredCount: undefined,
    pausedAt: undefined,
  };
  return {
    rollout,
    serviceArn,
    verdict: end.verdict,
    ...explainEnding(ending),
    evidence: noEvidence,
    startedAt: now,
    endedAt: now,
    serviceDeployment: undefined,
    tasks: [],
    warnings: [],
  };
}

/** The end of one rollout before it is put into words. */
export interface Ending {
  readonly rollout: Rollout;
  readonly verdict: Verdict;
  readonly cause: Cause | undefined;
  readonly reason: string;
  readonly rollback: RollbackState | undefined;
  readonly evidence: Evidence;
  readonly timeoutSeconds: number;
  readonly desiredCount: number | undefined;
  /** Our service deployment, where the wait ended at its pause. */
  readonly pausedAt: ServiceDeploymentState | undefined;
}

/** The cause of a bad end, and one sentence that says it all. */
export function explainEnding(ending: Ending): { cause: Cause | undefined; sentence: string } {
  const { rollout, verdict, reason } = ending;
  const version = taskDefinitionName(rollout.taskDefinitionArn);
  switch (verdict) {
    case 'succeeded':
      return { cause: undefined, sentence: saySuccess(ending, version) };
    case 'unchanged':
    case 'planned':
      return { cause: undefined, sentence: `${rollout.service} already runs ${version}: nothing to deploy.` };
    case 'superseded':
      return { cause: undefined, sentence: `${version} of ${rollout.service} was superseded: ${reason}.` };
    case 'cancelled':
      return {
        cause: undefined,
        sentence: `The deployment of ${version} to ${rollout.service} was cancelled. ${sayRollback(ending)}`,
      };
    case 'failed':
    case 'rolled-back':
    case 'timed-out':
      return explainFailure(ending);
  }
}

function saySuccess({ rollout, desiredCount, pausedAt }: Ending, version: string): string {
  if (pausedAt !== undefined) return `${version} of ${rollout.service} is ${sayPause(pausedAt)}.`;
  const tasks = `${desiredCount} ${desiredCount === 1 ? 'task' : 'tasks'}`;
  return `${rollout.service} runs ${version}${desiredCount === undefined ? '' : ` on ${tasks}`}.`;
}

function explainFailure(ending: Ending): { cause: Cause; sentence: string } {
  if (ending.cause !== undefined) return { cause: ending.cause, sentence: sayEnd(ending.reason, ending) };
  const { cause, sentence } = diagnose({
    service: ending.rollout.service,
    evidence: ending.evidence,
    reason: ending.reason,
    timedOutAfterSeconds: ending.verdict === 'timed-out' ? ending.timeoutSeconds : undefined,
    desiredCount: ending.desiredCount,
  });
  return { cause, sentence: sayEnd(sentence, ending) };
}

function sayEnd(sentence: string, ending: Ending): string {
  const stopped = /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
  const limit =
    ending.verdict === 'timed-out' ? ` The wait ended after ${sayDuration(ending.timeoutSeconds)}.` : '';
  return `${stopped}${limit} ${sayRollback(ending)}`.trimEnd();
}

function sayRollback({ rollout, verdict, rollback }: Ending): string {
  const previous =
    rollout.previousTaskDefinitionArn === undefined
      ? 'the previous version'
      : taskDefinitionName(rollout.previousTaskDefinitionArn);
  if (verdict === 'rolled-back') return `The service is back on ${previous}.`;
  switch (rollback) {
    case 'finished':
      return `The service was rolled back to ${previous}.`;
    case 'requested':
      return `A rollback to ${previous} was requested and has not finished yet.`;
    case 'overtaken':
      return `A newer deployment took over while it was put back on ${previous}.`;
    case 'refused':
      return 'No rollback was needed: the deployment had already ended.';
    case 'impossible':
      return `It could not be rolled back to ${previous}: look at the service.`;
    case 'left':
      return 'The service was left as it is.';
    case undefined:
      return '';
  }
}
