import { digestOf } from './digest.ts';
import {
  type Descriptor,
  ociIndex,
  parseDescriptor,
  parseJsonObject,
  type StoredManifest,
} from './manifest.ts';

/** A manifest that is about another one. */
export interface Referrer extends Descriptor {
  /** The descriptor as the registry lists it, with its artifact type and annotations. */
  readonly json: Readonly<Record<string, unknown>>;
}

export interface ReferrerList {
  readonly referrers: readonly Referrer[];
  /** True where the registry keeps no list by itself, and clients keep one under a tag. */
  readonly keptByTag: boolean;
}

/**
 * The tag under which clients list referrers for registries without the referrers API.
 *
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#referrers-tag-schema
 */
export function referrersTag(digest: string): string {
  return digest.replace(':', '-');
}

/** Reads a list of referrers, from the API or from under the tag. */
export function parseReferrers(bytes: Uint8Array, what: string): Referrer[] {
  const { manifests } = parseJsonObject(bytes, what);
  if (!Array.isArray(manifests)) return [];
  return manifests.map((json: Record<string, unknown>) => ({ ...parseDescriptor(json, what), json }));
}

/** The list to put under the tag: what is there, and after it what is new. */
export function mergeReferrers(existing: readonly Referrer[], added: readonly Referrer[]): StoredManifest {
  const merged = new Map([...existing, ...added].map(({ digest, json }) => [digest, json]));
  const index = { schemaVersion: 2, mediaType: ociIndex, manifests: [...merged.values()] };
  const bytes = Buffer.from(JSON.stringify(index));
  return { bytes, digest: digestOf(bytes), mediaType: ociIndex };
}
