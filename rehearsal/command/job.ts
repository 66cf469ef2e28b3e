import type { FinishedStep } from '../page/job.ts';
import { runStep } from '../runner/run-step.ts';
import type { Progress } from './progress.ts';

/** Steps of one job, run one after the other, with one RUNNER_TEMP and one environment. */
export interface Job {
  /** Runs an action as the next step; after a failed step it is skipped, and its outputs are undefined. */
  run(action: string, inputs: Readonly<Record<string, string>>): Promise<JobStep | undefined>;
  /** Cancels the step that runs now as a person cancels a run. */
  cancel(): void;
  readonly steps: readonly FinishedStep[];
}

export interface JobStep {
  readonly exitCode: number;
  readonly outputs: Readonly<Record<string, string>>;
}

export function createJob(options: {
  readonly repositoryRoot: string;
  readonly runnerTemp: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly progress: Progress;
}): Job {
  const { repositoryRoot, runnerTemp, environment, progress } = options;
  const steps: FinishedStep[] = [];
  let cancellation = new AbortController();
  let failed = false;
  let cancelled = false;
  return {
    steps,
    cancel() {
      progress.note('The run is cancelled: SIGINT, and harder signals if that does not end the step.');
      cancelled = true;
      cancellation.abort();
    },
    async run(action, inputs) {
      if (failed || cancelled) {
        progress.skipStep(action);
        steps.push({ name: action, status: 'skipped', durationSeconds: 0, summary: '', lines: [] });
        return undefined;
      }
      cancellation = new AbortController();
      const { signal } = cancellation;
      progress.beginStep(action, inputs);
      const result = await runStep({
        action,
        inputs,
        env: environment,
        workspace: repositoryRoot,
        repositoryRoot,
        runnerTemp,
        cancel: signal,
        onLine: progress.line,
      });
      const status = result.exitCode === 0 ? 'succeeded' : signal.aborted ? 'cancelled' : 'failed';
      progress.endStep(status, result.durationSeconds);
      failed = status !== 'succeeded';
      steps.push({
        name: action,
        status,
        durationSeconds: result.durationSeconds,
        summary: result.summary,
        lines: result.lines,
      });
      return { exitCode: result.exitCode, outputs: result.outputs };
    },
  };
}
