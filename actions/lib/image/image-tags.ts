import parseVersion from 'semver/functions/parse.js';
import { UserError } from '../message/user-error.ts';
import { mapToTag, requireTag } from './tag.ts';
import type { TagRule } from './tag-rule.ts';

/** What the run is about, as far as tags and labels need it. */
export interface SourceRevision {
  /** Full commit id. */
  readonly sha: string | undefined;
  /** Full ref: `refs/heads/main`, `refs/tags/v1.4.2`, `refs/pull/7/merge`. */
  readonly ref: string | undefined;
}

/** A tag the image gets. */
export interface ImageTag {
  readonly name: string;
  /** True when the tag holds the commit's id, so that an image under it was built from this commit. */
  readonly namesCommit: boolean;
  /**
   * True when the next commit of the same branch, pull request or minor version gets this tag as well. A tag that was
   * written out by hand counts as one that stays: whoever wants it to move says so where immutability is set up.
   */
  readonly moves: boolean;
}

interface Ref {
  readonly kind: 'branch' | 'tag' | 'pr';
  readonly name: string;
}

/**
 * The tags of this run, in the order of the rules (higher `priority` first), without duplicates. A rule that does not
 * apply, such as `type=branch` on a tag, gives none.
 *
 * A pre-release version (`1.4.2-rc.1`) fills `{{version}}` and `{{raw}}` patterns only: `1.4` must not move to it, as
 * docker/metadata-action documents.
 *
 * @throws UserError `input-invalid` when a rule gives an illegal tag, or when no rule gives any
 */
export function resolveTags(rules: readonly TagRule[], source: SourceRevision): ImageTag[] {
  const ref = parseRef(source.ref);
  const names = [...rules]
    .sort((a, b) => priorityOf(b) - priorityOf(a))
    .flatMap((rule) => {
      const name = resolveRule(rule, source, ref);
      return name === undefined ? [] : [{ name, moves: isMoving(rule) }];
    });
  if (names.length === 0) {
    throw new UserError(
      'input-invalid',
      `input "tags": no rule gives a tag for ${source.ref ?? 'this run'}; add one that always does, such as type=sha`,
    );
  }
  const short = source.sha?.slice(0, 7);
  return [...new Set(names.map(({ name }) => name))].map((name) => {
    const namesCommit = short !== undefined && short !== '' && name.includes(short);
    const moves = names.every((tag) => tag.name !== name || tag.moves);
    return { name, namesCommit, moves: moves && !namesCommit };
  });
}

function isMoving(rule: TagRule): boolean {
  switch (rule.type) {
    case 'branch':
    case 'pr':
      return true;
    case 'semver':
      return !/\{\{\s*(?:version|raw|patch)\s*\}\}/.test(rule.pattern);
    case 'sha':
    case 'tag':
    case 'raw':
    case 'literal':
      return false;
  }
}

/** The version a `type=semver` rule would read from the ref, or undefined: for the label `org.opencontainers.image.version`. */
export function versionOf(source: SourceRevision): string | undefined {
  const ref = parseRef(source.ref);
  return ref?.kind === 'tag' ? parseVersion(ref.name)?.version : undefined;
}

function priorityOf(rule: TagRule): number {
  return rule.type === 'literal' ? 0 : rule.priority;
}

function resolveRule(rule: TagRule, source: SourceRevision, ref: Ref | undefined): string | undefined {
  if (rule.type === 'literal') return rule.tag;
  if (!rule.enable) return undefined;
  const value = ruleValue(rule, source, ref);
  if (value === undefined || value === '') return undefined;
  const words = { branch: refName(ref, 'branch'), tag: refName(ref, 'tag'), sha: source.sha?.slice(0, 7) };
  return requireTag(mapToTag(fill(`${rule.prefix}${value}${rule.suffix}`, words)));
}

function ruleValue(
  rule: Exclude<TagRule, { type: 'literal' }>,
  source: SourceRevision,
  ref: Ref | undefined,
): string | undefined {
  switch (rule.type) {
    case 'sha':
      return rule.format === 'short' ? source.sha?.slice(0, 7) : source.sha;
    case 'branch':
    case 'tag':
    case 'pr':
      return refName(ref, rule.type);
    case 'raw':
      return rule.value;
    case 'semver':
      return fillVersion(rule.pattern, rule.value ?? refName(ref, 'tag'));
  }
}

function fillVersion(pattern: string, raw: string | undefined): string | undefined {
  const version = parseVersion(raw);
  if (version === null || raw === undefined) return undefined;
  const onlyWhole = /\{\{\s*(?:major|minor|patch)\s*\}\}/.test(pattern);
  if (version.prerelease.length > 0 && onlyWhole) return version.version;
  return fill(pattern, {
    version: version.version,
    raw,
    major: String(version.major),
    minor: String(version.minor),
    patch: String(version.patch),
  });
}

function fill(text: string, words: Readonly<Record<string, string | undefined>>): string {
  return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, word: string) =>
    Object.hasOwn(words, word) ? (words[word] ?? '') : whole,
  );
}

function refName(ref: Ref | undefined, kind: Ref['kind']): string | undefined {
  return ref?.kind === kind ? ref.name : undefined;
}

function parseRef(ref: string | undefined): Ref | undefined {
  const [, space, name = ''] = /^refs\/(heads|tags|pull)\/(.+)$/.exec(ref ?? '') ?? [];
  switch (space) {
    case 'heads':
      return { kind: 'branch', name };
    case 'tags':
      return { kind: 'tag', name };
    case 'pull':
      return { kind: 'pr', name: name.split('/')[0] ?? name };
    default:
      return undefined;
  }
}
