import { UserError } from '../message/user-error.ts';

const shownLines = 10;

/**
 * The error for a build that ended with a failure, from the last lines it printed: the failing step and what it said.
 *
 * @param lines cleaned output, oldest first
 */
export function buildFailure(lines: readonly string[], exitCode: number): UserError {
  const common = commonDockerFailure(lines);
  if (common !== undefined) return common;
  const step = failingStep(lines);
  const reason = failureReason(lines) ?? `docker ended with exit code ${exitCode}`;
  const tail = stepOutput(lines, step?.prefix).slice(-shownLines);
  const said =
    tail.length === 0 ? '' : `\nThe last lines of the step:\n${tail.map((line) => `  ${line}`).join('\n')}`;
  const where = step === undefined ? '' : ` at ${step.name}`;
  return new UserError('build-failed', `The build failed${where}: ${reason}${said}`);
}

/** The error for a failure that building and pushing have in common: no daemon, no space. */
export function commonDockerFailure(lines: readonly string[]): UserError | undefined {
  const line = (pattern: RegExp): string | undefined =>
    lines.findLast((candidate) => pattern.test(candidate));
  const full = line(/no space left on device|ENOSPC/i);
  if (full !== undefined) {
    return new UserError(
      'disk-full',
      `No space left on the runner's disk: ${full.trim()}. Free some (docker system prune --all), or use a larger runner.`,
    );
  }
  // A step of the build may itself try to reach a daemon and say the same, so only docker's last words count.
  const dead = lines
    .slice(-3)
    .find((candidate) =>
      /^(?:ERROR: )?(?:Cannot connect to the Docker daemon|error during connect)/i.test(candidate),
    );
  return dead === undefined ? undefined : dockerUnavailable(dead);
}

/** @param said what docker printed */
export function dockerUnavailable(said: string): UserError {
  return new UserError(
    'docker-unavailable',
    `The docker daemon does not answer: ${said.trim()} Start it, run on a runner that has docker, or push what another builder made with the input image-archive.`,
  );
}

interface Step {
  readonly name: string;
  /** What BuildKit puts before each line of this step: `#7 `. */
  readonly prefix: string | undefined;
}

// BuildKit: `#7 [build 2/3] RUN false` and later `#7 ERROR: …`. Classic: `Step 2/3 : RUN false`, the last one printed.
function failingStep(lines: readonly string[]): Step | undefined {
  const error = lines.findLast((line) => /^#\d+ ERROR/.test(line));
  if (error !== undefined) {
    const prefix = `${error.split(' ')[0]} `;
    const heading = lines.find((line) => line.startsWith(`${prefix}[`));
    return heading === undefined ? undefined : { name: `step ${heading.slice(prefix.length)}`, prefix };
  }
  const classic = lines.findLast((line) => /^Step \d+\/\d+ : /.test(line));
  if (classic === undefined) return undefined;
  return { name: `step ${classic.slice('Step '.length).replace(' : ', ' ')}`, prefix: undefined };
}

// Every builder ends with the reason; only BuildKit's rules and docker's advertisement may follow it.
function failureReason(lines: readonly string[]): string | undefined {
  const meaningful = lines.filter((line) => line.trim() !== '' && !/^-+$|^View build details/.test(line));
  const reason = meaningful.findLast((line) => line.startsWith('ERROR: ')) ?? meaningful.at(-1);
  return reason?.replace(/^ERROR: /, '').replace(/^(?:failed to solve: )+/, '');
}

function stepOutput(lines: readonly string[], prefix: string | undefined): string[] {
  if (prefix !== undefined) {
    return lines
      .filter((line) => line.startsWith(prefix))
      .map((line) => line.slice(prefix.length))
      .filter((line) => !/^(?:\[|ERROR|sha256:|CACHED|DONE)/.test(line))
      .map((line) => line.replace(/^\d+(?:\.\d+)? /, ''));
  }
  const start = lines.findLastIndex((line) => /^Step \d+\/\d+ : /.test(line));
  return lines
    .slice(start + 1)
    .filter(
      (line) => line.trim() !== '' && !/^ ---> |returned a non-zero code|^Removing intermediate/.test(line),
    );
}
