/** Time as a port: tests and property tests step it, `lib/runner` reads the machine's. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Resolves after `milliseconds`, or at once when `signal` fires; it never rejects. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}
