import { describe, expect, it } from '@jest/globals';
import { UserError } from '../message/user-error.ts';
import { resolveTags, versionOf } from './image-tags.ts';
import { parseTagRules } from './tag-rule.ts';

const sha = '4f9c2d7a61be08f35d1c6e9ab27f4031c85de6b2';
const defaults = ['type=sha', 'type=branch', 'type=semver,pattern={{version}}'];

function tagsFor(ref: string | undefined, rules: readonly string[]): string[] {
  return resolveTags(parseTagRules(rules), { sha, ref }).map(({ name }) => name);
}

function refusal(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof UserError && error.code === 'input-invalid') return error.message;
    throw error;
  }
  return 'accepted';
}

describe('by default', () => {
  it.each<[string, string | undefined, string[]]>([
    ['a branch', 'refs/heads/main', ['4f9c2d7', 'main']],
    ['a branch with a slash', 'refs/heads/feature/log in', ['4f9c2d7', 'feature-log-in']],
    ['a release tag', 'refs/tags/v1.4.2', ['4f9c2d7', '1.4.2']],
    ['a pre-release tag', 'refs/tags/v1.4.2-rc.1', ['4f9c2d7', '1.4.2-rc.1']],
    ['a tag that is no version', 'refs/tags/nightly', ['4f9c2d7']],
    ['a pull request', 'refs/pull/7/merge', ['4f9c2d7']],
    ['no ref', undefined, ['4f9c2d7']],
  ])('%s', (_name, ref, expected) => {
    expect(tagsFor(ref, defaults)).toEqual(expected);
  });
});

describe('a rule', () => {
  const release = 'refs/tags/v1.4.2';
  it.each<[string, string | undefined, string[], string[]]>([
    ['sha with a prefix', 'refs/heads/main', ['type=sha,prefix=sha-'], ['sha-4f9c2d7']],
    ['the long sha', 'refs/heads/main', ['type=sha,format=long'], [sha]],
    ['sha after the branch', 'refs/heads/a/b', ['type=sha,prefix={{branch}}-'], ['a-b-4f9c2d7']],
    ['a pull request', 'refs/pull/7/merge', ['type=pr'], ['pr-7']],
    ['a pull request with another prefix', 'refs/pull/7/merge', ['type=pr,prefix='], ['7']],
    ['ref as metadata-action writes it', 'refs/pull/7/merge', ['type=ref,event=pr'], ['pr-7']],
    ['a git tag', release, ['type=tag'], ['v1.4.2']],
    [
      'minor and major',
      release,
      ['type=semver,pattern={{major}}.{{minor}}', 'type=semver,pattern={{major}}'],
      ['1.4', '1'],
    ],
    ['the raw version', release, ['type=semver,pattern={{raw}}'], ['v1.4.2']],
    ['a version by value', 'refs/heads/main', ['type=semver,pattern=v{{major}},value=2.0.1'], ['v2']],
    ['build metadata is dropped', 'refs/tags/v1.4.2+b7', ['type=semver,pattern={{version}}'], ['1.4.2']],
    [
      'a pre-release never moves 1.4',
      'refs/tags/v1.4.2-rc.1',
      ['type=semver,pattern={{major}}.{{minor}}'],
      ['1.4.2-rc.1'],
    ],
    ['raw, mapped', 'refs/heads/main', ['type=raw,value=a b/c'], ['a-b-c']],
    ['raw with suffix', 'refs/heads/main', ['type=raw,value=web,suffix=-arm64'], ['web-arm64']],
    ['a disabled one', 'refs/heads/main', ['latest', 'type=raw,value=,enable=false'], ['latest']],
    ['a literal', 'refs/heads/main', ['latest', 'v1.2_3'], ['latest', 'v1.2_3']],
    ['duplicates count once', 'refs/heads/main', ['main', 'type=branch'], ['main']],
    [
      'priority',
      'refs/heads/main',
      ['latest', 'type=sha,priority=5', 'type=branch'],
      ['4f9c2d7', 'latest', 'main'],
    ],
  ])('%s', (_name, ref, rules, expected) => {
    expect(tagsFor(ref, rules)).toEqual(expected);
  });

  it.each([
    [
      'an unknown type',
      'type=edge',
      'expected type to be one of sha, branch, tag, pr, semver, raw, got "edge"',
    ],
    ['a misspelt option', 'type=sha,prefx=x', 'it has no option "prefx"; did you mean prefix?'],
    ['an option of another type', 'type=branch,pattern=x', 'it has no option "pattern"'],
    ['no value', 'type=raw', 'value is missing'],
    ['an unknown pattern', 'type=semver,pattern={{patches}}', 'not {{patches}}'],
    ['enable=yes', 'type=sha,enable=yes', 'expected enable to be one of true, false, got "yes"'],
    ['a word without =', 'type=sha,short', '"short" is not option=value'],
    ['ref without an event', 'type=ref', 'expected event to be one of branch, tag, pr'],
    ['priority in words', 'type=sha,priority=high', 'expected priority to be a whole number, got "high"'],
    ['a literal with a blank', 'my tag', '"my tag" is not a legal tag: a tag may hold'],
    ['a literal that begins with a dash', '-v1', 'may not begin with a dot or a dash'],
    ['a literal of 129 characters', 'x'.repeat(129), 'it has 129 characters and a tag may have 128'],
  ])('with %s is refused', (_name, rule, expected) => {
    expect(refusal(() => parseTagRules([rule]))).toContain(expected);
  });

  it('that maps to an illegal tag is refused', () => {
    expect(refusal(() => tagsFor('refs/heads/main', ['type=raw,value=.hidden']))).toContain('dot or a dash');
  });

  it('is needed that applies to the run', () => {
    expect(refusal(() => tagsFor('refs/heads/main', ['type=pr']))).toContain(
      'no rule gives a tag for refs/heads/main',
    );
  });
});

it('a tag names the commit when it holds its short id', () => {
  const tags = resolveTags(parseTagRules(['type=sha,prefix=sha-', `web-${sha}`, 'type=branch']), {
    sha,
    ref: 'refs/heads/main',
  });
  expect(tags.map(({ namesCommit }) => namesCommit)).toEqual([true, true, false]);
});

it('the version label is read from a release tag only', () => {
  expect(versionOf({ sha, ref: 'refs/tags/v1.4.2' })).toBe('1.4.2');
  expect(versionOf({ sha, ref: 'refs/heads/v1.4.2' })).toBeUndefined();
});

it.each<[string, string, string, boolean]>([
  ['the branch', 'refs/heads/main', 'type=branch', true],
  ['a pull request', 'refs/pull/7/merge', 'type=pr', true],
  ['the minor version', 'refs/tags/v1.4.2', 'type=semver,pattern={{major}}.{{minor}}', true],
  ['the full version', 'refs/tags/v1.4.2', 'type=semver,pattern={{version}}', false],
  ['a version in parts', 'refs/tags/v1.4.2', 'type=semver,pattern={{major}}.{{minor}}.{{patch}}', false],
  ['the commit', 'refs/heads/main', 'type=sha', false],
  ['the commit beside its branch', 'refs/heads/main', 'type=branch,suffix=-{{sha}}', false],
  ['a git tag', 'refs/tags/v1.4.2', 'type=tag', false],
  ['a word by hand', 'refs/heads/main', 'latest', false],
])('a tag of %s moves or stays', (_name, ref, rule, expected) => {
  expect(resolveTags(parseTagRules([rule]), { sha, ref }).map(({ moves }) => moves)).toEqual([expected]);
});

it('a tag that one rule gives to stay does not move, though another would move it', () => {
  const rules = ['type=semver,pattern={{major}}.{{minor}}', 'type=semver,pattern={{version}}'];
  expect(resolveTags(parseTagRules(rules), { sha, ref: 'refs/tags/v1.4.2-rc.1' })).toEqual([
    { name: '1.4.2-rc.1', namesCommit: false, moves: false },
  ]);
});
