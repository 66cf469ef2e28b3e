import { AwsError } from '../server/service.ts';
import type { Manifest } from './manifest.ts';

/** An ECR repository and all it holds. */
export interface Repository {
  readonly name: string;
  readonly registryId: string;
  readonly arn: string;
  /** Virtual epoch milliseconds. */
  readonly createdAt: number;
  readonly encryption: Readonly<Record<string, unknown>>;
  tagMutability: TagMutability;
  scanOnPush: boolean;
  lifecyclePolicy: { text: string; evaluatedAt: number } | undefined;
  policyText: string | undefined;
  readonly resourceTags: Map<string, string>;
  /** Digests of layers and configurations that were uploaded to, or mounted into, this repository. */
  readonly blobs: Set<string>;
  readonly images: Map<string, Image>;
  /** Image tag → digest. */
  readonly imageTags: Map<string, string>;
  /** Scans by image digest. */
  readonly scans: Map<string, Scan>;
}

export interface Image {
  readonly digest: string;
  readonly bytes: Uint8Array;
  readonly manifest: Manifest;
  readonly pushedAt: number;
  lastPulledAt: number | undefined;
}

export interface Scan {
  readonly startedAt: number;
}

export interface TagMutability {
  readonly mode: TagMutabilityMode;
  /** Tags that behave the opposite way: wildcards with `*`. */
  readonly exclusions: readonly string[];
}

export const tagMutabilityModes = [
  'MUTABLE',
  'IMMUTABLE',
  'MUTABLE_WITH_EXCLUSION',
  'IMMUTABLE_WITH_EXCLUSION',
] as const;
export type TagMutabilityMode = (typeof tagMutabilityModes)[number];

/** @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html */
export function isTagImmutable({ mode, exclusions }: TagMutability, tag: string): boolean {
  const excluded = exclusions.some((filter) => matchesWildcard(filter, tag));
  switch (mode) {
    case 'MUTABLE':
      return false;
    case 'IMMUTABLE':
      return true;
    case 'MUTABLE_WITH_EXCLUSION':
      return excluded;
    case 'IMMUTABLE_WITH_EXCLUSION':
      return !excluded;
  }
}

function matchesWildcard(filter: string, tag: string): boolean {
  const literals = filter.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${literals.join('.*')}$`).test(tag);
}

/** Tags of one image, sorted. */
export function tagsOf(repository: Repository, digest: string): string[] {
  return [...repository.imageTags]
    .filter(([, tagged]) => tagged === digest)
    .map(([tag]) => tag)
    .sort();
}

export function repositoryNotFound(name: string, registryId: string): AwsError {
  return new AwsError(
    'RepositoryNotFoundException',
    `The repository with name '${name}' does not exist in the registry with id '${registryId}'`,
  );
}
