import { nearestName } from '../message/nearest-name.ts';
import { isList, isObject, type JsonObject, type JsonPath, type JsonValue } from './json-value.ts';
import type { Problem } from './problem.ts';
import type { Shape, StructureShape } from './shape.ts';

/**
 * Compares a value with what ECS allows there: unknown keys (which the SDK would drop without a word), missing ones, and
 * wrong types (which ECS answers with a SerializationException that names no place).
 */
export function checkStructure(value: JsonValue, shape: Shape, path: JsonPath = []): Problem[] {
  switch (shape.kind) {
    case 'text':
      return typeof value === 'string' ? [] : wrongType(value, 'text', path);
    case 'number':
      return Number.isInteger(value) ? [] : wrongType(value, 'a whole number', path);
    case 'flag':
      return typeof value === 'boolean' ? [] : wrongType(value, 'true or false', path);
    case 'list':
      if (!isList(value)) return wrongType(value, 'a list', path);
      return value.flatMap((item, index) => checkStructure(item, shape.of, [...path, index]));
    case 'map':
      if (!isObject(value)) return wrongType(value, 'an object', path);
      return Object.entries(value).flatMap(([key, item]) => checkStructure(item, shape.of, [...path, key]));
    case 'structure':
      return isObject(value) ? checkMembers(value, shape, path) : wrongType(value, 'an object', path);
  }
}

function checkMembers(object: JsonObject, shape: StructureShape, path: JsonPath): Problem[] {
  const missing = shape.required
    .filter((name) => !Object.hasOwn(object, name))
    .map(
      (name): Problem => ({ kind: 'missing', path: [...path, name], message: 'missing; ECS requires it' }),
    );
  const present = Object.entries(object).flatMap(([name, value]) => {
    const member = shape.members.get(name);
    return member === undefined
      ? [unknownKey(name, shape, path)]
      : checkStructure(value, member, [...path, name]);
  });
  return [...present, ...missing];
}

function unknownKey(name: string, shape: StructureShape, path: JsonPath): Problem {
  const legal = [...shape.members.keys()];
  const meant = nearestName(name, legal);
  const help =
    meant !== undefined
      ? `did you mean "${meant}"?`
      : legal.length <= 8
        ? `legal here: ${legal.join(', ')}`
        : 'ECS has no such key here';
  return { kind: 'unknown-key', path: [...path, name], message: `unknown key; ${help}` };
}

function wrongType(value: JsonValue, expected: string, path: JsonPath): Problem[] {
  const isQuotable = typeof value === 'number' || typeof value === 'boolean';
  const isNumeric = typeof value === 'string' && /^-?\d+$/.test(value);
  const hint =
    expected === 'text' && isQuotable
      ? '; put it in quotes'
      : (expected === 'a whole number' && isNumeric) ||
          (expected === 'true or false' && (value === 'true' || value === 'false'))
        ? '; take the quotes off'
        : '';
  return [{ kind: 'type', path, message: `expected ${expected}, got ${sayType(value)}${hint}` }];
}

// The value itself is left out: it may be a secret's.
function sayType(value: JsonValue): string {
  if (value === null) return 'null';
  if (isList(value)) return 'a list';
  if (typeof value === 'number') return Number.isInteger(value) ? 'a number' : 'a fraction';
  if (typeof value === 'boolean') return 'true or false';
  return typeof value === 'string' ? 'text' : 'an object';
}
