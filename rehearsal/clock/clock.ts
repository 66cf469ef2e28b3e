/**
 * The rehearsal's time. Everything in the simulated AWS that takes time is an appointment on this clock, so that a test can
 * step through hours in microseconds and `npm run rehearse` can run them N times faster than the wall.
 */
export interface Clock {
  /** Virtual epoch milliseconds. */
  now(): number;
  /** Calls `task` once, `delayMilliseconds` of virtual time from now. Appointments due at the same time keep their order. */
  after(delayMilliseconds: number, task: () => void): Appointment;
}

export interface Appointment {
  cancel(): void;
}

/** A clock that moves only when told. */
export interface SteppingClock extends Clock {
  /** Moves time forward, keeping every appointment on the way at its own instant. */
  advance(milliseconds: number): void;
}

interface Entry {
  readonly at: number;
  readonly order: number;
  readonly task: () => void;
}

export function createSteppingClock(startMilliseconds: number): SteppingClock {
  let now = startMilliseconds;
  let order = 0;
  const entries = new Set<Entry>();
  const next = (): Entry | undefined => {
    let first: Entry | undefined;
    for (const entry of entries) {
      if (first === undefined || entry.at < first.at || (entry.at === first.at && entry.order < first.order))
        first = entry;
    }
    return first;
  };
  return {
    now: () => now,
    after(delayMilliseconds, task) {
      const entry = { at: now + Math.max(0, delayMilliseconds), order: order++, task };
      entries.add(entry);
      return { cancel: () => void entries.delete(entry) };
    },
    advance(milliseconds) {
      const until = now + milliseconds;
      for (let entry = next(); entry !== undefined && entry.at <= until; entry = next()) {
        entries.delete(entry);
        now = entry.at;
        entry.task();
      }
      now = until;
    },
  };
}

/** A clock that runs `speed` times as fast as the wall. */
export interface RunningClock extends Clock {
  /** Cancels every appointment; the process can end. */
  stop(): void;
}

export function createRunningClock(speed: number): RunningClock {
  const startedAt = Date.now();
  const timers = new Set<NodeJS.Timeout>();
  return {
    now: () => startedAt + (Date.now() - startedAt) * speed,
    after(delayMilliseconds, task) {
      const timer = setTimeout(() => {
        timers.delete(timer);
        task();
      }, Math.max(0, delayMilliseconds) / speed);
      timers.add(timer);
      return {
        cancel() {
          clearTimeout(timer);
          timers.delete(timer);
        },
      };
    },
    stop() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}
