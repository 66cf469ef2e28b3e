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
  const last = failureLine(lines);
  const reason = last === undefined ? `docker ended with exit code ${exitCode}` : trimReason(last);
  if (step === undefined) return new UserError('build-failed', `The build failed: ${reason}`);
  const tail = stepOutput(lines, step)
    .filter((line) => line !== last)
    .slice(-shownLines);
  const said =
    tail.length === 0 ? '' : `\nThe last lines of the step:\n${tail.map((line) => `  ${line}`).join('\n')}`;
  return new UserError('build-failed', `The build failed at ${step.name}: ${reason}${said}`);
}

/** The error for a failure that building and pushing have in common: no daemon, no space. */
export function commonDockerFailure(lines: readonly string[]): UserError | undefined {
  // Docker ends with what stopped it. A step's own words, further up, may name other disks and other daemons.
  const full = lines.slice(-20).findLast((line) => /no space left on device|ENOSPC/i.test(line));
  if (full !== undefined) {
    return new UserError(
      'disk-full',
      `No space left on the runner's disk: ${full.trim()}. Free some (docker system prune --all), or use a larger runner.`,
    );
  }
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

// Every builder ends with the reason; only BuildKit's rules, and docker's advertisement or advice, may follow it.
function failureLine(lines: readonly string[]): string | undefined {
  const noise = /^\s*$|^-+$|^View build details|^(?:Usage:|Run|See) +'?docker /;
  const meaningful = lines.filter((line) => !noise.test(line));
  return meaningful.findLast((line) => line.startsWith('ERROR: ')) ?? meaningful.at(-1);
}

function trimReason(line: string): string {
  return line.replace(/^ERROR: /, '').replace(/^(?:failed to solve: |Error response from daemon: )+/, '');
}

function stepOutput(lines: readonly string[], { prefix }: Step): string[] {
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
