import { access, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readActionMetadata } from './action-metadata.ts';
import { type CommandFileContents, makeCommandFiles, readCommandFiles } from './command-files.ts';
import { defaultVariables } from './default-variables.ts';
import { type CancellationDelays, githubCancellationDelays, runNodeProcess } from './node-process.ts';
import { prepareInputs } from './step-inputs.ts';
import { type Annotation, createStepLog, type LogLine, type StepLog } from './step-log.ts';

export interface Step {
  /** Folder name under `actions/`. */
  readonly action: string;
  /** The step's `with:`. */
  readonly inputs: Readonly<Record<string, string>>;
  /** The step's `env:`; it may replace GITHUB_* too. Nothing else of the caller's environment but PATH and HOME is seen. */
  readonly env?: Readonly<Record<string, string>>;
  /** The checkout: working directory and GITHUB_WORKSPACE. */
  readonly workspace: string;
  /** Where `actions/` and `dist/` are; this repository by default. */
  readonly repositoryRoot?: string;
  /** RUNNER_TEMP of the job, where steps hand files to each other. By default a fresh one that goes with the step. */
  readonly runnerTemp?: string;
  /** Cancels the step when it fires, as a person cancels a run. */
  readonly cancel?: AbortSignal;
  /** GitHub's own delays by default. */
  readonly cancellationDelays?: CancellationDelays;
  readonly onLine?: (line: LogLine) => void;
}

export interface StepResult {
  /** Of the main phase: 0 is a green step; 128 plus the signal's number where a signal ended it. */
  readonly exitCode: number;
  /** Of the post phase, where the action has one. */
  readonly postExitCode: number | undefined;
  /** Everything the action printed in both phases, as the job's log shows it. */
  readonly lines: readonly LogLine[];
  /** The lines' texts, joined. */
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** State that main saved for post. */
  readonly state: Readonly<Record<string, string>>;
  /** The job summary in Markdown: main's, then post's. */
  readonly summary: string;
  readonly annotations: readonly Annotation[];
  /** Values the action asked to mask. */
  readonly masks: ReadonlySet<string>;
  /** Paths relative to RUNNER_TEMP that were still there after the post phase. */
  readonly filesLeft: readonly string[];
  /** Of the main phase, on the wall. */
  readonly durationSeconds: number;
}

/**
 * Runs one JavaScript action as a step of a job on GitHub's runner: main, then post, each as a process of its own under
 * Node 24 that knows its inputs, GITHUB_* and little else.
 *
 * @throws Error when the action has no usable action.yml or its bundle has not been built
 */
export async function runStep(step: Step): Promise<StepResult> {
  const root = step.repositoryRoot ?? fileURLToPath(new URL('../../', import.meta.url));
  const metadata = await readActionMetadata(join(root, 'actions', step.action));
  await requireBuilt(metadata.mainPath);
  const temp = step.runnerTemp ?? (await mkdtemp(join(tmpdir(), 'rehearsal-runner-')));
  // GitHub keeps its own files beside RUNNER_TEMP's content, in _runner_file_commands.
  const commandFiles = await mkdtemp(join(tmpdir(), 'rehearsal-commands-'));
  try {
    const startedAt = performance.now();
    const elapsedSeconds = (): number => (performance.now() - startedAt) / 1000;
    const log = createStepLog(elapsedSeconds, step.onLine);
    const environment = await stepEnvironment(step, temp, commandFiles);
    const inputs = prepareInputs(metadata, step.inputs, githubContext(environment));
    for (const warning of inputs.warnings) log.annotate('warning', warning);
    const runPhase = createPhaseRunner(step, log, commandFiles);

    const main = await runPhase('main', metadata.mainPath, { ...environment, ...inputs.environment });
    const durationSeconds = elapsedSeconds();
    const state = prefixKeys('STATE_', main.state);
    log.beginPost();
    const post =
      metadata.postPath === undefined
        ? undefined
        : await runPhase('post', metadata.postPath, {
            ...extendEnvironment(environment, main),
            ...inputs.environment,
            ...state,
          });
    return {
      exitCode: main.exitCode,
      postExitCode: post?.exitCode,
      lines: log.lines,
      log: log.lines.map(({ text }) => text).join('\n'),
      outputs: main.outputs,
      state: main.state,
      summary: [main.summary, post?.summary ?? ''].join(''),
      annotations: log.annotations,
      masks: log.masks,
      filesLeft: await readdir(temp, { recursive: true }),
      durationSeconds,
    };
  } finally {
    await rm(commandFiles, { recursive: true, force: true });
    if (step.runnerTemp === undefined) await rm(temp, { recursive: true, force: true });
  }
}

interface PhaseResult extends CommandFileContents {
  readonly exitCode: number;
}

type RunPhase = (
  name: 'main' | 'post',
  scriptPath: string,
  environment: Readonly<Record<string, string>>,
) => Promise<PhaseResult>;

function createPhaseRunner(step: Step, log: StepLog, directory: string): RunPhase {
  return async (name, scriptPath, environment) => {
    const files = await makeCommandFiles(join(directory, name));
    const exitCode = await runNodeProcess({
      scriptPath,
      workingDirectory: step.workspace,
      environment: { ...environment, ...files },
      onLine: log.take,
      // A cancelled job still runs its post phases to their end.
      cancel: name === 'main' ? step.cancel : undefined,
      cancellationDelays: step.cancellationDelays ?? githubCancellationDelays,
    });
    const contents = await readCommandFiles(files, log);
    return { ...contents, exitCode: contents.malformed && exitCode === 0 ? 1 : exitCode };
  };
}

async function stepEnvironment(
  step: Step,
  temp: string,
  commandFiles: string,
): Promise<Record<string, string>> {
  const event = join(commandFiles, 'event.json');
  await writeFile(event, '{}');
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: process.env['HOME'] ?? temp,
    ...defaultVariables({ workspace: step.workspace, temp, event }),
    ...step.env,
  };
}

function githubContext(environment: Readonly<Record<string, string>>): Record<string, string> {
  const names = Object.keys(environment).filter((name) => name.startsWith('GITHUB_'));
  return Object.fromEntries(
    names.map((name) => [name.slice('GITHUB_'.length).toLowerCase(), environment[name] ?? '']),
  );
}

function extendEnvironment(
  environment: Readonly<Record<string, string>>,
  main: PhaseResult,
): Record<string, string> {
  const path = [...main.path.toReversed(), environment['PATH'] ?? ''].join(delimiter);
  return { ...environment, ...main.env, PATH: path };
}

function prefixKeys(prefix: string, values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [prefix + name, value]));
}

async function requireBuilt(path: string): Promise<void> {
  try {
    await access(path);
  } catch (error) {
    throw new Error(`${path} does not exist: run \`npm run build\` first`, { cause: error });
  }
}
