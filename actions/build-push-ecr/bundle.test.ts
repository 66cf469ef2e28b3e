import { mkdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { writeStandInImage } from '../../rehearsal/image-archive/stand-in-image.ts';
import { type BundleStage, openBundleStage } from '../../rehearsal/runner/bundle-stage.ts';
import { AwsError } from '../../rehearsal/server/service.ts';

jest.setTimeout(120_000);
let stage: BundleStage;
let digest = '';
let otherDigest = '';

beforeAll(async () => {
  stage = await openBundleStage('build-push-ecr', { repository: 'web', retries: '0' });
  await mkdir(join(stage.workspace, 'app'));
  await writeFile(join(stage.workspace, 'app', 'main.js'), 'console.log(1)');
  ({ digest } = await writeStandInImage(join(stage.workspace, 'app'), join(stage.workspace, 'app.tar')));
  await writeFile(join(stage.workspace, 'app', 'main.js'), 'console.log(2)');
  ({ digest: otherDigest } = await writeStandInImage(
    join(stage.workspace, 'app'),
    join(stage.workspace, 'other.tar'),
  ));
  await stage.createRepository('web');
  await stage.createRepository('fixed', 'IMMUTABLE');
});
afterAll(() => stage.close());
beforeEach(() => {
  stage.aws.faults.length = 0;
  stage.takeCalls();
});

describe('an archive', () => {
  it('is pushed by its own digest under the tags of the commit, and nothing is left behind', async () => {
    const denied = { error: new AwsError('AccessDeniedException', 'No.') };
    for (const operation of ['DescribeRepositories', 'DescribeImages', 'ListImages']) {
      stage.aws.faults.push({ service: 'ecr', operation, fault: denied });
    }
    const step = await stage.run({ 'image-archive': 'app.tar' });
    expect(step).toMatchObject({ exitCode: 0, postExitCode: 0, annotations: [], filesLeft: [] });
    expect(step.outputs).toEqual({
      image: `${stage.host}/web@${digest}`,
      digest,
      tags: '4f9c2d7\nmain',
      registry: stage.host,
      repository: 'web',
      'image-tagged': `${stage.host}/web:4f9c2d7`,
      reused: 'false',
    });
    expect(step.summary).toContain(`## Image pushed\n\n\`${stage.host}/web@${digest}\``);
    expect(step.summary).toContain('linux/amd64');
  });

  it('pushed again costs two calls', async () => {
    const step = await stage.run({ 'image-archive': 'app.tar' });
    expect(step.outputs).toMatchObject({ digest, reused: 'true' });
    expect(stage.takeCalls()).toEqual(['ecr GetAuthorizationToken', 'ecr BatchGetImage']);
  });

  it('goes through lost connections', async () => {
    stage.aws.faults.push({
      service: 'registry',
      operation: 'PATCH upload',
      times: 1,
      fault: { dropConnection: true },
    });
    stage.aws.faults.push({
      service: 'ecr',
      operation: 'BatchGetImage',
      times: 1,
      fault: { dropConnection: true },
    });
    const step = await stage.run({ 'image-archive': 'other.tar', tags: 'again', retries: '2' });
    expect(step.outputs['digest']).toBe(otherDigest);
    expect(step.log).toContain('Trying again');
  });

  it('meets an immutable tag of another image with one annotation that names both', async () => {
    await stage.run({ repository: 'fixed', 'image-archive': 'app.tar', tags: 'v1' });
    const step = await stage.run({ repository: 'fixed', 'image-archive': 'other.tar', tags: 'new\nv1' });
    expect(step.exitCode).toBe(1);
    expect(step.annotations).toHaveLength(1);
    expect(step.annotations[0]?.message).toContain(`The tag "v1" of fixed belongs to ${digest}`);
    expect(step.annotations[0]?.message).toContain(`this image is ${otherDigest}`);
    const { images } = (await stage.aws.call('ecr', 'BatchGetImage', {
      repositoryName: 'fixed',
      imageIds: [{ imageTag: 'new' }],
    })) as { images: unknown[] };
    expect(images).toEqual([]);
  });
});

describe('a repository', () => {
  it('is created where that is wanted, and a re-run of the commit is green with two calls', async () => {
    const inputs = { repository: 'new/web', 'create-repository': 'true', 'image-archive': 'app.tar' };
    const step = await stage.run(inputs);
    expect(step).toMatchObject({ exitCode: 0, outputs: { digest, tags: '4f9c2d7\nmain' } });
    const { repositories } = (await stage.aws.call('ecr', 'DescribeRepositories', {
      repositoryNames: ['new/web'],
    })) as { repositories: object[] };
    expect(repositories[0]).toMatchObject({
      imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
      imageScanningConfiguration: { scanOnPush: true },
    });
    stage.takeCalls();
    expect((await stage.run(inputs)).outputs).toMatchObject({ digest, reused: 'true' });
    expect(stage.takeCalls()).toEqual(['ecr GetAuthorizationToken', 'ecr BatchGetImage']);
  });

  it('whose tags stay does not get a moving one, and says how it could', async () => {
    await stage.createRepository('fixed/web', 'IMMUTABLE');
    const step = await stage.run({ repository: 'fixed/web', 'image-archive': 'app.tar' });
    expect(step).toMatchObject({ exitCode: 0, outputs: { tags: '4f9c2d7' } });
    expect(step.annotations.map(({ message }) => message)).toEqual([
      expect.stringContaining('does not get the tag main'),
    ]);
    stage.takeCalls();
    const again = await stage.run({ repository: 'fixed/web', 'image-archive': 'app.tar' });
    expect(again.outputs).toMatchObject({ reused: 'true', digest });
    expect(stage.takeCalls().length).toBeLessThanOrEqual(5);
  });
});

describe('the scan gate', () => {
  it('that is shut fails the step, with outputs and summary of what was pushed', async () => {
    const step = await stage.run({ 'image-archive': 'app.tar', scan: 'high', 'scan-timeout-minutes': '0' });
    expect(step.exitCode).toBe(1);
    expect(step.outputs['image']).toBe(`${stage.host}/web@${digest}`);
    expect(step.summary).toContain('### Scan\n\nScanning is not enabled for');
    expect(step.annotations).toHaveLength(1);
  });
});

describe('the login', () => {
  it('is masked, and in no output, state, log or summary', async () => {
    const step = await stage.run({ 'image-archive': 'app.tar' });
    const secrets = [...step.masks].filter((mask) => mask.length > 100);
    expect(secrets).toHaveLength(2);
    const shown = [step.log, step.summary, JSON.stringify(step.outputs), JSON.stringify(step.state)].join(
      '\n',
    );
    for (const secret of secrets) expect(shown).not.toContain(secret);
  });
});

it('a cancelled build leaves no login behind, and pushes nothing', async () => {
  const bin = join(stage.workspace, 'bin');
  await mkdir(bin);
  const versions = '{"Client":{"Version":"28.0.0"},"Server":{"Os":"linux"}}';
  const docker = `#!/bin/sh
case "$1" in
  version) echo '${versions}' ;;
  build) ls "$DOCKER_CONFIG"; echo building; exec sleep 3 ;;
  *) exit 1 ;;
esac
`;
  await writeFile(join(bin, 'docker'), docker, { mode: 0o755 });
  await writeFile(join(stage.workspace, 'Dockerfile'), 'FROM scratch\n');
  const cancel = new AbortController();
  const onLine = ({ text }: { text: string }): void => {
    if (text === 'building') cancel.abort();
  };
  const env = { PATH: `${bin}:${process.env['PATH']}`, DOCKER_CONFIG: join(stage.workspace, 'nowhere') };
  const step = await stage.run({ tags: 'cancelled' }, env, { cancel: cancel.signal, onLine });
  expect(step.log).toContain('config.json');
  expect(step.exitCode).toBeGreaterThan(128);
  expect(step).toMatchObject({ postExitCode: 0, filesLeft: [], outputs: {} });
  expect(stage.takeCalls()).toEqual(['ecr GetAuthorizationToken', 'ecr BatchGetImage']);
});

describe('a clear error, and nothing pushed', () => {
  it.each<[string, Record<string, string>, string, string[]]>([
    [
      'a missing repository',
      { repository: 'nowhere', 'image-archive': 'app.tar' },
      'ECR has no repository "nowhere"',
      ['ecr GetAuthorizationToken', 'ecr BatchGetImage'],
    ],
    [
      'a missing archive',
      { 'image-archive': 'nowhere.tar' },
      'The image archive nowhere.tar does not exist',
      [],
    ],
    ['a missing Dockerfile', { context: 'app' }, 'There is no Dockerfile at', []],
    ['a context outside the workspace', { context: '..' }, 'is outside the workspace', []],
    [
      'an illegal tag',
      { 'image-archive': 'app.tar', tags: 'my tag!' },
      'input "tags": "my tag!" is not a legal tag',
      [],
    ],
    ['no tag at all', { 'image-archive': 'app.tar', tags: 'type=pr' }, 'no rule gives a tag', []],
    ['several at once', { repository: 'Web', retries: 'x', push: 'maybe' }, '3 inputs need correction', []],
  ])('%s', async (_name, inputs, sentence, calls) => {
    const step = await stage.run(inputs);
    expect(step.exitCode).toBe(1);
    expect(step.annotations).toHaveLength(1);
    expect(step.annotations[0]?.message).toContain(sentence);
    expect(step.log).not.toMatch(/^\s+at .*\.js/m);
    expect(step.filesLeft).toEqual([]);
    expect(stage.takeCalls()).toEqual(calls);
  });

  it('a damaged archive', async () => {
    await writeStandInImage(join(stage.workspace, 'app'), join(stage.workspace, 'damaged.tar'));
    await truncate(join(stage.workspace, 'damaged.tar'), 2000);
    const step = await stage.run({ 'image-archive': 'damaged.tar' });
    expect(step.annotations.map(({ message }) => message.startsWith('damaged.tar is '))).toEqual([true]);
    expect(stage.takeCalls()).toEqual([]);
  });

  it.each([
    ['AccessDeniedException', 'AWS denied ecr:GetAuthorizationToken'],
    ['ExpiredTokenException', 'The AWS credentials expired'],
  ])('%s', async (code, sentence) => {
    stage.aws.faults.push({
      service: 'ecr',
      operation: 'GetAuthorizationToken',
      fault: { error: new AwsError(code, 'No.') },
    });
    const step = await stage.run({ 'image-archive': 'app.tar' });
    expect(step.annotations.map(({ message }) => message.startsWith(sentence))).toEqual([true]);
  });

  it('no region', async () => {
    const step = await stage.run({ 'image-archive': 'app.tar' }, { AWS_REGION: '', AWS_DEFAULT_REGION: '' });
    expect(step.annotations.map(({ message }) => message.startsWith('No AWS region is set.'))).toEqual([
      true,
    ]);
  });

  it.each([
    ['no docker on the runner', { PATH: '/nowhere' }, 'There is no docker on this runner'],
    [
      'a dead daemon',
      { DOCKER_HOST: 'tcp://127.0.0.1:1', DOCKER_CONFIG: '/nowhere' },
      /daemon does not answer|no docker on this runner/,
    ],
  ])('%s', async (_name, env, sentence) => {
    await writeFile(join(stage.workspace, 'Dockerfile'), 'FROM scratch\n');
    const step = await stage.run({ tags: 'never' }, env);
    expect(step.exitCode).toBe(1);
    expect(step.annotations).toHaveLength(1);
    expect(step.annotations[0]?.message).toMatch(sentence);
    expect(step.filesLeft).toEqual([]);
  });
});
