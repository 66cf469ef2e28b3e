/** A small seeded generator for property tests: the same seed gives the same run on every machine. */
export interface Generator {
  /** A whole number from 0 up to, but without, `limit`. */
  below(limit: number): number;
  flip(): boolean;
  oneOf<T>(items: readonly T[]): T;
  /** The items in random order. */
  shuffled<T>(items: readonly T[]): T[];
  /** The text with up to three characters lost, doubled or replaced. */
  damaged(text: string): string;
}

export function createGenerator(seed: number): Generator {
  let state = seed >>> 0;
  // mulberry32: 32 bits of state, good enough to wander through inputs.
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const oneOf = <T>(items: readonly T[]): T => items[below(items.length)] as T;
  return {
    below,
    flip: () => below(2) === 1,
    oneOf,
    shuffled(items) {
      const rest = [...items];
      return items.map(() => rest.splice(below(rest.length), 1)[0] as (typeof items)[number]);
    },
    damaged(text) {
      let result = text;
      for (let count = below(4); count > 0; count -= 1) {
        const at = below(result.length + 1);
        const replacement = oneOf([
          '',
          '',
          '{',
          '}',
          '[',
          ']',
          ',',
          ':',
          '"',
          '\\',
          '1',
          'e',
          '-',
          '.',
          ' ',
          't',
          '\n',
          "'",
        ]);
        result = result.slice(0, at) + replacement + result.slice(at + below(2));
      }
      return result;
    },
  };
}
