import { createRandom } from '../ecs/ids.ts';

/** Draws from one seed. */
export interface Draw {
  /** From 0 up to, but not including, 1. */
  share(): number;
  between(low: number, high: number): number;
  /** True in the given share of cases. */
  chance(share: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
}

export function createDraw(seed: number): Draw {
  const next = createRandom(seed);
  const share = (): number => next() / 2 ** 32;
  return {
    share,
    between: (low, high) => low + share() * (high - low),
    chance: (limit) => share() < limit,
    pick(items) {
      const item = items[Math.floor(share() * items.length)];
      if (item === undefined) throw new Error('There is nothing to pick from.');
      return item;
    },
  };
}

/** A share that depends on nothing but the numbers given, so that one draw more or less elsewhere does not change it. */
export function shareOf(...numbers: readonly number[]): number {
  let mixed = 0;
  for (const number of numbers) mixed = createRandom(mixed ^ Math.imul(number + 1, 0x9e3779b1))();
  return mixed / 2 ** 32;
}
