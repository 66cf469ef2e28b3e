import { createHash } from 'node:crypto';

/** `sha256:` and 64 hex digits: the only algorithm ECR takes. */
export const digestPattern = /^sha256:[0-9a-f]{64}$/;

export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
