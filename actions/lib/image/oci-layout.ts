import { UserError } from '../message/user-error.ts';
import { type Descriptor, parseManifest } from './manifest.ts';

/**
 * The one image of an OCI layout's `index.json`: a manifest, or an index of platforms. The same digest under several names
 * counts once.
 *
 * @throws UserError `archive-invalid` when there is none, or more than one
 * @see https://github.com/opencontainers/image-spec/blob/main/image-layout.md#indexjson-file
 */
export function findLayoutImage(indexJson: Uint8Array, what: string): Descriptor {
  const content = parseManifest(indexJson, what);
  const manifests = content.kind === 'index' ? content.manifests : [];
  const [first] = manifests;
  if (first === undefined) throw new UserError('archive-invalid', `${what} lists no image`);
  const others = new Set(manifests.map(({ digest }) => digest));
  if (others.size === 1) return first;
  throw new UserError(
    'archive-invalid',
    `${what} lists ${others.size} images; write the one to push, or one index of its platforms, to the archive`,
  );
}

/** Where an OCI layout keeps content: `blobs/sha256/<hex>`. */
export function layoutBlobName(digest: string): string {
  return `blobs/${digest.replace(':', '/')}`;
}
