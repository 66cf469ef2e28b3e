import { UserError } from '../message/user-error.ts';
import { commonDockerFailure } from './build-failure.ts';
import { TransientFailure } from './retry.ts';

/**
 * The error for a failed push from docker's last lines; a TransientFailure where another attempt may help.
 *
 * @param lines cleaned output, oldest first
 */
export function pushFailure(
  lines: readonly string[],
  reference: string,
  exitCode: number,
): UserError | TransientFailure {
  const common = commonDockerFailure(lines);
  if (common !== undefined) return common;
  const said =
    lines.findLast((line) => line.trim() !== '')?.trim() ?? `docker ended with exit code ${exitCode}`;
  const what = `The push of ${reference} failed`;
  if (/immutable/i.test(said)) {
    return new UserError('tag-immutable', `The registry refused the push of ${reference}: ${said}`);
  }
  if (/name unknown|repository .*does not exist/i.test(said)) {
    return new UserError(
      'repository-not-found',
      `${what}: ${said}. Create the repository, or correct the name.`,
    );
  }
  if (!/denied|no basic auth credentials|unauthorized|403 Forbidden/i.test(said)) {
    return new TransientFailure(new UserError('push-failed', `${what}: ${said}`));
  }
  const refused = new UserError(
    'access-denied',
    `${what}: ${said}. Allow the role of this job to push (see the permissions in the action's README).`,
  );
  // ECR's front refuses a good token now and then: https://github.com/docker/build-push-action/issues/719
  return /denied|403/i.test(said) ? refused : new TransientFailure(refused);
}

/** The digest in docker's line `v1: digest: sha256:… size: 528`; undefined when it printed none. */
export function pushedDigest(lines: readonly string[]): string | undefined {
  const line = lines.findLast((candidate) => /digest: sha256:[0-9a-f]{64} size: \d+/.test(candidate));
  return line === undefined ? undefined : /sha256:[0-9a-f]{64}/.exec(line)?.[0];
}
