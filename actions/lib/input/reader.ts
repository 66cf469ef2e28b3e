import { UserError } from '../message/user-error.ts';

/**
 * Reads one action's inputs into a typed snapshot. Every method names one input of action.yml, trims it, and on bad input
 * notes a problem and returns a harmless value, so that all problems are reported at once. Nothing is clamped or defaulted
 * here: defaults live in action.yml, and the runner applies them before the action starts.
 */
export interface InputReader {
  /** A required, non-empty text. */
  text(name: string): string;
  /** A text, or undefined when the input is empty. */
  optionalText(name: string): string | undefined;
  /** `true` or `false` in the spellings of the YAML 1.2 core schema (true, True, TRUE, …), as @actions/core has it. */
  bool(name: string): boolean;
  /** A number, fractions allowed, within the bounds given. */
  number(name: string, bounds: { min: number; max: number }): number;
  /** A whole number within the bounds given. */
  integer(name: string, bounds: { min: number; max: number }): number;
  oneOf<const T extends string>(name: string, legal: readonly T[]): T;
  /** One item per line; blank lines are dropped and every item is trimmed. */
  lines(name: string): string[];
  /** One item per line or comma, for inputs none of whose values can hold a comma. */
  list(name: string): string[];
  /** `KEY=value` per line, split at the first `=`; the key is trimmed, the value kept as written. */
  pairs(name: string): Pair[];
  /** Parses a value by the caller's own function; what it throws as UserError becomes this input's problem. */
  parsed<T>(name: string, parse: (text: string) => T, fallback: T): T;
  /** Notes a problem that only shows between inputs. */
  problem(message: string): void;
}

export interface Pair {
  readonly key: string;
  readonly value: string;
}

/**
 * Calls `read` with a reader over `get` and returns its snapshot.
 *
 * @throws UserError `input-invalid` that names every bad input, its value and what is legal, one per line.
 */
export function readInputs<T>(get: (name: string) => string, read: (input: InputReader) => T): T {
  const problems: string[] = [];
  const snapshot = read(createReader(get, problems));
  if (problems.length === 0) return snapshot;
  const heading = problems.length === 1 ? '' : `${problems.length} inputs need correction:\n`;
  throw new UserError('input-invalid', heading + problems.join('\n'));
}

function createReader(get: (name: string) => string, problems: string[]): InputReader {
  const value = (name: string): string => get(name).trim();
  const lines = (name: string): string[] => nonEmpty(get(name).split(/\r?\n/));
  function bad<T>(name: string, legal: string, fallback: T): T {
    const given = value(name);
    problems.push(
      given === ''
        ? `input "${name}" is required: give ${legal}`
        : `input "${name}": expected ${legal}, got "${shorten(given)}"`,
    );
    return fallback;
  }
  function number(name: string, { min, max }: { min: number; max: number }, whole: boolean): number {
    const text = value(name);
    const parsed = /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
    const kind = whole ? 'a whole number' : 'a number';
    const legal =
      Number.isFinite(parsed) && parsed >= min && parsed <= max && (!whole || Number.isInteger(parsed));
    return legal ? parsed : bad(name, `${kind} from ${min} to ${max}`, min);
  }
  return {
    text: (name) => value(name) || bad(name, 'a value', ''),
    optionalText: (name) => value(name) || undefined,
    bool(name) {
      const text = value(name);
      if (/^(true|True|TRUE)$/.test(text)) return true;
      if (/^(false|False|FALSE)$/.test(text)) return false;
      return bad(name, 'true or false', false);
    },
    number: (name, bounds) => number(name, bounds, false),
    integer: (name, bounds) => number(name, bounds, true),
    oneOf(name, legal) {
      const found = legal.find((candidate) => candidate === value(name));
      return found ?? bad(name, `one of ${legal.join(', ')}`, legal[0] as (typeof legal)[number]);
    },
    lines,
    list: (name) => nonEmpty(lines(name).flatMap((line) => line.split(','))),
    pairs: (name) =>
      lines(name).flatMap((line) => {
        const pair = splitPair(line);
        if (pair === undefined) problems.push(notAPair(name, line));
        return pair ?? [];
      }),
    parsed(name, parse, fallback) {
      try {
        return parse(get(name));
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        problems.push(`input "${name}": ${error.message}`);
        return fallback;
      }
    },
    problem: (message) => void problems.push(message),
  };
}

function splitPair(line: string): Pair | undefined {
  const at = line.indexOf('=');
  const key = line.slice(0, Math.max(0, at)).trim();
  return key === '' ? undefined : { key, value: line.slice(at + 1) };
}

// The value is left out: these inputs may hold secrets.
function notAPair(name: string, line: string): string {
  const key = line.split(/[\s=:]/)[0] ?? '';
  return `input "${name}": expected KEY=value on every line; the line that starts with "${shorten(key)}" has no key or no "="`;
}

function nonEmpty(items: readonly string[]): string[] {
  return items.map((item) => item.trim()).filter((item) => item !== '');
}

function shorten(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}
