import type { BlobContent } from './image-content.ts';
import type { Descriptor, StoredManifest } from './manifest.ts';
import type { ReferrerList } from './referrers.ts';
import type { TagMutability } from './tag-mutability.ts';

/** What it takes to tell what an image is. `lib/registry` implements it for any registry. */
export interface ManifestReader {
  /** The manifest under a tag or digest, its bytes checked against its digest; undefined when there is none. */
  findManifest(reference: string): Promise<StoredManifest | undefined>;
  /** A configuration, whole, its digest checked. */
  readConfig(config: Descriptor): Promise<Uint8Array>;
}

/** The repository an image is promoted from. */
export interface SourceRepository extends ManifestReader {
  /** What was pushed about a manifest: signatures, SBOMs, attestations. */
  listReferrers(digest: string): Promise<ReferrerList>;
  /** A blob that goes on by itself where a connection broke off. */
  openBlob(blob: Descriptor): BlobContent;
}

/** The repository an image is promoted to. */
export interface TargetRepository {
  findManifest(reference: string): Promise<StoredManifest | undefined>;
  listReferrers(digest: string): Promise<ReferrerList>;
  /**
   * Makes a blob part of the repository.
   *
   * @param mountFrom another repository of the same registry that has it
   * @param signal ends an upload that is no longer wanted
   */
  copyBlob(blob: BlobContent, mountFrom: string | undefined, signal: AbortSignal): Promise<BlobOutcome>;
  putManifest(reference: string, manifest: StoredManifest): Promise<void>;
  /** Which tags can never move; undefined where the registry does not say. */
  findTagMutability(): Promise<TagMutability | undefined>;
}

export type BlobOutcome = 'present' | 'mounted' | 'uploaded';
