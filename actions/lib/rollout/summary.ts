import { markdownTable } from 'markdown-table';
import { sayDuration } from '../message/duration.ts';
import { serviceConsoleUrl } from './console-url.ts';
import type { Evidence, TargetGroupHealth } from './evidence.ts';
import type { FailureGroup } from './failure-group.ts';
import { renderGantt } from './gantt.ts';
import { escapeMarkdown, fence, fold } from './markdown.ts';
import type { Outcome } from './outcome.ts';
import { timelineOf } from './report.ts';
import { taskDefinitionName } from './rollout.ts';
import { type Verdict, worstVerdictFirst } from './verdict.ts';

// GitHub refuses a step's summary above 1 MiB whole; what matters comes first and always fits.
// https://docs.github.com/actions/reference/workflow-commands-for-github-actions#adding-a-job-summary
const limitBytes = 900 * 1024;
const shownEvents = 100;

/** The job summary: verdict and cause on top, then the evidence, the timeline, and raw data folded. */
export function renderRolloutSummary(outcomes: readonly Outcome[]): string {
  const worst = worstVerdictFirst(outcomes);
  const isGroup = outcomes.length > 1;
  const parts = worst.map((outcome) => renderOutcome(outcome, isGroup ? '###' : '##'));
  const gantt = renderGantt(worst);
  const chart = gantt === undefined ? [] : [gantt];
  const sections = isGroup ? [renderOverview(worst), ...chart, ...parts] : [...parts, ...chart];
  return `${withinLimit(sections).join('\n\n')}\n`;
}

const headings: Readonly<Record<Verdict, string>> = {
  succeeded: '✅ Succeeded',
  unchanged: '✅ Unchanged',
  planned: 'Planned',
  'rolled-back': '❌ Rolled back',
  failed: '❌ Failed',
  'timed-out': '❌ Timed out',
  superseded: '⚠️ Superseded',
  cancelled: '⚠️ Cancelled',
};

function renderOverview(outcomes: readonly Outcome[]): string {
  const [first] = outcomes;
  const rows = outcomes.map(({ rollout, verdict, cause, sentence }) => [
    escapeMarkdown(rollout.service),
    verdict,
    cause === undefined ? '' : `\`${cause}\``,
    escapeMarkdown(sentence),
  ]);
  const table = markdownTable([['service', 'verdict', 'cause', ''], ...rows]);
  return `## ${first === undefined ? '' : headings[first.verdict]}\n\n${table}`;
}

function renderOutcome(outcome: Outcome, level: string): string {
  const { rollout, verdict, cause, sentence, evidence } = outcome;
  const named = cause === undefined ? '' : `: \`${cause}\``;
  const blocks = [
    `${level} ${headings[verdict]} — ${escapeMarkdown(rollout.service)}${named}`,
    escapeMarkdown(sentence),
    ...outcome.warnings.map((warning) => `> ⚠️ ${escapeMarkdown(warning)}`),
    renderFacts(outcome),
    ...renderEvidence(evidence),
    ...renderSlowest(outcome),
    ...renderRaw(evidence),
  ];
  return blocks.join('\n\n');
}

function renderFacts({ rollout, serviceArn, startedAt, endedAt, evidence }: Outcome): string {
  const url = serviceArn === undefined ? undefined : serviceConsoleUrl(serviceArn);
  const name = escapeMarkdown(`${rollout.cluster}/${rollout.service}`);
  const breaker = evidence.circuitBreaker;
  const counted =
    breaker === undefined || breaker.status === 'DISABLED'
      ? []
      : [`circuit breaker ${breaker.failureCount} of ${breaker.threshold}`];
  return [
    url === undefined ? name : `[${name}](${url})`,
    escapeMarkdown(taskDefinitionName(rollout.taskDefinitionArn)),
    sayDuration((endedAt - startedAt) / 1000),
    ...counted,
  ].join(' · ');
}

function renderEvidence(evidence: Evidence): string[] {
  return [
    ...renderFailures(evidence),
    ...renderLogTail(evidence),
    ...evidence.targetHealth.filter(({ targets }) => targets.length > 0).map(renderTargets),
    ...(evidence.gaps.length === 0
      ? []
      : [evidence.gaps.map((gap) => `- ${escapeMarkdown(gap)}`).join('\n')]),
  ];
}

function renderFailures({ failures }: Evidence): string[] {
  if (failures.length === 0) return [];
  const rows = failures
    .slice(0, 20)
    .map((group) => [
      String(group.count),
      escapeMarkdown(group.container ?? '—'),
      group.exitCode === undefined ? '—' : String(group.exitCode),
      escapeMarkdown(group.stopCode ?? '—'),
      escapeMarkdown(sayReasons(group)),
    ]);
  return [markdownTable([['tasks', 'container', 'exit code', 'stop code', 'reason'], ...rows])];
}

function sayReasons({ stoppedReason, containerReason }: FailureGroup): string {
  return containerReason === undefined || stoppedReason.includes(containerReason)
    ? stoppedReason
    : `${stoppedReason} — ${containerReason}`;
}

function renderLogTail({ logTail }: Evidence): string[] {
  if (logTail === undefined) return [];
  const { container, where, lines } = logTail;
  if (lines.length === 0) return [`No log lines of ${escapeMarkdown(`${container}: ${where}`)}.`];
  return [
    fold(
      `Last ${lines.length === 1 ? 'log line' : `${lines.length} log lines`} of ${container}: ${where}`,
      fence(lines),
    ),
  ];
}

function renderTargets(group: TargetGroupHealth): string {
  const rows = group.targets
    .slice(0, 50)
    .map(({ id, port, state, reason, description }) => [
      escapeMarkdown(`${id}:${port}`),
      escapeMarkdown(state),
      escapeMarkdown(reason ?? '—'),
      escapeMarkdown(description ?? '—'),
    ]);
  const table = markdownTable([['target', 'state', 'reason', ''], ...rows]);
  return `Target group ${escapeMarkdown(group.targetGroup)}\n\n${table}`;
}

function renderSlowest(outcome: Outcome): string[] {
  const { slowest } = timelineOf(outcome);
  if (slowest === undefined) return [];
  return [
    `Slowest phase: **${slowest.name}**, ${sayDuration(slowest.seconds)}. What shortens it: ${slowest.advice}.`,
  ];
}

function renderRaw({ events }: Evidence): string[] {
  if (events.length === 0) return [];
  const lines = events.slice(-shownEvents).map(({ message }) => message);
  return [fold(`${events.length} service event${events.length === 1 ? '' : 's'}`, fence(lines))];
}

/** Whole sections from the top, as many as fit. */
function withinLimit(sections: readonly string[]): string[] {
  const kept: string[] = [];
  let bytes = 0;
  for (const section of sections) {
    bytes += new TextEncoder().encode(section).length + 2;
    if (bytes > limitBytes) return [...kept, '_More than GitHub shows in a summary: see the report._'];
    kept.push(section);
  }
  return kept;
}
