import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Where the repository is checked out: GITHUB_WORKSPACE, or the current directory outside a runner. */
export function workspace(): string {
  return resolve(process.env['GITHUB_WORKSPACE'] || '.');
}

/** A new private directory (0700) under RUNNER_TEMP, which the runner empties after every job. */
export async function makeTemporaryDirectory(prefix: string): Promise<string> {
  return mkdtemp(join(process.env['RUNNER_TEMP'] || tmpdir(), `slipway-${prefix}-`));
}

/** Removes a directory with all it holds; a missing one is no error. */
export async function removeDirectory(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true });
}
