import type { Log } from '../lib/message/log.ts';
import { diffTaskDefinitions } from '../lib/taskdef/diff.ts';
import { sayDifferences } from '../lib/taskdef/diff-report.ts';
import { type ParsedTaskDefinition, parseTaskDefinition } from '../lib/taskdef/parse.ts';
import {
  type RegisteredTaskDefinitions,
  readRegistered,
  type TaskDefinitionSource,
} from '../lib/taskdef/registered.ts';
import { formatTaskDefinition, renderTaskDefinition } from '../lib/taskdef/render.ts';
import { type Comparison, describeRendering, sayChanges } from '../lib/taskdef/render-report.ts';
import type { StructureShape } from '../lib/taskdef/shape.ts';
import type { TaskDefinition } from '../lib/taskdef/task-definition.ts';
import type { RenderTaskdefInputs } from './inputs.ts';

export interface RenderTaskdefPorts {
  /** @throws UserError `file-unreadable` */
  readFile(path: string): Promise<string>;
  /** Writes the JSON of a rendered task definition to a file of its own and gives its path. */
  writeTaskDefinition(json: string): Promise<string>;
  readonly registered: RegisteredTaskDefinitions;
  /** What ECS takes. */
  readonly shape: StructureShape;
  readonly log: Log;
}

export interface RenderTaskdefOutcome {
  readonly outputs: {
    readonly 'task-definition': string;
    readonly family: string;
    /** Undefined when there was nothing to compare with. */
    readonly changed: string | undefined;
    readonly diff: string | undefined;
  };
  /** Markdown. */
  readonly summary: string;
}

/**
 * Reads a task definition, sets what the inputs say, checks the outcome and writes it to a file.
 *
 * @throws UserError that names every problem at once; nothing is written then
 */
export async function runRenderTaskdef(
  { source, settings, compareWith }: RenderTaskdefInputs,
  ports: RenderTaskdefPorts,
): Promise<RenderTaskdefOutcome> {
  const { log } = ports;
  const parsed = await readSource(source, ports);
  for (const note of parsed.notes) log.info(note);
  const { definition, changes, warnings } = renderTaskDefinition(parsed, settings, ports.shape);
  if (warnings.length > 0) log.warning(warnings.join('\n'));
  for (const line of sayChanges(changes)) log.info(line);
  const comparison = await compare(definition, parsed, source, compareWith, ports.registered);
  if (comparison !== undefined) reportComparison(comparison, log);
  const path = await ports.writeTaskDefinition(formatTaskDefinition(definition));
  const family = String(definition['family']);
  log.info(`Rendered the task definition ${family} to ${path}`);
  return {
    outputs: {
      'task-definition': path,
      family,
      changed: comparison === undefined ? undefined : String(comparison.differences.length > 0),
      diff: comparison === undefined ? undefined : sayDifferences(comparison.differences).join('\n'),
    },
    summary: describeRendering(family, changes, comparison),
  };
}

async function readSource(
  source: TaskDefinitionSource,
  ports: RenderTaskdefPorts,
): Promise<ParsedTaskDefinition> {
  switch (source.kind) {
    case 'file':
      return parseTaskDefinition(await ports.readFile(source.path), source.path);
    case 'registered':
      return readRegistered(await ports.registered.describe(source.reference));
    case 'service':
      return readRegistered(
        await ports.registered.describe(await ports.registered.findOfService(source.name)),
      );
  }
}

async function compare(
  definition: TaskDefinition,
  parsed: ParsedTaskDefinition,
  source: TaskDefinitionSource,
  compareWith: RenderTaskdefInputs['compareWith'],
  registered: RegisteredTaskDefinitions,
): Promise<Comparison | undefined> {
  if (compareWith === undefined) {
    if (source.kind === 'file') return undefined;
    return { subject: parsed.fileName, differences: diffTaskDefinitions(parsed.definition, definition) };
  }
  const current = readRegistered(await registered.describe(await registered.findOfService(compareWith)));
  return {
    subject: `${current.fileName} of ${compareWith.cluster}/${compareWith.service}`,
    differences: diffTaskDefinitions(current.definition, definition),
  };
}

function reportComparison({ subject, differences }: Comparison, log: Log): void {
  if (differences.length === 0) log.info(`No difference from ${subject}`);
  else log.group(`${differences.length} differences from ${subject}`, sayDifferences(differences));
}
