import { sayDuration } from '../message/duration.ts';
import { fence } from './markdown.ts';
import type { Outcome } from './outcome.ts';
import { timelineOf } from './report.ts';
import type { Phase } from './timeline.ts';
import { isGreenVerdict } from './verdict.ts';

const shownServices = 20;
// More than that is one bar a service, or nobody could read it.
const detailedServices = 3;

/**
 * The timelines as one Mermaid Gantt chart: every phase of a few services, the slowest marked, or one bar for each of many;
 * undefined when ECS gave no times.
 *
 * @see https://mermaid.js.org/syntax/gantt.html
 */
export function renderGantt(outcomes: readonly Outcome[]): string | undefined {
  const isDetailed = outcomes.length <= detailedServices;
  const rows = outcomes.slice(0, shownServices).flatMap(isDetailed ? renderPhases : renderService);
  if (rows.length === 0) return undefined;
  const heading = ['gantt', '  dateFormat x', '  axisFormat %H:%M:%S', '  todayMarker off'];
  return fence([...heading, ...rows], 'mermaid');
}

function renderPhases(outcome: Outcome): string[] {
  const { phases, slowest } = timelineOf(outcome);
  if (phases.length === 0) return [];
  const bars = phases.map((phase) => {
    const isSlowest = phase.name === slowest?.name && phase.longestSeconds === slowest.seconds;
    const wave = phase.wave === undefined ? '' : ` ${phase.wave}`;
    return renderBar(`${phase.name}${wave}`, isSlowest ? 'crit' : undefined, [phase]);
  });
  return [`  section ${plain(outcome.rollout.service)}`, ...bars];
}

/** From the first time that ECS gave to the last; red where it ended badly. */
function renderService(outcome: Outcome): string[] {
  const { phases, slowest } = timelineOf(outcome);
  if (phases.length === 0) return [];
  const slow = slowest === undefined ? '' : ` (${slowest.name} ${sayDuration(slowest.seconds)})`;
  const mark = isGreenVerdict(outcome.verdict, 'fail') ? undefined : 'crit';
  return [renderBar(`${plain(outcome.rollout.service)}${slow}`, mark, phases)];
}

function renderBar(title: string, mark: 'crit' | undefined, phases: readonly Phase[]): string {
  const startedAt = Math.floor(Math.min(...phases.map((phase) => phase.startedAt)));
  const endedAt = Math.ceil(Math.max(...phases.map((phase) => phase.endedAt)));
  // A bar without length is not drawn.
  return `  ${title} :${mark === undefined ? '' : `${mark}, `}${startedAt}, ${Math.max(endedAt, startedAt + 1)}`;
}

// Mermaid reads `:`, `;` and `#` as syntax; names of services have none, but nothing else vouches for that here.
function plain(name: string): string {
  return name.replace(/[^\w-]/g, ' ');
}
