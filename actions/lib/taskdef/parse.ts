import { cleanRemoteLine } from '../message/remote-text.ts';
import { UserError } from '../message/user-error.ts';
import { readJsonText } from './json-text.ts';
import { isObject, type JsonObject, type JsonPath } from './json-value.ts';
import { createPlaceFinder, type Place, type SourceTree, SyntaxFault } from './source-text.ts';
import { readOnlyNames, type TaskDefinition, unwrapDescribeReply } from './task-definition.ts';
import { readYamlText } from './yaml-text.ts';

export interface ParsedTaskDefinition {
  readonly definition: TaskDefinition;
  /** Path of the file, or `family:revision` of what ECS holds. */
  readonly fileName: string;
  /** What ECS holds is literal: whatever looks like a placeholder there, is none. */
  readonly isRegistered: boolean;
  /** What was left out on reading, in words for the log. */
  readonly notes: readonly string[];
  /**
   * Where the file says what stands at `path` of `definition`, or of a definition made from it: parts an override left
   * alone are still found, for others the nearest place known is given.
   */
  locate(definition: TaskDefinition, path: JsonPath): Place | undefined;
}

/** Larger files are refused unread. ECS takes 64 KiB of JSON, so this leaves room for comments and indentation. */
export const maximumFileBytes = 256 * 1024;

/**
 * Reads a task definition from the text of a file: strict JSON for `*.json` and for what starts with `{`, YAML for all else.
 * The whole reply of describe-task-definition is unwrapped, its tags kept; read-only members are dropped with a note.
 * Whether ECS would accept the definition is the business of `checkTaskDefinition`.
 *
 * @throws UserError `task-definition-invalid` that names file, line and column
 */
export function parseTaskDefinition(text: string, fileName: string): ParsedTaskDefinition {
  const refuse = (message: string, place?: Place): UserError => {
    const where = place === undefined ? fileName : `${fileName}:${place.line}:${place.column}`;
    return new UserError('task-definition-invalid', `${where}: ${cleanRemoteLine(message)}`);
  };
  if (text.trim() === '') throw refuse('the file is empty; it must hold a task definition');
  const placeOf = createPlaceFinder(text);
  const { value, places } = readSource(text, fileName, (message, offset) => refuse(message, placeOf(offset)));
  if (!isObject(value)) throw refuse(sayNoObject(value));
  const reply = unwrapDescribeReply(value);
  const whole = reply ?? value;
  const definition = readDefinition(whole);
  places.adopt(definition, reply === undefined ? value : (value['taskDefinition'] as JsonObject));
  return {
    definition,
    fileName,
    isRegistered: false,
    notes: sayDropped(whole, reply !== undefined),
    locate(root, path) {
      const offset = places.find(root, definition, path);
      return offset === undefined ? undefined : placeOf(offset);
    },
  };
}

function readSource(
  text: string,
  fileName: string,
  refuse: (message: string, offset: number) => UserError,
): SourceTree {
  const isYaml = /\.ya?ml$/i.test(fileName);
  const isJson = /\.json$/i.test(fileName) || (!isYaml && text.trimStart().startsWith('{'));
  try {
    return isJson ? readJsonText(text) : readYamlText(text);
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error;
    throw refuse(`this is no valid ${isJson ? 'JSON' : 'YAML'}: ${error.message}`, error.offset);
  }
}

/** What RegisterTaskDefinition takes of what DescribeTaskDefinition gives. */
export function readDefinition(definition: JsonObject): TaskDefinition {
  return Object.fromEntries(Object.entries(definition).filter(([name]) => !readOnlyNames.includes(name)));
}

function sayDropped(definition: JsonObject, wasReply: boolean): string[] {
  const dropped = readOnlyNames.filter((name) => Object.hasOwn(definition, name));
  return [
    ...(wasReply
      ? ['The file is a whole describe-task-definition reply; its "taskDefinition" is used.']
      : []),
    ...(dropped.length > 0 ? [`Left out what ECS sets itself: ${dropped.join(', ')}.`] : []),
  ];
}

function sayNoObject(value: unknown): string {
  return Array.isArray(value)
    ? 'this is a list; a task definition is an object with "family" and "containerDefinitions"'
    : 'this is plain text; a task definition is an object with "family" and "containerDefinitions"';
}
