import { describe, expect, it } from '@jest/globals';
import { UserError } from '../message/user-error.ts';
import { retryTransient, TransientFailure } from './retry.ts';

const final = new UserError('push-failed', 'The registry answered 503.');

function setup(maxRetries: number, random = 0.5) {
  const waits: number[] = [];
  const lines: string[] = [];
  const options = {
    maxRetries,
    random: () => random,
    clock: { now: () => 0, sleep: async (milliseconds: number) => void waits.push(milliseconds) },
    log: { info: (line: string) => void lines.push(line), warning() {}, group() {} },
  };
  return { options, waits, lines };
}

function failing(times: number, error: () => unknown) {
  let calls = 0;
  const operation = async (): Promise<string> => {
    calls += 1;
    if (calls <= times) throw error();
    return 'done';
  };
  return { operation, calls: () => calls };
}

describe('a transient failure', () => {
  it('is tried again with growing, jittered waits, and said', async () => {
    const { options, waits, lines } = setup(3);
    const { operation } = failing(3, () => new TransientFailure(final));
    await expect(retryTransient(options, operation)).resolves.toBe('done');
    expect(waits).toEqual([250, 500, 1000]);
    expect(lines[0]).toBe('The registry answered 503. Trying again in 0.3 s (1 of 3).');
  });

  it('ends as the user’s error after so many retries', async () => {
    const { options } = setup(2);
    const { operation, calls } = failing(9, () => new TransientFailure(final));
    await expect(retryTransient(options, operation)).rejects.toBe(final);
    expect(calls()).toBe(3);
  });

  it('waits 20 s at most, unless the registry asks for more', async () => {
    const { options, waits } = setup(9, 0.999);
    let attempt = 0;
    const { operation } = failing(9, () => new TransientFailure(final, ++attempt === 9 ? 30 : undefined));
    await retryTransient(options, operation);
    expect(Math.max(...waits.slice(0, 8))).toBeLessThan(20_000);
    expect(waits[8]).toBe(30_000);
  });
});

it.each([
  ['a UserError', new UserError('access-denied', 'no')],
  ['a bug', new TypeError('x')],
])('%s is not tried again', async (_name, error) => {
  const { options } = setup(3);
  const { operation, calls } = failing(1, () => error);
  await expect(retryTransient(options, operation)).rejects.toBe(error);
  expect(calls()).toBe(1);
});
