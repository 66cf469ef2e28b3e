import type { LogLine } from '../runner/step-log.ts';

/** A finished run, as the page and the terminal show it. */
export interface FinishedJob {
  readonly title: string;
  /** One sentence under the title. */
  readonly subtitle: string;
  readonly succeeded: boolean;
  readonly steps: readonly FinishedStep[];
}

export interface FinishedStep {
  readonly name: string;
  readonly status: 'succeeded' | 'failed' | 'cancelled' | 'skipped';
  readonly durationSeconds: number;
  /** The step's job summary in Markdown. */
  readonly summary: string;
  readonly lines: readonly LogLine[];
}
