import type { Log } from '../message/log.ts';
import { refuseInvalidTaskDefinition } from '../taskdef/finding.ts';
import { maximumFileBytes, parseTaskDefinition } from '../taskdef/parse.ts';
import type { TaskDefinition } from '../taskdef/task-definition.ts';
import { readTaskDefinitionShape } from './task-definition-shape.ts';

/**
 * Reads a task definition file and checks it against the model of the SDK that will send it. Load this module only when
 * there is a file: it brings the parsers. Keys the SDK does not know are errors, as it would drop them without a word.
 *
 * @throws UserError `task-definition-invalid` that names every problem with file, line and column
 */
export async function loadTaskDefinition(
  path: string,
  readFile: (path: string, what: string, maximumBytes: number) => Promise<string>,
  log: Log,
): Promise<TaskDefinition> {
  const source = parseTaskDefinition(await readFile(path, 'task definition', maximumFileBytes), path);
  for (const note of source.notes) log.info(note);
  const warnings = refuseInvalidTaskDefinition(source, readTaskDefinitionShape(), true);
  for (const warning of warnings) log.warning(warning);
  return source.definition;
}
