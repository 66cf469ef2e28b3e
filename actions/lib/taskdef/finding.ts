import { cleanRemoteLine } from '../message/remote-text.ts';
import { UserError } from '../message/user-error.ts';
import { checkTaskDefinition } from './check.ts';
import { sayPath } from './json-value.ts';
import type { ParsedTaskDefinition } from './parse.ts';
import type { Problem } from './problem.ts';
import type { StructureShape } from './shape.ts';
import type { Place } from './source-text.ts';
import type { TaskDefinition } from './task-definition.ts';

/** A problem, and where the file says what causes it. */
export interface Finding {
  readonly problem: Problem;
  readonly place: Place | undefined;
}

/** Finds the place of every problem of `definition`, which was made from `source`. */
export function locateProblems(
  problems: readonly Problem[],
  definition: TaskDefinition,
  source: ParsedTaskDefinition,
): Finding[] {
  return problems.map((problem) => ({ problem, place: source.locate(definition, problem.path) }));
}

// More than anyone mends in one go; the heading says how many there are.
const shownProblems = 50;

/**
 * Refuses a definition that has problems; what is only worth a warning is returned, one line each.
 *
 * @param strict false turns what a newer ECS might know (keys, Fargate sizes) into warnings
 * @throws UserError `task-definition-invalid` that names every problem, one a line, in the order of the file
 */
export function refuseFindings(findings: readonly Finding[], fileName: string, strict: boolean): string[] {
  const inOrder = [...findings].sort(
    (a, b) => (a.place?.line ?? 0) - (b.place?.line ?? 0) || (a.place?.column ?? 0) - (b.place?.column ?? 0),
  );
  const say = (finding: Finding): string => sayFinding(finding, fileName);
  const errors = inOrder.filter(({ problem }) => !isWarning(problem, strict));
  if (errors.length === 0) return inOrder.map(say);
  const heading = errors.length === 1 ? '' : `${errors.length} problems in the task definition:\n`;
  const rest = errors.length > shownProblems ? `\n… and ${errors.length - shownProblems} more` : '';
  const lines = errors.slice(0, shownProblems).map(say).join('\n');
  throw new UserError('task-definition-invalid', heading + lines + rest);
}

/**
 * Checks a definition as it stands in its file.
 *
 * @returns warnings, one line each
 * @throws UserError `task-definition-invalid` that names every problem with file, line and column
 */
export function refuseInvalidTaskDefinition(
  source: ParsedTaskDefinition,
  shape: StructureShape,
  strict: boolean,
): string[] {
  const problems = checkTaskDefinition(source.definition, shape);
  return refuseFindings(locateProblems(problems, source.definition, source), source.fileName, strict);
}

function isWarning({ kind }: Problem, strict: boolean): boolean {
  return kind === 'advice' || (!strict && (kind === 'unknown-key' || kind === 'fargate-size'));
}

function sayFinding({ problem: { kind, path, message }, place }: Finding, fileName: string): string {
  if (kind === 'input') return cleanRemoteLine(message);
  const where = place === undefined ? fileName : `${fileName}:${place.line}:${place.column}`;
  return cleanRemoteLine(`${where}: ${path.length === 0 ? '' : `${sayPath(path)}: `}${message}`);
}
