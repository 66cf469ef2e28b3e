import { UserError } from '../message/user-error.ts';

// https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests
const tag = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;

/** True for what a registry takes as a tag. */
export function isTag(text: string): boolean {
  return tag.test(text);
}

/** Maps each run of characters that no tag may hold to one `-`, as docker/metadata-action documents for its tags. */
export function mapToTag(text: string): string {
  return text.replace(/[^A-Za-z0-9._-]+/g, '-');
}

/** @throws UserError `input-invalid` when the text is no legal tag */
export function requireTag(text: string): string {
  if (isTag(text)) return text;
  throw new UserError('input-invalid', `"${text}" is not a legal tag: ${tagProblem(text)}`);
}

function tagProblem(text: string): string {
  if (text.length > 128) return `it has ${text.length} characters and a tag may have 128`;
  if (/^[.-]/.test(text)) return 'a tag may not begin with a dot or a dash';
  return 'a tag may hold ASCII letters, digits, and _ . - only (type=raw,value=… maps others to a dash)';
}
