import type { Log } from '../message/log.ts';
import type { UserError } from '../message/user-error.ts';
import type { Clock } from '../rollout/clock.ts';

/** A failure that may pass by itself. `final` is what the user reads when it does not. */
export class TransientFailure extends Error {
  readonly final: UserError;
  readonly retryAfterSeconds: number | undefined;

  constructor(final: UserError, retryAfterSeconds?: number) {
    super(final.message, { cause: final });
    this.name = 'TransientFailure';
    this.final = final;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export interface RetryOptions {
  readonly clock: Clock;
  /** A number from 0 up to 1, as Math.random. */
  readonly random: () => number;
  /** 3 means up to four attempts. */
  readonly maxRetries: number;
  readonly log: Log;
}

const baseSeconds = 0.5;
const ceilingSeconds = 20;

/**
 * Calls `operation` until it succeeds, fails for good, or has been retried often enough. Waits grow from half a second,
 * doubled each time, cut at 20 s, with full jitter (https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/);
 * a Retry-After of the registry is the least it waits.
 */
export async function retryTransient<T>(
  { clock, random, maxRetries, log }: RetryOptions,
  operation: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await operation();
    } catch (error) {
      if (!(error instanceof TransientFailure)) throw error;
      if (attempt > maxRetries) throw error.final;
      const jittered = random() * Math.min(ceilingSeconds, baseSeconds * 2 ** (attempt - 1));
      const seconds = Math.max(jittered, Math.min(error.retryAfterSeconds ?? 0, 60));
      log.info(`${error.message} Trying again in ${seconds.toFixed(1)} s (${attempt} of ${maxRetries}).`);
      await clock.sleep(seconds * 1000);
    }
  }
}
