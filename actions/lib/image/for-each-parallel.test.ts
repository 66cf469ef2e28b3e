import { expect, it } from '@jest/globals';
import { forEachParallel } from './for-each-parallel.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('does every item, three at a time', async () => {
  const done: number[] = [];
  let running = 0;
  let most = 0;
  await forEachParallel([1, 2, 3, 4, 5, 6, 7], async (item) => {
    running += 1;
    most = Math.max(most, running);
    await turn();
    running -= 1;
    done.push(item);
  });
  expect(done.sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(most).toBe(3);
});

it('throws the first failure, begins nothing after it, and tells what runs to end', async () => {
  const begun: number[] = [];
  const told: unknown[] = [];
  const failure = new Error('no');
  const all = forEachParallel([1, 2, 3, 4, 5], async (item, signal) => {
    begun.push(item);
    signal.addEventListener('abort', () => told.push(item));
    await turn();
    if (item === 2) throw failure;
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
  });
  await expect(all).rejects.toBe(failure);
  expect(begun).toEqual([1, 2, 3]);
  expect(told).toEqual([1, 2, 3]);
});

it('does nothing for nothing', async () => {
  await forEachParallel([], async () => {
    throw new Error('called');
  });
});
