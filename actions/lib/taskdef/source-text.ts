import type { JsonList, JsonObject, JsonPath, JsonValue } from './json-value.ts';

/** A document read from text, with the place of every member in it. */
export interface SourceTree {
  readonly value: JsonValue;
  readonly places: PlaceBook;
}

/** A text that is no JSON or YAML: what is wrong, and the offset at which it shows. */
export class SyntaxFault extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.name = 'SyntaxFault';
    this.offset = offset;
  }
}

/** A line and a column of a text, both counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Deeper than any task definition; the guard against documents that only serve to exhaust the stack. */
export const maximumDepth = 64;

/**
 * Remembers where each member of an object or list stands in the text. It goes by the identity of the container, so that
 * parts which survive an override untouched are still found, wherever they have moved to; for parts made anew it looks at
 * what stood at the same place of the original.
 */
export interface PlaceBook {
  note(container: JsonObject | JsonList, member: string | number, offset: number): void;
  /** Lets `copy`, made from `original`, answer for the same members. */
  adopt(copy: JsonObject, original: JsonObject): void;
  /** The offset of the deepest known step on the way along `path`, in `root` or else in the `original` it was made from. */
  find(root: JsonValue, original: JsonValue, path: JsonPath): number | undefined;
}

export function createPlaceBook(): PlaceBook {
  const offsets = new WeakMap<object, Map<string | number, number>>();
  return {
    note(container, member, offset) {
      const members = offsets.get(container) ?? new Map<string | number, number>();
      offsets.set(container, members.set(member, offset));
    },
    adopt(copy, original) {
      const members = offsets.get(original);
      if (members !== undefined) offsets.set(copy, members);
    },
    find(root, original, path) {
      let found: number | undefined;
      let here: unknown = root;
      let there: unknown = original;
      for (const step of path) {
        found = lookUp(offsets, here, step) ?? lookUp(offsets, there, step) ?? found;
        here = memberOf(here, step);
        there = memberOf(there, step);
      }
      return found;
    },
  };
}

function lookUp(
  offsets: WeakMap<object, Map<string | number, number>>,
  value: unknown,
  step: string | number,
): number | undefined {
  return typeof value === 'object' && value !== null ? offsets.get(value)?.get(step) : undefined;
}

function memberOf(value: unknown, step: string | number): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string | number, unknown>)[step]
    : undefined;
}

/** Turns offsets of a text into places; it looks for the lines once. */
export function createPlaceFinder(text: string): (offset: number) => Place {
  const lineStarts = [0];
  for (const { 0: lineEnd, index } of text.matchAll(/\r\n|\n|\r/g)) lineStarts.push(index + lineEnd.length);
  return (offset) => {
    let [line, after] = [0, lineStarts.length];
    while (after - line > 1) {
      const middle = (line + after) >> 1;
      if ((lineStarts[middle] ?? 0) <= offset) line = middle;
      else after = middle;
    }
    return { line: line + 1, column: offset - (lineStarts[line] ?? 0) + 1 };
  };
}
