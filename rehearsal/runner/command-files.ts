import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseKeyValues } from './key-values.ts';
import type { StepLog } from './step-log.ts';

const names = ['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_STEP_SUMMARY'] as const;

/** The files through which an action talks to the runner, by the variables that name them. */
export type CommandFiles = Readonly<Record<(typeof names)[number], string>>;

export interface CommandFileContents {
  readonly outputs: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly path: readonly string[];
  readonly summary: string;
  /** A file could not be read as the runner reads it; that fails the step, whatever the exit code was. */
  readonly malformed: boolean;
}

/** Makes the files of one phase, empty, in a new directory. */
export async function makeCommandFiles(directory: string): Promise<CommandFiles> {
  await mkdir(directory);
  const pairs = names.map((name) => [name, join(directory, name)] as const);
  for (const [, path] of pairs) await writeFile(path, '');
  return Object.fromEntries(pairs) as CommandFiles;
}

/** Reads what a phase left in its files; what is wrong with them becomes error annotations in the runner's words. */
export async function readCommandFiles(files: CommandFiles, log: StepLog): Promise<CommandFileContents> {
  let malformed = false;
  async function read<T>(name: keyof CommandFiles, parse: (text: string) => T, fallback: T): Promise<T> {
    try {
      return parse(await readFile(files[name], 'utf8'));
    } catch (error) {
      malformed = true;
      log.annotate('error', `Unable to process file command '${name}' successfully.`);
      log.annotate('error', error instanceof Error ? error.message : String(error));
      return fallback;
    }
  }
  return {
    outputs: await read('GITHUB_OUTPUT', parseKeyValues, {}),
    state: await read('GITHUB_STATE', parseKeyValues, {}),
    env: await read('GITHUB_ENV', parseKeyValues, {}),
    path: await read('GITHUB_PATH', (text) => text.split('\n').filter((line) => line !== ''), []),
    summary: limitSummary(await readFile(files.GITHUB_STEP_SUMMARY, 'utf8'), log),
    malformed,
  };
}

const summaryLimitKilobytes = 1024;

// Above the limit GitHub shows nothing at all, and the step goes on.
// https://docs.github.com/actions/reference/workflow-commands-for-github-actions#step-isolation-and-limits
function limitSummary(text: string, log: StepLog): string {
  const kilobytes = Math.ceil(Buffer.byteLength(text) / 1024);
  if (kilobytes <= summaryLimitKilobytes) return log.mask(text);
  log.annotate(
    'error',
    `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of ${summaryLimitKilobytes}k, got ${kilobytes}k.`,
  );
  return '';
}
