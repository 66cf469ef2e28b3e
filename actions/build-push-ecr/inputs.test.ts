import { describe, expect, it } from '@jest/globals';
import { readInputs } from '../lib/input/reader.ts';
import { UserError } from '../lib/message/user-error.ts';
import { type BuildPushInputs, readBuildPushInputs } from './inputs.ts';

const defaults: Record<string, string> = {
  repository: 'web',
  context: '.',
  tags: 'type=sha\ntype=branch\ntype=semver,pattern={{version}}\n',
  cache: 'none',
  provenance: 'off',
  sbom: 'false',
  'create-repository': 'false',
  scan: 'off',
  'scan-timeout-minutes': '10',
  reuse: 'true',
  push: 'true',
  retries: '3',
};

function read(values: Record<string, string>): BuildPushInputs {
  return readInputs((name) => ({ ...defaults, ...values })[name] ?? '', readBuildPushInputs);
}

function problemsOf(values: Record<string, string>): string {
  try {
    read(values);
  } catch (error) {
    if (error instanceof UserError && error.code === 'input-invalid') return error.message;
    throw error;
  }
  return '';
}

it('reads what a builder of its own is asked for', () => {
  expect(
    read({
      platforms: 'linux/amd64,linux/arm64\nlinux/amd64',
      cache: 'registry',
      provenance: 'max',
      sbom: 'true',
      ssh: 'default\ndeploy=keys/id_ed25519',
    }),
  ).toMatchObject({
    platforms: ['linux/amd64', 'linux/arm64'],
    cache: 'registry',
    provenance: 'max',
    sbom: true,
    ssh: [
      { id: 'default', path: undefined },
      { id: 'deploy', path: 'keys/id_ed25519' },
    ],
  });
});

it('reads a snapshot', () => {
  const inputs = read({
    'registry-id': '123456789012',
    file: 'docker/Dockerfile',
    'build-args': 'A=1\nB=x=y',
    secrets: 'token=hunter2\nnpmrc=@.npmrc',
    labels: 'team=web',
  });
  expect(inputs).toMatchObject({ repository: 'web', registryId: '123456789012', maxRetries: 3, push: true });
  expect([...inputs.buildArguments]).toEqual([
    ['A', '1'],
    ['B', 'x=y'],
  ]);
  expect(inputs.secrets).toEqual([
    { id: 'token', source: { kind: 'value', value: 'hunter2' } },
    { id: 'npmrc', source: { kind: 'file', path: '.npmrc' } },
  ]);
  expect(inputs.tagRules.map(({ type }) => type)).toEqual(['sha', 'branch', 'semver']);
});

describe('bad input', () => {
  it.each<[string, Record<string, string>, string]>([
    ['no repository', { repository: '' }, 'input "repository" is required: give a value'],
    ['a repository with a tag', { repository: 'web:v1' }, 'input "repository": "web:v1" has a tag or digest'],
    [
      'a short account',
      { 'registry-id': '1234' },
      'input "registry-id": expected an account id of 12 digits, got "1234"',
    ],
    ['an illegal tag', { tags: 'type=sha\nmy tag' }, 'input "tags": "my tag" is not a legal tag'],
    [
      'too many retries',
      { retries: '11' },
      'input "retries": expected a whole number from 0 to 10, got "11"',
    ],
    ['a word for a boolean', { push: 'no' }, 'input "push": expected true or false, got "no"'],
    [
      'a secret id that would break docker’s option',
      { secrets: 'a,env=HOME=x' },
      'input "secrets": the id "a,env" may hold',
    ],
    [
      'a label with a blank in its key',
      { labels: 'a b=c' },
      'input "labels": the key "a b" may not hold blanks',
    ],
    [
      'an unknown platform',
      { platforms: 'linux/amd64, linux/arm46' },
      'input "platforms": there is no platform "linux/arm46"; did you mean linux/arm64?',
    ],
    [
      'a cache of no kind',
      { cache: 'local' },
      'input "cache": expected one of none, registry, gha, got "local"',
    ],
    ['ssh that would start a second key', { ssh: 'default=/a,/b' }, 'input "ssh": expected `default`'],
    [
      'platforms beside an archive',
      { 'image-archive': 'a.tar', platforms: 'linux/amd64' },
      'input "platforms" has no effect',
    ],
    ['an empty secret', { secrets: 'token=' }, 'the secret token has no value'],
    [
      'a Dockerfile beside an archive',
      { 'image-archive': 'a.tar', file: 'Dockerfile' },
      'input "file" has no effect together with image-archive',
    ],
  ])('%s', (_name, values, expected) => {
    expect(problemsOf(values)).toContain(expected);
  });

  it('is named all at once, and never shows a secret', () => {
    const message = problemsOf({ repository: 'Web', retries: '-1', secrets: 'token hunter2\na b=hunter3' });
    expect(message.split('\n')).toHaveLength(5);
    expect(message).not.toMatch(/hunter/);
  });
});
