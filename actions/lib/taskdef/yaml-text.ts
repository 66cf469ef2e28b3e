import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  visit,
  type YAMLMap,
} from 'yaml';
import type { JsonObject, JsonValue } from './json-value.ts';
import {
  createPlaceBook,
  maximumDepth,
  type PlaceBook,
  type SourceTree,
  SyntaxFault,
} from './source-text.ts';

/** What a document may grow to once its aliases are written out; an honest one has a few thousand values. */
const maximumValues = 50_000;

interface Walk {
  readonly targets: ReadonlyMap<Alias, Node>;
  readonly places: PlaceBook;
  values: number;
}

/**
 * Reads one YAML 1.2 document (core schema, with `<<` merge keys) and remembers where every member stands. Members without
 * a value are left out, as ECS knows no null.
 *
 * @throws SyntaxFault at the first error, repeated key, tag, alias bomb, or nesting beyond `maximumDepth`
 */
export function readYamlText(text: string): SourceTree {
  refuseDeepBrackets(text);
  // The library compares every key with every other, which takes minutes on a hostile file; the walk finds repeated keys.
  const document = parseDocument(text, { uniqueKeys: false, prettyErrors: false, merge: true });
  const [fault] = [...document.errors, ...document.warnings];
  if (fault !== undefined) throw new SyntaxFault(sayFault(fault.code, fault.message), fault.pos[0]);
  const walk: Walk = { targets: findTargets(document), places: createPlaceBook(), values: 0 };
  return { value: toValue(document.contents, walk, 0, 0), places: walk.places };
}

// The composer recurses and takes seconds to give up on a megabyte of brackets; this costs a millisecond.
function refuseDeepBrackets(text: string): void {
  let depth = 0;
  for (const { 0: mark, index } of text.matchAll(/[{}[\]]/g)) {
    depth = mark === '{' || mark === '[' ? depth + 1 : Math.max(0, depth - 1);
    if (depth > 500) throw new SyntaxFault('too many brackets that are never closed', index);
  }
}

function sayFault(code: string, message: string): string {
  if (code === 'MULTIPLE_DOCS') return 'a second document starts here; a task definition is one document';
  if (code === 'TAG_RESOLVE_FAILED')
    return 'tags such as !Ref or !Sub are not resolved here; write the value itself';
  if (code === 'RESOURCE_EXHAUSTION') return `nested more than ${maximumDepth} levels deep`;
  return message.replace(/\s+/g, ' ');
}

// One pass for all aliases: the library looks through the whole document for each of them. An anchor may be set again; an
// alias means the last one before it.
function findTargets(document: Document): Map<Alias, Node> {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  visit(document, {
    Node(_key, node) {
      if (isAlias(node)) {
        const target = anchors.get(node.source);
        if (target !== undefined) targets.set(node, target);
      } else if (node.anchor !== undefined) {
        anchors.set(node.anchor, node);
      }
    },
  });
  return targets;
}

function toValue(node: unknown, walk: Walk, depth: number, offset: number): JsonValue {
  walk.values += 1;
  if (walk.values > maximumValues)
    throw new SyntaxFault(`more than ${maximumValues} values, with all aliases written out`, offset);
  if (depth > maximumDepth) throw new SyntaxFault(`nested more than ${maximumDepth} levels deep`, offset);
  if (isAlias(node)) {
    const target = walk.targets.get(node);
    if (target === undefined) throw new SyntaxFault(`the alias *${node.source} has no anchor`, offset);
    return toValue(target, walk, depth + 1, offset);
  }
  if (isMap(node)) return toObject(node, walk, depth, offset);
  if (isSeq(node)) {
    const items: JsonValue[] = [];
    for (const item of node.items) {
      const at = offsetOf(item, offset);
      walk.places.note(items, items.length, at);
      items.push(toValue(item, walk, depth + 1, at));
    }
    return items;
  }
  if (isScalar(node)) return toScalar(node.value, offset);
  return null;
}

function toScalar(value: unknown, offset: number): JsonValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new SyntaxFault('a value that JSON cannot hold', offset);
}

function toObject(map: YAMLMap, walk: Walk, depth: number, offset: number): JsonObject {
  const own = new Map<string, { value: JsonValue; at: number }>();
  const merged = new Map<string, { value: JsonValue; at: number }>();
  for (const pair of map.items) {
    const at = offsetOf(pair.key, offset);
    const value = toValue(pair.value, walk, depth + 1, offsetOf(pair.value, at));
    const key = keyOf(pair, at);
    if (key === '<<') {
      for (const [name, item] of mergedMembers(value, at))
        if (!merged.has(name)) merged.set(name, { value: item, at });
    } else if (own.has(key)) {
      throw new SyntaxFault(`the key "${key}" stands here a second time`, at);
    } else {
      own.set(key, { value, at });
    }
  }
  const kept = [...new Map([...merged, ...own])].filter(([, { value }]) => value !== null);
  const object = Object.fromEntries(kept.map(([key, { value }]) => [key, value]));
  for (const [key, { at }] of kept) walk.places.note(object, key, at);
  return object;
}

// https://yaml.org/type/merge.html: of several maps the earlier one wins, and the map's own keys win over all.
function mergedMembers(value: JsonValue, offset: number): [string, JsonValue][] {
  const sources = Array.isArray(value) ? (value as readonly JsonValue[]) : [value];
  return sources.flatMap((source) => {
    if (typeof source === 'object' && source !== null && !Array.isArray(source))
      return Object.entries(source as JsonObject);
    throw new SyntaxFault('"<<" merges maps only', offset);
  });
}

function keyOf(pair: Pair, offset: number): string {
  const { key } = pair;
  if (!isScalar(key)) throw new SyntaxFault('a key must be plain text', offset);
  return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
}

function offsetOf(node: unknown, otherwise: number): number {
  const range = (node as { range?: readonly number[] | null } | null)?.range;
  return range?.[0] ?? otherwise;
}
