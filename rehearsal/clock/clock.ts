import { createAgenda } from './agenda.ts';

/**
 * The rehearsal's time. Everything in the simulated AWS that takes time is an appointment on this clock, so that a test can
 * step through hours in microseconds and `npm run rehearse` can run them N times faster than the wall.
 */
export interface Clock {
  /** Virtual epoch milliseconds. Within an appointment: exactly the instant it was made for. */
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
  /** Moves time to the next appointment and keeps it; false when there is none. */
  step(): boolean;
}

export function createSteppingClock(startMilliseconds: number): SteppingClock {
  const agenda = createAgenda();
  let now = startMilliseconds;
  const step = (): boolean => {
    const entry = agenda.take();
    if (entry === undefined) return false;
    now = Math.max(now, entry.at);
    entry.task();
    return true;
  };
  return {
    now: () => now,
    after: (delayMilliseconds, task) => agenda.add(now + Math.max(0, delayMilliseconds), task),
    advance(milliseconds) {
      const until = now + milliseconds;
      for (let at = agenda.nextAt(); at !== undefined && at <= until; at = agenda.nextAt()) step();
      now = Math.max(now, until);
    },
    step,
  };
}

/** A clock that runs `speed` times as fast as the wall. */
export interface RunningClock extends Clock {
  /** Cancels every appointment; the process can end. */
  stop(): void;
}

// setTimeout fires at once when it is asked for more than 2^31 − 1 milliseconds.
const LONGEST_TIMER_MILLISECONDS = 2 ** 31 - 1;

/**
 * Appointments are kept one by one and each sees its own instant as `now`, exactly as on the stepping clock: a timer that
 * fires late changes when things are seen, never what happens.
 */
export function createRunningClock(speed: number, startMilliseconds = Date.now()): RunningClock {
  const agenda = createAgenda();
  const wallStart = performance.now();
  let instant: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  let timerAt = Number.POSITIVE_INFINITY;
  let stopped = false;
  const wallNow = (): number => startMilliseconds + (performance.now() - wallStart) * speed;

  const keepDue = (): void => {
    timer = undefined;
    timerAt = Number.POSITIVE_INFINITY;
    try {
      for (let at = agenda.nextAt(); at !== undefined && at <= wallNow(); at = agenda.nextAt()) {
        instant = at;
        agenda.take()?.task();
        if (stopped) return;
      }
    } finally {
      instant = undefined;
    }
    arm();
  };
  const arm = (): void => {
    const at = agenda.nextAt();
    if (stopped || at === undefined || at >= timerAt) return;
    clearTimeout(timer);
    timerAt = at;
    const delay = Math.max(0, (at - wallNow()) / speed);
    timer = setTimeout(keepDue, Math.min(LONGEST_TIMER_MILLISECONDS, Math.ceil(delay)));
  };

  return {
    now: () => instant ?? wallNow(),
    after(delayMilliseconds, task) {
      const appointment = agenda.add((instant ?? wallNow()) + Math.max(0, delayMilliseconds), task);
      // Within an appointment the timer is armed once at the end.
      if (instant === undefined) arm();
      return appointment;
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
