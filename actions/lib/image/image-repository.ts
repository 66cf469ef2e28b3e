import type { ImageContent } from './image-content.ts';
import type { StoredManifest } from './manifest.ts';

/** How to reach a registry and as whom. */
export interface RegistryLogin {
  /** Scheme and host as the registry's API gave them: `https://123456789012.dkr.ecr.eu-west-1.amazonaws.com`. */
  readonly origin: string;
  /** Empty where no login is needed. */
  readonly username: string;
  readonly password: string;
}

/** One repository of a registry, over the OCI distribution protocol. `lib/registry` implements it. */
export interface ImageRepository {
  /** The manifest under a tag or digest, its bytes checked against its digest; undefined when there is none. */
  findManifest(reference: string): Promise<StoredManifest | undefined>;
  /** Stores a manifest under a tag or its digest. Throws UserError `tag-immutable` where the repository keeps the tag. */
  putManifest(reference: string, manifest: StoredManifest): Promise<void>;
  /** Uploads what the repository does not have yet: blobs, then the manifests that the root lists. The root is left out. */
  uploadContent(content: ImageContent): Promise<UploadCount>;
}

export interface UploadCount {
  readonly uploadedBlobs: number;
  readonly uploadedBytes: number;
  readonly presentBlobs: number;
}

/** The host part of a login's origin, as image references begin with it. */
export function registryHost({ origin }: RegistryLogin): string {
  return new URL(origin).host;
}
