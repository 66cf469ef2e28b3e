import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { fileURLToPath } from 'node:url';

/** The pinned Node 24 of this repository, whatever Node runs the rehearsal. */
export const nodePath = fileURLToPath(new URL('../../node_modules/node/bin/node', import.meta.url));

/** How long a cancelled action may still work before the next, harder signal. */
export interface CancellationDelays {
  /** From SIGINT to SIGTERM. */
  readonly terminateMilliseconds: number;
  /** From SIGTERM to SIGKILL. */
  readonly killMilliseconds: number;
}

/** @see https://docs.github.com/actions/reference/workflow-cancellation-reference */
export const githubCancellationDelays: CancellationDelays = {
  terminateMilliseconds: 7500,
  killMilliseconds: 2500,
};

export interface NodeProcess {
  readonly scriptPath: string;
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly onLine: (line: string) => void;
  /** Cancels the process when it fires. */
  readonly cancel?: AbortSignal | undefined;
  readonly cancellationDelays: CancellationDelays;
  /** How long the streams may stay open after the end: an orphan may hold them for ever. */
  readonly drainMilliseconds?: number;
}

/** Runs a script under Node 24 to its end. The exit code is 128 plus the signal's number where a signal ended it. */
export async function runNodeProcess(options: NodeProcess): Promise<number> {
  const child = spawn(nodePath, [options.scriptPath], {
    cwd: options.workingDirectory,
    env: options.environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Its own process group: Ctrl+C reaches the action through `cancel` only, and a kill takes its children along.
    detached: true,
  });
  const streams = [readLines(child.stdout, options.onLine), readLines(child.stderr, options.onLine)];
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + signalNumber(signal)));
  });
  const stopListening = cancelOn(child, options);
  try {
    const exitCode = await ended;
    await withTimeLimit(Promise.all(streams), options.drainMilliseconds ?? 5000);
    return exitCode;
  } finally {
    stopListening();
    child.stdout.destroy();
    child.stderr.destroy();
  }
}

function cancelOn(child: ChildProcess, { cancel, cancellationDelays }: NodeProcess): () => void {
  const timers: NodeJS.Timeout[] = [];
  const { terminateMilliseconds, killMilliseconds } = cancellationDelays;
  const begin = (): void => {
    child.kill('SIGINT');
    timers.push(setTimeout(() => child.kill('SIGTERM'), terminateMilliseconds));
    timers.push(setTimeout(() => killGroup(child), terminateMilliseconds + killMilliseconds));
  };
  if (cancel?.aborted) begin();
  else cancel?.addEventListener('abort', begin, { once: true });
  return () => {
    cancel?.removeEventListener('abort', begin);
    for (const timer of timers) clearTimeout(timer);
  };
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  process.kill(-child.pid, 'SIGKILL');
}

function signalNumber(signal: NodeJS.Signals | null): number {
  return { SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }[signal as string] ?? 1;
}

// The runner ends a line at \n, \r\n and a lone \r, so a command hidden behind a \r is a command.
async function readLines(stream: Readable, onLine: (line: string) => void): Promise<void> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  await new Promise<void>((resolve) => {
    stream.on('data', (chunk: Buffer) => {
      const parts = (rest + decoder.write(chunk)).split(/\r\n|\n|\r(?=[^\n])/);
      rest = parts.pop() ?? '';
      for (const part of parts) onLine(part);
    });
    stream.once('close', resolve);
  });
  rest += decoder.end();
  if (rest !== '') onLine(rest.replace(/\r$/, ''));
}

async function withTimeLimit(work: Promise<unknown>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work, limit]);
  clearTimeout(timer);
}
