import type { Assignment } from './assignment.ts';
import { checkRules } from './check.ts';
import { locateProblems, refuseFindings } from './finding.ts';
import { isList, isObject, type JsonObject, type JsonPath, type JsonValue } from './json-value.ts';
import { type Change, type Overrides, overrideTaskDefinition } from './override.ts';
import type { ParsedTaskDefinition } from './parse.ts';
import type { Problem } from './problem.ts';
import type { Shape, StructureShape } from './shape.ts';
import { checkStructure } from './structure-check.ts';
import type { TaskDefinition } from './task-definition.ts';
import { checkPlaceholders, fillVariables } from './variables.ts';

export interface RenderSettings {
  readonly overrides: Overrides;
  readonly variables: readonly Assignment[];
  /** false: what a newer ECS might know is a warning, and stays in the definition. */
  readonly strict: boolean;
}

export interface RenderedTaskDefinition {
  readonly definition: TaskDefinition;
  readonly changes: readonly Change[];
  /** One line each, for the log. */
  readonly warnings: readonly string[];
}

/**
 * Makes the task definition to register: fills the variables, sets what the inputs say, and checks the outcome.
 *
 * @throws UserError `task-definition-invalid` that names every problem of file and inputs at once
 */
export function renderTaskDefinition(
  source: ParsedTaskDefinition,
  settings: RenderSettings,
  shape: StructureShape,
): RenderedTaskDefinition {
  const filled = fillVariables(source.definition, settings.variables, shape);
  const { definition, changes, problems } = overrideTaskDefinition(filled.definition, settings.overrides);
  const mayForgetVariables = settings.variables.length === 0 && !source.isRegistered;
  const leftOver = mayForgetVariables ? checkPlaceholders(source.definition) : [];
  const ofFile = [...filled.problems, ...leftOver, ...checkStructure(filled.definition, shape)];
  const findings = [
    ...locateProblems(
      ofFile.filter((problem) => !isOverridden(problem, filled.definition, definition)),
      filled.definition,
      source,
    ),
    ...locateProblems([...problems, ...checkRules(definition)], definition, source),
  ];
  const warnings = refuseFindings(findings, source.fileName, settings.strict);
  const unused = filled.unused.map(
    (name) => `input "variables": \${${name}} stands nowhere in ${source.fileName}`,
  );
  return {
    definition: orderMembers(definition, shape) as TaskDefinition,
    changes,
    warnings: [...warnings, ...unused],
  };
}

/** The JSON of a task definition, as it is written to a file: two spaces, members in the order of ECS's documentation. */
export function formatTaskDefinition(definition: TaskDefinition): string {
  return `${JSON.stringify(definition, null, 2)}\n`;
}

// An input has set what the file lacks or has wrong. Entries of `environment` and `secrets` may have moved, so a problem
// inside these lists always counts.
function isOverridden({ path }: Problem, before: TaskDefinition, after: TaskDefinition): boolean {
  if (path.includes('environment') || path.includes('secrets')) return false;
  return path.length > 0 && valueAt(before, path) !== valueAt(after, path);
}

function valueAt(root: JsonObject, path: JsonPath): unknown {
  let value: unknown = root;
  for (const step of path)
    value =
      typeof value === 'object' && value !== null
        ? (value as Record<string | number, unknown>)[step]
        : undefined;
  return value;
}

/** Members in the order of the model, then unknown ones and map entries by name; lists keep theirs. */
export function orderMembers(value: JsonValue, shape: Shape | undefined): JsonValue {
  if (isList(value)) {
    const itemShape = shape?.kind === 'list' ? shape.of : undefined;
    return value.map((item) => orderMembers(item, itemShape));
  }
  if (!isObject(value)) return value;
  const members = shape?.kind === 'structure' ? shape.members : new Map<string, Shape>();
  const known = [...members.keys()].filter((name) => Object.hasOwn(value, name));
  const others = Object.keys(value)
    .filter((name) => !members.has(name))
    .sort();
  const inner = (name: string): Shape | undefined => (shape?.kind === 'map' ? shape.of : members.get(name));
  return Object.fromEntries(
    [...known, ...others].map((name) => [name, orderMembers(value[name] as JsonValue, inner(name))]),
  );
}
