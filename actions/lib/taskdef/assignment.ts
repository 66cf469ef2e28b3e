import { UserError } from '../message/user-error.ts';

/** One setting from an input: `NAME=value`. */
export interface Assignment {
  /** As written before the first `=`; a container in front of the name is still part of it. */
  readonly key: string;
  readonly value: string;
}

/**
 * Reads `NAME=value` lines, split at the first `=`, so that values keep all the others. A value of several lines is written
 * as in GITHUB_ENV: `NAME<<END`, the lines, `END` on a line of its own. Blank lines are dropped; names are trimmed.
 *
 * @throws UserError `input-invalid` that names every line with neither form, and never a value
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions#multiline-strings
 */
export function parseAssignments(text: string): Assignment[] {
  const lines = text.split(/\r?\n/);
  const assignments: Assignment[] = [];
  const problems: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = (lines[at] ?? '').trim();
    if (line === '') continue;
    const block = /^([^=]+?)\s*<<\s*(\S+)$/.exec(line);
    const end =
      block === null ? at : lines.findIndex((other, index) => index > at && other.trim() === block[2]);
    const equals = line.indexOf('=');
    const key = (block?.[1] ?? line.slice(0, Math.max(equals, 0))).trim();
    if (end < 0)
      problems.push(`line ${at + 1}: the value that ends at a line "${block?.[2]}" has no such line`);
    else if (key === '' || /[\s#]/.test(key))
      problems.push(`line ${at + 1}: ${sayNoAssignment(line, equals)}`);
    else if (block === null) assignments.push({ key, value: line.slice(equals + 1) });
    else assignments.push({ key, value: lines.slice(at + 1, end).join('\n') });
    at = end < 0 ? lines.length : end;
  }
  if (problems.length > 0) throw new UserError('input-invalid', problems.join('; '));
  return assignments;
}

function sayNoAssignment(line: string, equals: number): string {
  if (line.startsWith('#')) return 'comments are not possible here, as values may hold a "#"';
  if (equals < 0) return 'expected NAME=value, found no "="';
  return equals === 0 ? 'there is no name before the "="' : 'a name holds no blank and no "#"';
}
