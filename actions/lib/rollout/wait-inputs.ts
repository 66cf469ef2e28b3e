import type { InputReader } from '../input/reader.ts';
import { parseServices, type ServiceReference } from './service-reference.ts';
import type { WaitOptions } from './wait-options.ts';

/** What both waiting actions take in. */
export interface WaitInputs {
  readonly services: readonly ServiceReference[];
  readonly options: Omit<WaitOptions, 'onCancel'>;
  readonly onSuperseded: 'fail' | 'warn';
  readonly maxRetries: number;
}

/** Reads the inputs that mean the same in every action that waits for a rollout. */
export function readWaitInputs(input: InputReader): WaitInputs {
  const cluster = input.text('cluster');
  const split = (text: string): string[] =>
    text
      .split(/[\n,]/)
      .map((item) => item.trim())
      .filter((item) => item !== '');
  return {
    services: input.parsed('service', (text) => parseServices(split(text), cluster), []),
    options: {
      timeoutSeconds: input.number('timeout-minutes', { min: 0.05, max: 1440 }) * 60,
      pollSeconds: input.number('poll-seconds', { min: 0.1, max: 60 }),
      abortAfter: input.integer('abort-after', { min: 0, max: 1000 }),
      onFailure: input.oneOf('on-failure', ['rollback', 'leave']),
      waitFor: input.oneOf('wait-for', ['completed', 'drained', 'paused']),
      logLines: input.integer('log-lines', { min: 0, max: 1000 }),
    },
    onSuperseded: input.oneOf('on-superseded', ['fail', 'warn']),
    maxRetries: input.integer('max-retries', { min: 0, max: 10 }),
  };
}
