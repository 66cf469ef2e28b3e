import { cleanRemoteLine } from '../message/remote-text.ts';
import { UserError } from '../message/user-error.ts';
import { checkContainerMemory, checkContainers, checkExecutionRole } from './container-check.ts';
import { sayPath } from './json-value.ts';
import type { ParsedTaskDefinition } from './parse.ts';
import { checkPorts } from './port-check.ts';
import type { Problem } from './problem.ts';
import { checkDependencies, checkReferences } from './reference-check.ts';
import type { StructureShape } from './shape.ts';
import { checkStructure } from './structure-check.ts';
import { checkTask } from './task-check.ts';
import type { TaskDefinition } from './task-definition.ts';

/**
 * Everything about a task definition that ECS would refuse and that can be known offline, all of it at once. It takes any
 * JSON object: what has the wrong type is reported as that and left out of the other checks.
 */
export function checkTaskDefinition(definition: TaskDefinition, shape: StructureShape): Problem[] {
  return [
    ...checkStructure(definition, shape),
    ...checkTask(definition),
    ...checkContainers(definition),
    ...checkContainerMemory(definition),
    ...checkExecutionRole(definition),
    ...checkReferences(definition),
    ...checkDependencies(definition),
    ...checkPorts(definition),
  ];
}

// More than anyone mends in one go; the count says how many there are.
const shownProblems = 50;

/**
 * Refuses a definition that has problems; what is only worth a warning is returned, one line each.
 *
 * @param source the file it was read from, which gives every problem its line and column
 * @param strict false turns what a newer ECS might know (keys, Fargate sizes) into warnings
 * @throws UserError `task-definition-invalid` that names every problem, one a line
 */
export function refuseProblems(
  problems: readonly Problem[],
  definition: TaskDefinition,
  source: ParsedTaskDefinition,
  strict: boolean,
): string[] {
  const isWarning = ({ kind }: Problem): boolean =>
    kind === 'advice' || (!strict && (kind === 'unknown-key' || kind === 'fargate-size'));
  const say = (problem: Problem): string => sayProblem(problem, definition, source);
  const errors = problems.filter((problem) => !isWarning(problem));
  if (errors.length === 0) return problems.map(say);
  const heading = errors.length === 1 ? '' : `${errors.length} problems in the task definition:\n`;
  const rest = errors.length > shownProblems ? `\n… and ${errors.length - shownProblems} more` : '';
  const lines = errors.slice(0, shownProblems).map(say).join('\n');
  throw new UserError('task-definition-invalid', heading + lines + rest);
}

function sayProblem(
  { path, message }: Problem,
  definition: TaskDefinition,
  source: ParsedTaskDefinition,
): string {
  const place = source.locate(definition, path);
  const where = place === undefined ? source.fileName : `${source.fileName}:${place.line}:${place.column}`;
  return cleanRemoteLine(`${where}: ${path.length === 0 ? '' : `${sayPath(path)}: `}${message}`);
}
