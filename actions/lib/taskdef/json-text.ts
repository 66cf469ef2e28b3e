import type { JsonValue } from './json-value.ts';
import {
  createPlaceBook,
  maximumDepth,
  type PlaceBook,
  type SourceTree,
  SyntaxFault,
} from './source-text.ts';

interface Token {
  readonly kind: 'mark' | 'string' | 'word' | 'stray' | 'end';
  readonly text: string;
  readonly offset: number;
}

// Blanks, then one of: a structural mark, a string, a number or literal, anything else.
const tokenPattern = /[ \t\n\r]*(?:([{}[\],:])|("[^"\\]*(?:\\.[^"\\]*)*")|([\w.+-]+)|(.)|$)/suy;

/**
 * Reads strict JSON and remembers where every member stands. JSON.parse is no help there: some of its messages name no
 * position, it keeps the last of two equal keys in silence, and it knows no places. Members that are null are left out, as
 * ECS knows no null.
 *
 * @throws SyntaxFault at the first thing that is no JSON, a repeated key, or nesting beyond `maximumDepth`
 */
export function readJsonText(text: string): SourceTree {
  const tokens = createTokens(text);
  const places = createPlaceBook();
  const value = readValue(tokens, places, 0);
  const rest = tokens.take();
  if (rest.kind !== 'end')
    throw new SyntaxFault(`expected the end of the file, found ${say(rest)}`, rest.offset);
  return { value, places };
}

interface Tokens {
  peek(): Token;
  take(): Token;
  /** Takes the mark given if it comes next. */
  skipMark(mark: string): boolean;
  /** Takes the mark given, or fails saying what was expected. */
  takeMark(marks: string, expected: string): string;
}

function createTokens(text: string): Tokens {
  let offset = 0;
  let ahead: Token | undefined;
  const read = (): Token => {
    tokenPattern.lastIndex = offset;
    const match = tokenPattern.exec(text);
    const [whole = '', mark, string, word, stray] = match ?? [];
    offset += whole.length;
    const found = mark ?? string ?? word ?? stray ?? '';
    const kind = mark ? 'mark' : string ? 'string' : word ? 'word' : stray ? 'stray' : 'end';
    return { kind, text: found, offset: offset - found.length };
  };
  const take = (): Token => {
    const token = ahead ?? read();
    ahead = undefined;
    return token;
  };
  const peek = (): Token => {
    ahead ??= read();
    return ahead;
  };
  return {
    peek,
    take,
    skipMark(mark) {
      const isNext = peek().kind === 'mark' && peek().text === mark;
      if (isNext) take();
      return isNext;
    },
    takeMark(marks, expected) {
      const token = take();
      if (token.kind === 'mark' && marks.includes(token.text)) return token.text;
      throw new SyntaxFault(`expected ${expected}, found ${say(token)}`, token.offset);
    },
  };
}

function readValue(tokens: Tokens, places: PlaceBook, depth: number): JsonValue {
  const token = tokens.take();
  if (depth > maximumDepth)
    throw new SyntaxFault(`nested more than ${maximumDepth} levels deep`, token.offset);
  if (token.kind === 'mark' && token.text === '{') return readObject(tokens, places, depth);
  if (token.kind === 'mark' && token.text === '[') return readList(tokens, places, depth);
  if (token.kind === 'string' || token.kind === 'word') return readScalar(token);
  throw new SyntaxFault(`expected a value, found ${say(token)}`, token.offset);
}

function readObject(tokens: Tokens, places: PlaceBook, depth: number): JsonValue {
  const entries = new Map<string, { value: JsonValue; offset: number }>();
  let mark = tokens.skipMark('}') ? '}' : ',';
  while (mark === ',') {
    const token = tokens.take();
    if (token.kind !== 'string')
      throw new SyntaxFault(`expected a key in double quotes, found ${say(token)}`, token.offset);
    const key = String(readScalar(token));
    if (entries.has(key)) throw new SyntaxFault(`the key "${key}" stands here a second time`, token.offset);
    tokens.takeMark(':', '":" after the key');
    entries.set(key, { value: readValue(tokens, places, depth + 1), offset: token.offset });
    mark = tokens.takeMark(',}', '"," or "}"');
  }
  const kept = [...entries].filter(([, { value }]) => value !== null);
  const object = Object.fromEntries(kept.map(([key, { value }]) => [key, value]));
  for (const [key, { offset }] of kept) places.note(object, key, offset);
  return object;
}

function readList(tokens: Tokens, places: PlaceBook, depth: number): JsonValue {
  const items: JsonValue[] = [];
  let mark = tokens.skipMark(']') ? ']' : ',';
  while (mark === ',') {
    places.note(items, items.length, tokens.peek().offset);
    items.push(readValue(tokens, places, depth + 1));
    mark = tokens.takeMark(',]', '"," or "]"');
  }
  return items;
}

function readScalar(token: Token): JsonValue {
  try {
    return JSON.parse(token.text) as JsonValue;
  } catch {
    const message =
      token.kind === 'string'
        ? 'found a character or escape that JSON forbids in text'
        : `expected a value, found ${say(token)}`;
    throw new SyntaxFault(message, token.offset);
  }
}

// Only structure is quoted: a word or text might be a secret's value.
function say(token: Token): string {
  switch (token.kind) {
    case 'mark':
      return `"${token.text}"`;
    case 'end':
      return 'the end of the file';
    case 'string':
      return 'text';
    case 'word':
      return 'a word or number that is no JSON value';
    case 'stray':
      return token.text === '"' ? 'text without its closing quote' : `"${token.text}"`;
  }
}
