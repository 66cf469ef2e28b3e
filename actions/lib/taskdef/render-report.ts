import { cleanRemoteLine } from '../message/remote-text.ts';
import type { Difference } from './diff.ts';
import { sayDifferences } from './diff-report.ts';
import type { Change } from './override.ts';

export interface Comparison {
  /** What it was compared with, as in `shop:12 of prod/shop`. */
  readonly subject: string;
  readonly differences: readonly Difference[];
}

/** The log's lines of what a rendering set: images and sizes in full, of everything else the names. */
export function sayChanges(changes: readonly Change[]): string[] {
  if (changes.length === 0) return ['Nothing to set: the task definition is as its source has it.'];
  return rowsOf(changes).map(([where, what, value]) =>
    cleanRemoteLine(`${where} ${what}: ${value.join(', ')}`),
  );
}

/** GitHub-flavoured Markdown for the job summary. */
export function describeRendering(
  family: string,
  changes: readonly Change[],
  comparison: Comparison | undefined,
): string {
  const rows = rowsOf(changes).map(
    ([where, what, value]) => `| ${cell(where)} | ${what} | ${value.map((text) => code(text)).join(', ')} |`,
  );
  const table =
    rows.length === 0 ? ['Nothing was set.'] : ['| container | set | to |', '| - | - | - |', ...rows];
  return [`### Task definition ${code(family)}`, '', ...table, ...describeComparison(comparison)].join('\n');
}

function describeComparison(comparison: Comparison | undefined): string[] {
  if (comparison === undefined) return [];
  const { subject, differences } = comparison;
  if (differences.length === 0) return ['', `The same as ${code(subject)}.`];
  // GitHub colours lines that start with + and -; it knows no ~, so a changed line is marked by an exclamation mark.
  const lines = sayDifferences(differences).map((line) => line.replace(/^~/, '!').replaceAll('```', "'''"));
  return ['', `Compared with ${code(subject)}:`, '', '```diff', ...lines, '```'];
}

const titles = {
  image: 'image',
  variable: 'environment',
  secret: 'secrets',
  removed: 'removed',
} as const;

/** One row for each container and kind, in the order in which they first appear. */
function rowsOf(changes: readonly Change[]): [where: string, what: string, values: string[]][] {
  const rows = new Map<string, [string, string, string[]]>();
  for (const change of changes) {
    const [where, what, value] = cellsOf(change);
    const key = `${where}\n${what}`;
    const row = rows.get(key) ?? [where, what, []];
    row[2].push(value);
    rows.set(key, row);
  }
  return [...rows.values()];
}

function cellsOf(change: Change): [where: string, what: string, value: string] {
  switch (change.kind) {
    case 'task':
      return ['(task)', change.name, change.value];
    case 'tag':
      return ['(task)', 'tags', change.name];
    case 'image':
      return [change.container, titles.image, change.image];
    case 'variable':
    case 'secret':
    case 'removed':
      return [change.container, titles[change.kind], change.name];
  }
}

function code(text: string): string {
  return `\`${cell(text).replaceAll('`', "'")}\``;
}

function cell(text: string): string {
  return cleanRemoteLine(text).replaceAll('|', '\\|');
}
