import { nearestName } from '../message/nearest-name.ts';
import { UserError } from '../message/user-error.ts';
import { requireTag } from './tag.ts';

/** One line of the input `tags`: a literal tag, or a rule that gives a tag for some runs and none for others. */
export type TagRule =
  | { readonly type: 'literal'; readonly tag: string }
  | ({ readonly type: 'sha'; readonly format: 'short' | 'long' } & RuleOptions)
  | ({ readonly type: 'branch' } & RuleOptions)
  | ({ readonly type: 'tag' } & RuleOptions)
  | ({ readonly type: 'pr' } & RuleOptions)
  | ({ readonly type: 'semver'; readonly pattern: string; readonly value: string | undefined } & RuleOptions)
  | ({ readonly type: 'raw'; readonly value: string } & RuleOptions);

/** Options that every rule takes, as docker/metadata-action names them. */
export interface RuleOptions {
  readonly prefix: string;
  readonly suffix: string;
  readonly enable: boolean;
  readonly priority: number;
}

const commonOptions = ['prefix', 'suffix', 'enable', 'priority'];
const optionsByType: Readonly<Record<string, readonly string[]>> = {
  sha: ['format'],
  branch: [],
  tag: [],
  pr: [],
  ref: ['event'],
  semver: ['pattern', 'value'],
  raw: ['value'],
};
const patternWords = ['version', 'major', 'minor', 'patch', 'raw'];

/**
 * Reads the lines of the input `tags`. `type=ref,event=branch|tag|pr` is taken as docker/metadata-action writes it, and is
 * the same as `type=branch|tag|pr`.
 *
 * @throws UserError `input-invalid` for the first line that is neither a legal tag nor a rule
 * @see https://github.com/docker/metadata-action#tags-input
 */
export function parseTagRules(lines: readonly string[]): TagRule[] {
  return lines.map((line) => (/^\s*type\s*=/.test(line) ? parseRule(line) : parseLiteral(line.trim())));
}

function parseLiteral(text: string): TagRule {
  return { type: 'literal', tag: requireTag(text) };
}

function parseRule(line: string): TagRule {
  const options = parseOptions(line);
  const type = ruleType(line, options);
  refuseUnknownOptions(line, options);
  const common = {
    prefix: options.get('prefix') ?? (type === 'pr' ? 'pr-' : ''),
    suffix: options.get('suffix') ?? '',
    enable: oneOf(line, 'enable', options.get('enable') ?? 'true', ['true', 'false']) === 'true',
    priority: wholeNumber(line, options.get('priority') ?? '0'),
  };
  switch (type) {
    case 'sha':
      return {
        type,
        format: oneOf(line, 'format', options.get('format') ?? 'short', ['short', 'long']),
        ...common,
      };
    case 'branch':
    case 'tag':
    case 'pr':
      return { type, ...common };
    case 'semver':
      return {
        type,
        pattern: checkPattern(line, options.get('pattern') ?? '{{version}}'),
        value: options.get('value') || undefined,
        ...common,
      };
    case 'raw': {
      const value = options.get('value') ?? '';
      if (value === '' && common.enable) throw problem(line, 'value is missing, as in type=raw,value=latest');
      return { type, value, ...common };
    }
  }
}

function parseOptions(line: string): Map<string, string> {
  const options = new Map<string, string>();
  for (const part of line.split(',')) {
    const at = part.indexOf('=');
    if (at < 0) throw problem(line, `"${part.trim()}" is not option=value`);
    options.set(part.slice(0, at).trim(), part.slice(at + 1).trim());
  }
  return options;
}

function ruleType(line: string, options: Map<string, string>): Exclude<TagRule['type'], 'literal'> {
  const type = options.get('type') ?? '';
  if (type === 'ref') return oneOf(line, 'event', options.get('event') ?? '', ['branch', 'tag', 'pr']);
  return oneOf(line, 'type', type, ['sha', 'branch', 'tag', 'pr', 'semver', 'raw']);
}

function refuseUnknownOptions(line: string, options: Map<string, string>): void {
  const legal = ['type', ...commonOptions, ...(optionsByType[options.get('type') ?? ''] ?? [])];
  for (const name of options.keys()) {
    if (legal.includes(name)) continue;
    const nearest = nearestName(name, legal);
    const hint = nearest === undefined ? `legal are ${legal.join(', ')}` : `did you mean ${nearest}?`;
    throw problem(line, `it has no option "${name}"; ${hint}`);
  }
}

function checkPattern(line: string, pattern: string): string {
  for (const [, word = ''] of pattern.matchAll(/\{\{\s*(.*?)\s*\}\}/g)) {
    if (!patternWords.includes(word)) {
      throw problem(line, `the pattern knows {{${patternWords.join('}}, {{')}}}, not {{${word}}}`);
    }
  }
  return pattern;
}

function oneOf<const T extends string>(line: string, option: string, value: string, legal: readonly T[]): T {
  const found = legal.find((candidate) => candidate === value);
  if (found !== undefined) return found;
  throw problem(line, `expected ${option} to be one of ${legal.join(', ')}, got "${value}"`);
}

function wholeNumber(line: string, text: string): number {
  if (/^-?\d+$/.test(text)) return Number(text);
  throw problem(line, `expected priority to be a whole number, got "${text}"`);
}

function problem(line: string, what: string): UserError {
  return new UserError('input-invalid', `in the rule "${line.trim()}": ${what}`);
}
