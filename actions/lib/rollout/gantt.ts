import { fence } from './markdown.ts';
import type { Outcome } from './outcome.ts';
import { timelineOf } from './report.ts';

const shownServices = 20;

/**
 * The timelines as one Mermaid Gantt chart, the slowest phase of each service marked; undefined when ECS gave no times.
 *
 * @see https://mermaid.js.org/syntax/gantt.html
 */
export function renderGantt(outcomes: readonly Outcome[]): string | undefined {
  const sections = outcomes.slice(0, shownServices).flatMap(renderSection);
  if (sections.length === 0) return undefined;
  return fence(['gantt', '  dateFormat x', '  axisFormat %H:%M:%S', ...sections], 'mermaid');
}

function renderSection(outcome: Outcome): string[] {
  const { phases, slowest } = timelineOf(outcome);
  if (phases.length === 0) return [];
  const bars = phases.map(({ name, startedAt, endedAt }) => {
    const mark = name === slowest?.name ? 'crit, ' : '';
    // A bar without length is not drawn.
    return `  ${name} :${mark}${Math.floor(startedAt)}, ${Math.ceil(Math.max(endedAt, startedAt + 1))}`;
  });
  return [`  section ${plain(outcome.rollout.service)}`, ...bars];
}

// Mermaid reads `:`, `;` and `#` as syntax; names of services have none, but nothing else vouches for that here.
function plain(name: string): string {
  return name.replace(/[^\w-]/g, ' ');
}
