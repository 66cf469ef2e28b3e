import { describe, expect, it } from '@jest/globals';
import { type Clock, createRunningClock, createSteppingClock } from './clock.ts';

describe('the stepping clock', () => {
  it('keeps appointments in the order of their time, each at its own instant', () => {
    const clock = createSteppingClock(1000);
    const kept: [string, number][] = [];
    for (const [name, delay] of [
      ['c', 30],
      ['a', 10],
      ['d', 30],
      ['b', 20],
    ] as const) {
      clock.after(delay, () => kept.push([name, clock.now()]));
    }
    clock.advance(30);
    expect(kept).toEqual([
      ['a', 1010],
      ['b', 1020],
      ['c', 1030],
      ['d', 1030],
    ]);
  });

  it('stops where it was told to', () => {
    const clock = createSteppingClock(0);
    let kept = 0;
    clock.after(101, () => {
      kept += 1;
    });
    clock.advance(100);
    expect([clock.now(), kept]).toEqual([100, 0]);
    clock.advance(1);
    expect([clock.now(), kept]).toEqual([101, 1]);
  });

  it('forgets cancelled appointments, also those cancelled by an earlier one', () => {
    const clock = createSteppingClock(0);
    const kept: string[] = [];
    const first = clock.after(5, () => kept.push('first'));
    const third = clock.after(20, () => kept.push('third'));
    clock.after(10, () => third.cancel());
    first.cancel();
    clock.advance(100);
    expect(kept).toEqual([]);
    expect(clock.step()).toBe(false);
  });

  it('keeps appointments that others make on the way', () => {
    const clock = createSteppingClock(0);
    const kept: number[] = [];
    const again = (): void => {
      kept.push(clock.now());
      if (kept.length < 4) clock.after(10, again);
    };
    clock.after(10, again);
    clock.advance(35);
    expect(kept).toEqual([10, 20, 30]);
    clock.advance(5);
    expect(kept).toEqual([10, 20, 30, 40]);
  });

  it('takes a delay below zero for now', () => {
    const clock = createSteppingClock(50);
    const kept: number[] = [];
    clock.after(-100, () => kept.push(clock.now()));
    expect(clock.step()).toBe(true);
    expect(kept).toEqual([50]);
  });

  it('keeps ten thousand appointments in order', () => {
    const clock = createSteppingClock(0);
    const kept: number[] = [];
    for (let index = 0; index < 10_000; index += 1) {
      clock.after((index * 7919) % 10_007, () => kept.push(clock.now()));
    }
    clock.advance(10_007);
    expect(kept).toHaveLength(10_000);
    expect(kept).toEqual(kept.toSorted((a, b) => a - b));
  });
});

describe('the running clock', () => {
  /** The same appointments, some made in others, on any clock: what was kept, and how long after the first. */
  function play(clock: Clock, done: () => void): [string, number][] {
    const trace: [string, number][] = [];
    clock.after(10, () => {
      const from = clock.now();
      const note = (name: string): void => {
        trace.push([name, Math.round(clock.now() - from)]);
      };
      clock.after(200, () => {
        note('a');
        clock.after(100, () => note('a+100'));
        clock.after(0, () => note('a+0'));
      });
      clock.after(300, () => note('b'));
      const never = clock.after(250, () => note('never'));
      clock.after(220, () => never.cancel());
      clock.after(1000, () => {
        note('end');
        done();
      });
    });
    return trace;
  }

  it('does what the stepping clock does, at the same instants, however late its timers are', async () => {
    const stepping = createSteppingClock(0);
    const expected = play(stepping, () => {});
    stepping.advance(2000);
    expect(expected).toEqual([
      ['a', 200],
      ['a+0', 200],
      ['b', 300],
      ['a+100', 300],
      ['end', 1000],
    ]);

    const running = createRunningClock(20);
    const { promise, resolve } = Promise.withResolvers<void>();
    const trace = play(running, resolve);
    await promise;
    running.stop();
    expect(trace).toEqual(expected);
  });

  it('keeps nothing once it is stopped', async () => {
    const clock = createRunningClock(1000);
    const kept: string[] = [];
    clock.after(1000, () => kept.push('late'));
    clock.stop();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(kept).toEqual([]);
  });
});
