import { UserError } from '../message/user-error.ts';
import { type Descriptor, isForeignLayer, parseManifest, type StoredManifest } from './manifest.ts';
import type { ManifestReader } from './promotion-repository.ts';

/** An image or artifact with everything its manifests name. */
export interface ImageTree {
  readonly root: StoredManifest;
  /** Every manifest, each before whatever lists it; the root is the last. */
  readonly manifests: readonly StoredManifest[];
  /** Configurations and layers, each once. Layers that are kept elsewhere are left out. */
  readonly blobs: readonly Descriptor[];
}

/**
 * Reads the manifests of an index down to the last, or the one of an image.
 *
 * @param where how messages name the repository
 * @throws UserError `image-not-found` when an index lists a manifest that the repository lacks; `archive-invalid` for what is no
 *   manifest of a known kind
 */
export async function readImageTree(
  reader: Pick<ManifestReader, 'findManifest'>,
  root: StoredManifest,
  where: string,
): Promise<ImageTree> {
  const manifests = new Map<string, StoredManifest>();
  const blobs = new Map<string, Descriptor>();

  async function visit(manifest: StoredManifest): Promise<void> {
    const content = parseManifest(manifest.bytes, `manifest ${manifest.digest} of ${where}`);
    if (content.kind === 'image') {
      for (const blob of [content.config, ...content.layers]) {
        if (!isForeignLayer(blob)) blobs.set(blob.digest, blob);
      }
    } else {
      for (const { digest } of content.manifests) {
        if (manifests.has(digest)) continue;
        const child = await reader.findManifest(digest);
        if (child === undefined) throw incomplete(manifest, digest, where);
        await visit(child);
      }
    }
    manifests.set(manifest.digest, manifest);
  }

  await visit(root);
  return { root, manifests: [...manifests.values()], blobs: [...blobs.values()] };
}

/** Bytes of configurations and layers: what the tree takes in an empty registry. */
export function treeSizeBytes({ blobs }: Pick<ImageTree, 'blobs'>): number {
  return blobs.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

function incomplete(index: StoredManifest, digest: string, where: string): UserError {
  return new UserError(
    'image-not-found',
    `The index ${index.digest} lists ${digest}, which ${where} does not have; push the image again with all its platforms.`,
  );
}
