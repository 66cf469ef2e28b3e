import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { digestOf } from '../image/digest.ts';
import { parseDockerArchive } from '../image/docker-archive.ts';
import type { BlobContent, ImageContent } from '../image/image-content.ts';
import { dockerManifest, parseJsonObject, parsePlatform } from '../image/manifest.ts';
import { UserError } from '../message/user-error.ts';
import { type ArchiveFile, type ArchiveFiles, readJsonFile, requireFile } from './archive-files.ts';
import { fileBlob } from './oci-layout-content.ts';

const configType = 'application/vnd.docker.container.image.v1+json';
const layerType = 'application/vnd.docker.image.rootfs.diff.tar.gzip';

/**
 * The image of a `docker save` archive. The format keeps layers uncompressed and no manifest, so its digest comes to be
 * here: layers are gzipped at zlib's level 6 without name or time, which gives the same bytes wherever the same Node runs on
 * the same kind of processor. Layers that are gzipped already (jib, kaniko, crane) stay as they are.
 *
 * @param directory where gzipped layers are put
 * @throws UserError `archive-invalid` when a layer is missing or is not the one its configuration names
 */
export async function readDockerArchive(files: ArchiveFiles, directory: string): Promise<ImageContent> {
  const { configName, layerNames } = parseDockerArchive(
    await readJsonFile(files, 'manifest.json'),
    `manifest.json of ${files.what}`,
  );
  const configBytes = await readJsonFile(files, configName);
  const config = fileBlob(await requireFile(files, configName));
  const settings = parseJsonObject(configBytes, `${configName} of ${files.what}`);
  const diffIds = readDiffIds(settings, layerNames.length, files.what);

  const layers: BlobContent[] = [];
  for (const [position, name] of layerNames.entries()) {
    const gzipped = join(directory, `layer-${position}.gz`);
    const layer = await readLayer(files, name, diffIds[position] ?? '', gzipped);
    layers.push(fileBlob(layer));
  }

  const bytes = Buffer.from(JSON.stringify(manifestOf(config, layers)));
  const platform = parsePlatform(settings);
  return {
    root: { bytes, digest: digestOf(bytes), mediaType: dockerManifest },
    children: [],
    blobs: [...new Map([config, ...layers].map((blob) => [blob.digest, blob])).values()],
    platforms: platform === undefined ? [] : [platform],
  };
}

function manifestOf(config: BlobContent, layers: readonly BlobContent[]): object {
  const describe = (mediaType: string, { digest, sizeBytes }: BlobContent): object => ({
    mediaType,
    size: sizeBytes,
    digest,
  });
  return {
    schemaVersion: 2,
    mediaType: dockerManifest,
    config: describe(configType, config),
    layers: layers.map((layer) => describe(layerType, layer)),
  };
}

async function readLayer(
  files: ArchiveFiles,
  name: string,
  diffId: string,
  gzippedPath: string,
): Promise<ArchiveFile> {
  const file = await requireFile(files, name);
  const compressed = await isGzipped(file.path);
  const content = compressed ? await hashGunzipped(file.path, files.what, name) : file.digest;
  if (content !== diffId) {
    throw new UserError(
      'archive-invalid',
      `${files.what} is damaged: its layer ${name} has the content ${content}, and the image's configuration names ${diffId}`,
    );
  }
  return compressed ? file : gzipLayer(file.path, gzippedPath);
}

async function gzipLayer(path: string, gzippedPath: string): Promise<ArchiveFile> {
  const hash = createHash('sha256');
  await pipeline(
    createReadStream(path),
    createGzip({ level: 6 }),
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        yield chunk;
      }
    },
    createWriteStream(gzippedPath, { mode: 0o600 }),
  );
  const { size } = await stat(gzippedPath);
  return { path: gzippedPath, sizeBytes: size, digest: `sha256:${hash.digest('hex')}` };
}

async function hashGunzipped(path: string, what: string, name: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), createGunzip(), hash);
  } catch (error) {
    throw new UserError('archive-invalid', `${what} is damaged: its layer ${name} cannot be decompressed`, {
      cause: error,
    });
  }
  return `sha256:${hash.digest('hex')}`;
}

async function isGzipped(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}

function readDiffIds(settings: Record<string, unknown>, layers: number, what: string): string[] {
  const { diff_ids: diffIds } = (settings['rootfs'] ?? {}) as { diff_ids?: unknown };
  if (Array.isArray(diffIds) && diffIds.length === layers) return diffIds.map(String);
  throw new UserError(
    'archive-invalid',
    `${what} is damaged: its configuration and its list of layers differ`,
  );
}
