/** What ECR says of a repository's tags. */
export interface TagMutability {
  readonly immutable: boolean;
  /** Wildcards of the tags for which the opposite holds. */
  readonly exclusions: readonly string[];
}

/**
 * Whether a tag that exists can never move to another image. `*` in an exclusion stands for any characters.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html
 */
export function isTagImmutable({ immutable, exclusions }: TagMutability, tag: string): boolean {
  return exclusions.some((pattern) => matchesWildcard(pattern, tag)) ? !immutable : immutable;
}

function matchesWildcard(pattern: string, tag: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(tag);
}
