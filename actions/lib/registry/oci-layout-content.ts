import { createReadStream } from 'node:fs';
import type { BlobContent, ImageContent } from '../image/image-content.ts';
import {
  type Descriptor,
  isForeignLayer,
  manifestMediaType,
  parseJsonObject,
  parseManifest,
  parsePlatform,
  type StoredManifest,
} from '../image/manifest.ts';
import { findLayoutImage, layoutBlobName } from '../image/oci-layout.ts';
import { UserError } from '../message/user-error.ts';
import { type ArchiveFile, type ArchiveFiles, readJsonFile, requireFile } from './archive-files.ts';

interface Collected {
  readonly children: Map<string, StoredManifest>;
  readonly blobs: Map<string, BlobContent>;
  readonly platforms: Set<string>;
}

/**
 * The image of an OCI layout, with every blob found and its digest checked before anything is uploaded.
 *
 * @throws UserError `archive-invalid` that names what is missing or damaged
 */
export async function readOciLayout(files: ArchiveFiles): Promise<ImageContent> {
  const image = findLayoutImage(await readJsonFile(files, 'index.json'), `index.json of ${files.what}`);
  const collected: Collected = { children: new Map(), blobs: new Map(), platforms: new Set() };
  const root = await collect(files, image, collected);
  return {
    root,
    children: [...collected.children.values()],
    blobs: [...collected.blobs.values()],
    platforms: [...collected.platforms],
  };
}

async function collect(files: ArchiveFiles, item: Descriptor, into: Collected): Promise<StoredManifest> {
  const what = `manifest ${item.digest} of ${files.what}`;
  await requireBlob(files, item);
  const bytes = await readJsonFile(files, layoutBlobName(item.digest));
  const content = parseManifest(bytes, what);
  if (content.kind === 'index') {
    for (const child of content.manifests) {
      if (into.children.has(child.digest)) continue;
      into.children.set(child.digest, await collect(files, child, into));
    }
  } else {
    const blobs = [content.config, ...content.layers.filter((layer) => !isForeignLayer(layer))];
    for (const blob of blobs) into.blobs.set(blob.digest, fileBlob(await requireBlob(files, blob)));
    const platform = item.platform ?? (await configPlatform(files, content.config));
    if (platform !== undefined) into.platforms.add(platform);
  }
  return { digest: item.digest, bytes, mediaType: item.mediaType || manifestMediaType(bytes, what) };
}

/** A blob that is read from a file. */
export function fileBlob({ path, digest, sizeBytes }: ArchiveFile): BlobContent {
  return { digest, sizeBytes, open: (start = 0) => createReadStream(path, { start }) };
}

async function requireBlob(files: ArchiveFiles, { digest, sizeBytes }: Descriptor): Promise<ArchiveFile> {
  const file = await requireFile(files, layoutBlobName(digest));
  if (file.digest === digest && file.sizeBytes === sizeBytes) return file;
  throw new UserError(
    'archive-invalid',
    `${files.what} is damaged: blob ${digest} of ${sizeBytes} bytes has ${file.sizeBytes} bytes with digest ${file.digest}`,
  );
}

// An attestation's configuration says `unknown/unknown` and an artifact's is `{}`: neither is a platform.
async function configPlatform(files: ArchiveFiles, config: Descriptor): Promise<string | undefined> {
  const name = layoutBlobName(config.digest);
  return parsePlatform(parseJsonObject(await readJsonFile(files, name), `${name} of ${files.what}`));
}
