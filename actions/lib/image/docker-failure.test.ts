import { describe, expect, it } from '@jest/globals';
import { UserError } from '../message/user-error.ts';
import { buildFailure } from './build-failure.ts';
import { pushedDigest, pushFailure } from './push-failure.ts';
import { TransientFailure } from './retry.ts';

// What docker 20.10 (classic and BuildKit) and buildx 0.24 really printed, shortened.
const classicRun = `Step 2/3 : COPY bb /bin/sh
 ---> f1dbf3ff4025
Step 3/3 : RUN npm test
 ---> Running in 4530b2429366
1 test failed
The command '/bin/sh -c npm test' returned a non-zero code: 3`;
const classicCopy = `Step 3/3 : COPY missing /x
COPY failed: file not found in build context or excluded by .dockerignore: stat missing: file does not exist`;
const buildkitRun = `#4 [1/2] COPY bb /bin/sh
#4 sha256:091c60f6cb4a724338f86f26957e957a06efa17256874ab8ed2fc025e6ea1967
#4 DONE 0.0s
#5 [2/2] RUN npm test
#5 sha256:82eca44b8ea0835fa13079c6902171d8b7f63810fbe3e786162764ce4043961f
#5 0.134 1 test failed
#5 ERROR: executor failed running [/bin/sh -c npm test]: exit code: 3
------
 > [2/2] RUN npm test:
------
executor failed running [/bin/sh -c npm test]: exit code: 3`;
const buildxRun = `#4 [1/2] COPY bb /bin/sh
#4 CACHED
#5 [2/2] RUN npm test
#5 0.138 1 test failed
#5 ERROR: process "/bin/sh -c npm test" did not complete successfully: exit code: 3
------
 > [2/2] RUN npm test:
0.138 1 test failed
------
Dockerfile:3
--------------------
   3 | >>> RUN npm test
--------------------
ERROR: failed to solve: process "/bin/sh -c npm test" did not complete successfully: exit code: 3

View build details: docker-desktop://dashboard/build/default/default/abc`;
const buildxParse = `#1 [internal] load build definition from Dockerfile
#1 DONE 0.0s
ERROR: failed to solve: dockerfile parse error on line 2: unknown instruction: COPYY`;

describe('a failed build names its step, the reason and the last lines', () => {
  it.each([
    [
      'the classic builder',
      classicRun,
      "The build failed at step 3/3 RUN npm test: The command '/bin/sh -c npm test' returned a non-zero code: 3",
      '  1 test failed',
    ],
    [
      'BuildKit',
      buildkitRun,
      'The build failed at step [2/2] RUN npm test: executor failed running [/bin/sh -c npm test]: exit code: 3',
      '  1 test failed',
    ],
    [
      'buildx',
      buildxRun,
      'The build failed at step [2/2] RUN npm test: process "/bin/sh -c npm test" did not complete successfully: exit code: 3',
      '  1 test failed',
    ],
  ])('%s', (_name, output, sentence, lastLine) => {
    const error = buildFailure(output.split('\n'), 1);
    const [first, heading, ...rest] = error.message.split('\n');
    expect(error.code).toBe('build-failed');
    expect(first).toBe(sentence);
    expect(heading).toBe('The last lines of the step:');
    expect(rest).toEqual([lastLine]);
  });

  it.each([
    ['a missing file', classicCopy, 'COPY failed: file not found in build context'],
    [
      'a Dockerfile that cannot be read',
      buildxParse,
      'dockerfile parse error on line 2: unknown instruction: COPYY',
    ],
    [
      'a missing stage',
      'Sending build context\nError response from daemon: failed to reach build target nope in Dockerfile',
      'The build failed: failed to reach build target nope in Dockerfile',
    ],
    [
      'a wrong option',
      `invalid argument "a b=c" for "--label" flag\n\nUsage:  docker build [OPTIONS] PATH\n\nRun 'docker build --help' for more information`,
      'The build failed: invalid argument "a b=c"',
    ],
    ['silence', '', 'docker ended with exit code 1'],
  ])('%s', (_name, output, expected) => {
    const { message } = buildFailure(output.split('\n'), 1);
    expect(message).toContain(expected);
    expect(message).not.toContain('\n');
  });

  it('shows ten lines at most', () => {
    const output = [
      'Step 1/1 : RUN x',
      ...Array.from({ length: 50 }, (_, line) => `line ${line}`),
      'The command returned a non-zero code: 1',
    ];
    const shown = buildFailure(output, 1).message.split('\n').slice(2);
    expect(shown).toHaveLength(10);
    expect(shown.at(-1)).toBe('  line 49');
  });
});

describe('failures that are not the Dockerfile’s', () => {
  it.each<[string, string, string, string]>([
    ['a full disk', 'write /layer.tar: no space left on device', 'disk-full', 'no space left on device'],
    [
      'a dead daemon',
      'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
      'docker-unavailable',
      'The docker daemon does not answer',
    ],
    [
      'a broken connection',
      'error during connect: Post "http://docker": EOF',
      'docker-unavailable',
      'image-archive',
    ],
  ])('%s', (_name, line, code, expected) => {
    expect(buildFailure([line], 1)).toMatchObject({ code, message: expect.stringContaining(expected) });
  });

  it('a step that spoke of a full disk long before is a failed step', () => {
    const output = [
      'Step 1/1 : RUN npm test',
      'ok: says ENOSPC in one line',
      ...Array.from({ length: 30 }, () => 'ok'),
    ];
    expect(buildFailure([...output, 'returned a non-zero code: 1'], 1).code).toBe('build-failed');
  });

  it('a step that itself looks for a daemon is a failed step', () => {
    const output = [
      'Step 1/1 : RUN docker ps',
      'Cannot connect to the Docker daemon',
      'x',
      'y',
      'returned a non-zero code: 1',
    ];
    expect(buildFailure(output, 1).code).toBe('build-failed');
  });
});

describe('a failed push', () => {
  it.each<[string, string, string, boolean]>([
    [
      'an immutable tag',
      "tag invalid: The image tag 'v1' already exists in the 'web' repository and cannot be overwritten because the repository is immutable.",
      'tag-immutable',
      false,
    ],
    [
      'a missing repository',
      "name unknown: The repository with name 'web' does not exist in the registry with id '123456789012'",
      'repository-not-found',
      false,
    ],
    [
      'a denied role',
      'denied: User: arn:aws:sts::1:assumed-role/x is not authorized to perform: ecr:InitiateLayerUpload',
      'access-denied',
      false,
    ],
    ['a refused token', 'unauthorized: authentication required', 'access-denied', true],
    ['a server error', 'received unexpected HTTP status: 503 Service Unavailable', 'push-failed', true],
    ['a reset', 'write tcp 10.0.0.1:1->10.0.0.2:443: write: connection reset by peer', 'push-failed', true],
    ['a full disk', 'write /x: no space left on device', 'disk-full', false],
  ])('%s', (_name, line, code, transient) => {
    const failure = pushFailure(['The push refers to repository [host/web]', line, ''], 'host/web:v1', 1);
    expect(failure instanceof TransientFailure).toBe(transient);
    const error = failure instanceof TransientFailure ? failure.final : failure;
    expect(error).toBeInstanceOf(UserError);
    expect(error.code).toBe(code);
  });
});

it('the digest of a push is in its last line', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  expect(pushedDigest(['b165bfa5f501: Pushed', `v1: digest: ${digest} size: 524`, ''])).toBe(digest);
  expect(pushedDigest(['v1: digest: sha256:abc size: 524'])).toBeUndefined();
});
