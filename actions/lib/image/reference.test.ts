import { describe, expect, it } from '@jest/globals';
import { UserError } from '../message/user-error.ts';
import { parseDigest, shortDigest } from './digest.ts';
import { parseImageReference, parseRepositoryName, referenceByDigest } from './reference.ts';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

function refusal(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof UserError && error.code === 'image-reference-invalid') return error.message;
    throw error;
  }
  return 'accepted';
}

describe('a repository name', () => {
  it.each(['web', 'team/web', 'a1', 'my.team/web-app_2', 'a/b/c', 'x'.repeat(256)])('%s is legal', (name) => {
    expect(parseRepositoryName(` ${name} `)).toBe(name);
  });

  it.each([
    ['upper case', 'Web', 'is not a repository name'],
    ['one letter', 'w', 'is not a repository name'],
    ['two separators in a row', 'a..b', 'is not a repository name'],
    ['a slash at the end', 'team/', 'is not a repository name'],
    ['257 letters', 'x'.repeat(257), 'is not a repository name'],
    ['a tag', 'team/web:v1', 'give the repository\'s name alone, such as "team/web"'],
    ['a digest', `team/web@${digest}`, 'give the repository\'s name alone, such as "team/web"'],
    ['an ECR host', '123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/web', 'such as "team/web"'],
    ['an ECR host in China', '123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/web', 'names a registry'],
    ['a dual-stack host', '123456789012.dkr-ecr.eu-west-1.on.aws/web', 'names a registry'],
    ['a host with a port', 'localhost:5000/web:v1', 'such as "web"'],
    ['a loopback address', '127.0.0.1/web', 'names a registry'],
  ])('with %s is refused', (_name, text, expected) => {
    expect(refusal(() => parseRepositoryName(text))).toContain(expected);
  });
});

describe('an image reference', () => {
  it.each([
    ['by tag', 'host.example/team/web:v1', { repository: 'team/web', tag: 'v1', digest: undefined }],
    ['by digest', `host.example/web@${digest}`, { repository: 'web', tag: undefined, digest }],
    ['by both', `host.example/web:v1@${digest}`, { repository: 'web', tag: 'v1', digest }],
    ['by neither', 'host.example/web', { repository: 'web', tag: undefined, digest: undefined }],
  ])('%s is read', (_name, text, expected) => {
    expect(parseImageReference(text)).toEqual({ registry: 'host.example', ...expected });
  });

  it('keeps a port apart from the tag', () => {
    expect(parseImageReference('127.0.0.1:5000/web:v1')).toMatchObject({
      registry: '127.0.0.1:5000',
      tag: 'v1',
    });
  });

  it.each([
    ['no registry', 'web:v1', 'does not begin with a registry'],
    ['a docker hub short name', 'library/node', 'does not begin with a registry'],
    ['upper case', 'host.example/Web', '"Web" is not a repository name'],
    ['an empty tag', 'host.example/web:', '"" is not a tag'],
    ['a short digest', 'host.example/web@sha256:0123', '"sha256:0123" is not a sha256 digest'],
    ['another algorithm', `host.example/web@sha512:${'0'.repeat(128)}`, 'is not a sha256 digest'],
  ])('with %s is refused', (_name, text, expected) => {
    expect(refusal(() => parseImageReference(text))).toContain(expected);
  });

  it('is written by digest', () => {
    expect(referenceByDigest('host.example', 'web', digest)).toBe(`host.example/web@${digest}`);
  });
});

describe('a digest', () => {
  it('is 64 lower-case hex digits, and nothing shorter or upper case', () => {
    expect(parseDigest(` ${digest} `)).toBe(digest);
    expect(refusal(() => parseDigest(digest.toUpperCase()))).toContain('is not a digest');
    expect(refusal(() => parseDigest(digest.slice(0, -1)))).toContain('is not a digest');
  });

  it('is shown by its first 12 digits', () => {
    expect(shortDigest(digest)).toBe('sha256:0123456789ab');
  });
});
