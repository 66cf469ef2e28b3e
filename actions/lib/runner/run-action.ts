import * as core from '@actions/core';
import type { InputReader } from '../input/reader.ts';
import { readInputs } from '../input/reader.ts';
import { UserError } from '../message/user-error.ts';

/** The phases of one action. `post` runs in the step's post phase, whatever became of `main`. */
export interface Action {
  main(): Promise<void>;
  post?(): Promise<void>;
}

const phaseKey = 'slipwayPhase';

/**
 * Runs an action's phase as GitHub's runner asked for it, and is the one place where errors end: a UserError becomes one
 * `::error::` annotation without a stack, anything else is our bug and prints its stack, folded. A post phase only warns:
 * it never breaks a green job.
 *
 * The runner starts the same file for `main` and `post`; state saved by main tells them apart.
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions#sending-values-to-the-pre-and-post-actions
 */
export async function runAction(action: Action): Promise<void> {
  const isPost = core.getState(phaseKey) === 'post';
  try {
    if (isPost) return await action.post?.();
    core.saveState(phaseKey, 'post');
    await action.main();
  } catch (caught) {
    const error = explainFullDisk(caught);
    if (isPost) core.warning(describe(error));
    else core.setFailed(describe(error));
    if (!(error instanceof UserError)) printStack(error);
  } finally {
    leaveSoon();
  }
}

// A connection that went silent would keep the process alive for as long as its timeout; nobody waits for it any more.
function leaveSoon(): void {
  setTimeout(() => process.exit(), 500).unref();
}

/** Reads the action's inputs from `INPUT_*`, all problems at once. */
export function readActionInputs<T>(read: (input: InputReader) => T): T {
  return readInputs((name) => core.getInput(name, { trimWhitespace: false }), read);
}

/** Whatever was being written: a full disk is the runner's fault, and one sentence says so. */
function explainFullDisk(error: unknown): unknown {
  const full = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
  if (!full || error instanceof UserError) return error;
  const message = `No space left on the runner's disk (${error.message}). Free some, or use a larger runner.`;
  return new UserError('disk-full', message, { cause: error });
}

function describe(error: unknown): string {
  if (error instanceof UserError) return error.message;
  const text = error instanceof Error ? error.message : String(error);
  return `slipway failed unexpectedly, please report this with the folded stack below: ${text}`;
}

function printStack(error: unknown): void {
  core.startGroup('Stack');
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    core.info(cause.stack ?? cause.message);
  core.endGroup();
}
