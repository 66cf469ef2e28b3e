import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { FinishedJob } from '../page/job.ts';
import { renderSummaryPage } from '../page/summary-page.ts';
import type { TextStyle } from '../page/text-style.ts';
import { startRehearsal } from '../rehearsal.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { runChain } from './chain.ts';
import { readCommit } from './commit.ts';
import { createDocker } from './docker.ts';
import { createJob, type Job } from './job.ts';
import { createProgress } from './progress.ts';
import { type Conclusion, concludeRehearsal } from './verdict.ts';

export interface RunOptions {
  readonly repositoryRoot: string;
  /** Where the page goes. */
  readonly pageDirectory: string;
  readonly scenario: Scenario;
  readonly app: string;
  /** How many virtual seconds pass in one of the wall. */
  readonly speed: number;
  readonly write: (line: string) => void;
  readonly style: TextStyle;
  /** The caller's environment, of which docker's client sees all and the steps what they need. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Cancels the step that runs, as a person cancels a run. */
  readonly interrupt: AbortSignal;
}

/** Rehearses one scenario, shows it, writes its page, and answers with the exit code. */
export async function runRehearsal(options: RunOptions): Promise<number> {
  const { repositoryRoot, scenario, app, write, style } = options;
  const speed = options.speed * (scenario.speedFactor ?? 1);
  const startedAt = performance.now();
  const progress = createProgress(write, style, () => (performance.now() - startedAt) / 1000);
  write(`${style.bold(scenario.name)}: ${scenario.description}`);
  const rehearsal = await startRehearsal({ speed });
  const runnerTemp = await mkdtemp(join(tmpdir(), 'rehearsal-job-'));
  try {
    const docker = createDocker(options.env);
    const commit = await readCommit(repositoryRoot);
    const environment = {
      ...rehearsal.environment(),
      ...docker.environment,
      ...commit,
      // A developer's own profile must not find its way in.
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_EC2_METADATA_DISABLED: 'true',
    };
    const builder = await docker.findBuilder(rehearsal);
    const job = createJob({ repositoryRoot, runnerTemp, environment, progress });
    if (options.interrupt.aborted) job.cancel();
    options.interrupt.addEventListener('abort', job.cancel);
    progress.note(
      `The local AWS answers on ${rehearsal.endpoint}; its clock runs ${speed} times as fast as yours.`,
    );
    const version = commit['GITHUB_SHA']?.slice(0, 7) ?? 'rehearsal';
    const end = await runChain({
      rehearsal,
      scenario,
      app,
      docker,
      builder,
      repositoryRoot,
      runnerTemp,
      job,
      progress,
      version,
    });
    const conclusion = concludeRehearsal(scenario.name, scenario.expected, end);
    for (const step of job.steps) progress.summary(step.name, step.summary);
    const page = await writePage(options, job, conclusion);
    sayEnd(options, job, conclusion, page);
    return options.interrupt.aborted ? 130 : conclusion.exitCode;
  } finally {
    await rehearsal.close();
    await rm(runnerTemp, { recursive: true, force: true });
  }
}

async function writePage(
  { pageDirectory, scenario, app }: RunOptions,
  job: Job,
  { sentence, exitCode }: Conclusion,
): Promise<string> {
  const finished: FinishedJob = {
    title: sentence,
    subtitle: `apps/${app}, rehearsed by Slipway on a local AWS: ${scenario.description}`,
    succeeded: exitCode === 0,
    steps: job.steps,
  };
  await mkdir(pageDirectory, { recursive: true });
  const path = join(pageDirectory, `summary-${scenario.name}.html`);
  await writeFile(path, await renderSummaryPage(finished));
  return relative(process.cwd(), path);
}

function sayEnd(
  { scenario, write, style }: RunOptions,
  job: Job,
  conclusion: Conclusion,
  page: string,
): void {
  const { exitCode, sentence } = conclusion;
  const [mark, colour] = exitCode === 0 ? ['✔', style.green] : ['✘', style.red];
  const errors = job.steps.flatMap(({ lines }) => lines.filter(({ kind }) => kind === 'error'));
  write('');
  for (const { text } of errors) write(style.red(text.split('\n', 1)[0] ?? ''));
  write(style.bold(colour(`${mark} ${sentence}.`)));
  write(`Summaries of all steps: ${page}`);
  const next = scenario.name === 'healthy' ? '--scenario crash-loop' : '--list';
  write(`Try next: npm run rehearse -- ${next}, or -- --serve to keep the local AWS up.`);
}
