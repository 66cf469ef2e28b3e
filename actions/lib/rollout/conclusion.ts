import type { Log } from '../message/log.ts';
import { UserError } from '../message/user-error.ts';
import { serviceConsoleUrl } from './console-url.ts';
import type { Outcome } from './outcome.ts';
import { renderReport } from './report.ts';
import { renderRolloutSummary } from './summary.ts';
import { isGreenVerdict, type Verdict, worstVerdict, worstVerdictFirst } from './verdict.ts';

/** What a step over one or several rollouts came to. */
export interface Conclusion {
  readonly verdict: Verdict;
  readonly cause: string | undefined;
  readonly serviceDeploymentArns: readonly string[];
  readonly consoleUrl: string | undefined;
  readonly durationSeconds: number;
  /** JSON. */
  readonly report: string;
  /** Markdown. */
  readonly summary: string;
  /** Set when the step must fail. */
  readonly failure: UserError | undefined;
}

/** Draws the step's conclusion from its outcomes: the worst verdict, its cause, report and summary. */
export function concludeRollouts(outcomes: readonly Outcome[], onSuperseded: 'fail' | 'warn'): Conclusion {
  const [worst] = worstVerdictFirst(outcomes);
  const bad = worstVerdictFirst(outcomes).filter(({ verdict }) => !isGreenVerdict(verdict, onSuperseded));
  const startedAt = Math.min(...outcomes.map((outcome) => outcome.startedAt));
  const endedAt = Math.max(...outcomes.map((outcome) => outcome.endedAt));
  return {
    verdict: worstVerdict(outcomes.map(({ verdict }) => verdict)),
    cause: worst?.cause,
    serviceDeploymentArns: outcomes.flatMap(({ rollout }) => rollout.serviceDeploymentArn ?? []),
    consoleUrl: worst?.serviceArn === undefined ? undefined : serviceConsoleUrl(worst.serviceArn),
    durationSeconds: Math.round((endedAt - startedAt) / 1000),
    report: renderReport(outcomes),
    summary: renderRolloutSummary(outcomes),
    failure: bad.length === 0 ? undefined : describeFailure(bad, outcomes.length),
  };
}

function describeFailure(bad: readonly Outcome[], total: number): UserError {
  const sentences = bad.map(({ sentence }) => sentence).join('\n');
  const heading = total === 1 ? '' : `${bad.length} of ${total} services were not deployed:\n`;
  return new UserError('deployment-unsuccessful', heading + sentences);
}

/** The last lines of the log: log lines of what failed, then verdict and cause of each service, the worst last. */
export function sayConclusion(outcomes: readonly Outcome[], onSuperseded: 'fail' | 'warn', log: Log): void {
  for (const outcome of worstVerdictFirst(outcomes).reverse()) {
    const { rollout, verdict, cause, sentence, evidence } = outcome;
    const { logTail } = evidence;
    if (logTail !== undefined && logTail.lines.length > 0) {
      log.group(`Last log lines of ${logTail.container} (${logTail.where})`, logTail.lines);
    }
    log.info(`${rollout.service}: ${verdict}${cause === undefined ? '' : ` (${cause})`}`);
    for (const warning of outcome.warnings) log.warning(warning);
    if (verdict === 'superseded' && onSuperseded === 'warn') log.warning(sentence);
    else if (isGreenVerdict(verdict, onSuperseded)) log.info(sentence);
  }
}
