import type { UserError } from '../message/user-error.ts';

/** How one service's deployment ended. Exactly one of these, in the output, the log, the summary and the report. */
export type Verdict =
  | 'succeeded'
  | 'rolled-back'
  | 'failed'
  | 'superseded'
  | 'timed-out'
  | 'cancelled'
  | 'unchanged'
  | 'planned';

/** Why it ended badly: a closed set, each with a sentence that a person can act on. */
export type Cause =
  | 'image-not-found'
  | 'image-pull-denied'
  | 'image-architecture'
  | 'secret-missing'
  | 'execution-role'
  | 'log-group-missing'
  | 'network-unreachable'
  | 'app-exit'
  | 'out-of-memory'
  | 'container-health-check'
  | 'target-health-check'
  | 'startup-timeout'
  | 'no-capacity'
  | 'no-addresses'
  | 'spot-interruption'
  | 'task-stopped-by-user'
  | 'hook-failed'
  | 'hook-timeout'
  | 'alarm'
  | 'access-denied'
  | 'credentials-expired'
  | 'throttled'
  | 'cluster-not-found'
  | 'service-not-found'
  | 'unknown';

const worstFirst: readonly Verdict[] = [
  'failed',
  'timed-out',
  'rolled-back',
  'cancelled',
  'superseded',
  'succeeded',
  'unchanged',
  'planned',
];

/** The verdict of a step over several services: the worst of theirs. */
export function worstVerdict(verdicts: readonly Verdict[]): Verdict {
  return worstFirst.find((verdict) => verdicts.includes(verdict)) ?? 'succeeded';
}

/** Sorts what carries a verdict by how bad it is, worst first. */
export function worstVerdictFirst<T extends { readonly verdict: Verdict }>(items: readonly T[]): T[] {
  return items.toSorted((a, b) => worstFirst.indexOf(a.verdict) - worstFirst.indexOf(b.verdict));
}

/** True for the verdicts that leave the step green; `superseded` is green where `on-superseded` is `warn`. */
export function isGreenVerdict(verdict: Verdict, onSuperseded: 'fail' | 'warn'): boolean {
  switch (verdict) {
    case 'succeeded':
    case 'unchanged':
    case 'planned':
      return true;
    case 'superseded':
      return onSuperseded === 'warn';
    case 'failed':
    case 'rolled-back':
    case 'timed-out':
    case 'cancelled':
      return false;
  }
}

/** The cause that a refused call stands for. */
export function causeOfError({ code }: UserError): Cause {
  switch (code) {
    case 'access-denied':
    case 'credentials-expired':
    case 'throttled':
    case 'cluster-not-found':
    case 'service-not-found':
      return code;
    case 'credentials-missing':
    case 'region-missing':
      return 'credentials-expired';
    default:
      return 'unknown';
  }
}
