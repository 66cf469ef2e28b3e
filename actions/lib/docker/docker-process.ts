import { StringDecoder } from 'node:string_decoder';
import { exec } from '@actions/exec';
import { cleanRemoteText } from '../message/remote-text.ts';
import { UserError } from '../message/user-error.ts';

export interface DockerCall {
  readonly arguments: readonly string[];
  /** The whole environment of the process. */
  readonly environment: Readonly<Record<string, string>>;
  /** Texts that no line may show, such as build secrets. */
  readonly hidden?: readonly string[];
  /** Told of every cleaned line of both streams, as it comes. */
  readonly onLine?: (line: string) => void;
}

export interface DockerAnswer {
  readonly exitCode: number;
  /** The last cleaned lines of both streams, in the order they came. */
  readonly lines: readonly string[];
  /** Standard output as it was. */
  readonly stdout: string;
}

// Enough for the failing step of a build; a build may print gigabytes.
const keptLines = 2000;
const keptStdoutBytes = 1024 * 1024;

/**
 * Runs docker to its end, whatever its exit code.
 *
 * @throws UserError `docker-unavailable` when there is no docker on the PATH
 */
export async function runDocker(call: DockerCall): Promise<DockerAnswer> {
  const lines: string[] = [];
  const stdout: Buffer[] = [];
  let stdoutBytes = 0;
  const take = (line: string): void => {
    const shown = hide(line, call.hidden ?? []);
    lines.push(shown);
    if (lines.length > keptLines) lines.shift();
    call.onLine?.(shown);
  };
  const readers = { stdout: createLineReader(take), stderr: createLineReader(take) };
  const exitCode = await startDocker(call, {
    stdout(chunk) {
      readers.stdout.write(chunk);
      if (stdoutBytes < keptStdoutBytes) stdout.push(chunk);
      stdoutBytes += chunk.length;
    },
    stderr: readers.stderr.write,
  });
  readers.stdout.end();
  readers.stderr.end();
  return { exitCode, lines, stdout: Buffer.concat(stdout).toString('utf8') };
}

interface Listeners {
  stdout(chunk: Buffer): void;
  stderr(chunk: Buffer): void;
}

async function startDocker(call: DockerCall, listeners: Listeners): Promise<number> {
  try {
    return await exec('docker', [...call.arguments], {
      env: { ...call.environment },
      ignoreReturnCode: true,
      // @actions/exec would print the command and copy output that has not been cleaned.
      silent: true,
      listeners,
    });
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('Unable to locate executable file')) throw error;
    throw new UserError(
      'docker-unavailable',
      'There is no docker on this runner. Use a runner that has it, or push what another builder made with the input image-archive.',
      { cause: error },
    );
  }
}

/** Cuts a stream into lines without breaking characters that span two chunks, and cleans them. */
function createLineReader(onLine: (line: string) => void): { write(chunk: Buffer): void; end(): void } {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  const emit = (text: string): void => {
    for (const line of cleanRemoteText(text).split('\n')) onLine(line.trimEnd());
  };
  return {
    write(chunk) {
      rest += decoder.write(chunk);
      const end = rest.lastIndexOf('\n');
      if (end < 0) return;
      emit(rest.slice(0, end));
      rest = rest.slice(end + 1);
    },
    end() {
      rest += decoder.end();
      if (rest !== '') emit(rest);
      rest = '';
    },
  };
}

function hide(line: string, hidden: readonly string[]): string {
  return hidden.reduce((shown, text) => shown.replaceAll(text, '***'), line);
}
