import { describe, expect, it } from '@jest/globals';
import { readInputs } from '../lib/input/reader.ts';
import { UserError } from '../lib/message/user-error.ts';
import { type BuildPushInputs, readBuildPushInputs } from './inputs.ts';

const defaults: Record<string, string> = {
  repository: 'web',
  context: '.',
  tags: 'type=sha\ntype=branch\ntype=semver,pattern={{version}}\n',
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
