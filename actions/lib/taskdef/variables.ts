import type { Assignment } from './assignment.ts';
import { isList, isObject, type JsonObject, type JsonPath, type JsonValue } from './json-value.ts';
import { inputProblem, type Problem, rule } from './problem.ts';
import type { Shape, StructureShape } from './shape.ts';
import type { TaskDefinition } from './task-definition.ts';

const placeholder = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

export interface Filled {
  readonly definition: TaskDefinition;
  /** Placeholders that no variable defines, each at its place. */
  readonly problems: readonly Problem[];
  /** Variables that stand nowhere in the file. */
  readonly unused: readonly string[];
}

/**
 * Puts the variables' values in the place of `${NAME}`, in every text and key of the file. There is no other form, and a
 * value is never looked through again. Where ECS wants a number or a flag, a text that is one placeholder becomes that
 * (`"memory": "${MEMORY}"`). Without variables the file is taken as it is: shell commands may mean `${HOME}` literally.
 */
export function fillVariables(
  definition: TaskDefinition,
  variables: readonly Assignment[],
  shape: StructureShape,
): Filled {
  const problems: Problem[] = [];
  const values = new Map<string, string>();
  for (const { key, value } of variables) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(key))
      problems.push(inputProblem('variables', `"${key}" is no name; use letters, digits and underscores`));
    if (values.has(key)) problems.push(inputProblem('variables', `"${key}" is given twice`));
    values.set(key, value);
  }
  if (values.size === 0) return { definition, problems, unused: [] };
  const fill = { values, used: new Set<string>(), problems };
  const filled = fillMembers(definition, shape, [], fill);
  return { definition: filled, problems, unused: [...values.keys()].filter((name) => !fill.used.has(name)) };
}

interface Fill {
  readonly values: ReadonlyMap<string, string>;
  readonly used: Set<string>;
  readonly problems: Problem[];
}

function fillMembers(object: JsonObject, shape: Shape | undefined, path: JsonPath, fill: Fill): JsonObject {
  const entries = Object.entries(object).map(([key, value]): [string, JsonValue] => {
    const here = [...path, key];
    return [fillText(key, here, fill), fillValue(value, memberShape(shape, key), here, fill)];
  });
  return Object.fromEntries(entries);
}

function memberShape(shape: Shape | undefined, key: string): Shape | undefined {
  if (shape?.kind === 'structure') return shape.members.get(key);
  return shape?.kind === 'map' || shape?.kind === 'list' ? shape.of : undefined;
}

function fillValue(value: JsonValue, shape: Shape | undefined, path: JsonPath, fill: Fill): JsonValue {
  if (isObject(value)) return fillMembers(value, shape, path, fill);
  if (isList(value))
    return value.map((item, index) => fillValue(item, memberShape(shape, ''), [...path, index], fill));
  if (typeof value !== 'string') return value;
  const text = fillText(value, path, fill);
  const isWhole = value.replace(placeholder, '') === '' && text !== value;
  if (isWhole && shape?.kind === 'number' && /^-?\d+$/.test(text)) return Number(text);
  if (isWhole && shape?.kind === 'flag' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

function fillText(text: string, path: JsonPath, fill: Fill): string {
  return text.replace(placeholder, (whole, name: string) => {
    const value = fill.values.get(name);
    fill.used.add(name);
    if (value === undefined)
      fill.problems.push(
        rule(path, `${whole} is not defined; add a line ${name}=… to the input "variables"`),
      );
    return value ?? whole;
  });
}

// Members in which ECS could never mean a placeholder literally.
const literalNames = ['image', 'family', 'taskRoleArn', 'executionRoleArn', 'valueFrom'];

/** Placeholders left in a file that no variables were given for: an error where they cannot be meant, else advice. */
export function checkPlaceholders(definition: TaskDefinition): Problem[] {
  const problems: Problem[] = [];
  const visit = (value: JsonValue, path: JsonPath): void => {
    if (isObject(value)) for (const [key, item] of Object.entries(value)) visit(item, [...path, key]);
    // Commands are for a shell, which knows ${NAME} itself.
    if (isList(value) && !['command', 'entryPoint'].includes(String(path.at(-1))))
      for (const [index, item] of value.entries()) visit(item, [...path, index]);
    const found = typeof value === 'string' ? value.match(placeholder)?.[0] : undefined;
    if (found === undefined) return;
    const isCertain = literalNames.includes(String(path.at(-1)));
    const message = `${found} is taken literally, as the input "variables" is empty`;
    problems.push({ kind: isCertain ? 'rule' : 'advice', path, message });
  };
  visit(definition, []);
  return problems;
}
