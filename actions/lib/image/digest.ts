import { createHash } from 'node:crypto';
import { UserError } from '../message/user-error.ts';

/** True for `sha256:` and 64 lower-case hex digits: the only algorithm ECR stores images under. */
export function isDigest(text: string): boolean {
  return /^sha256:[0-9a-f]{64}$/.test(text);
}

/** The digest of bytes that are in memory, such as a manifest. */
export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** A digest as people tell two apart: `sha256:` and its first 12 hex digits. */
export function shortDigest(digest: string): string {
  return digest.slice(0, 'sha256:'.length + 12);
}

/** @throws UserError `image-reference-invalid` when the text is no sha256 digest */
export function parseDigest(text: string): string {
  const digest = text.trim();
  if (isDigest(digest)) return digest;
  throw new UserError(
    'image-reference-invalid',
    `"${digest}" is not a digest; expected sha256: and 64 hex digits`,
  );
}
