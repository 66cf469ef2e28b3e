import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { create } from 'tar';

/** What was written, for messages. */
export interface StandInImage {
  readonly path: string;
  /** Digest of the image's manifest. */
  readonly digest: string;
  /** Files of the application that went into the image's one layer. */
  readonly files: readonly string[];
}

/**
 * Writes an OCI archive that stands in for an application's image where no docker can build it: one layer with the
 * application's files under `/app`, and a configuration that would start them. The same files give the same digest.
 *
 * @see https://github.com/opencontainers/image-spec/blob/main/image-layout.md
 */
export async function writeStandInImage(appDirectory: string, archivePath: string): Promise<StandInImage> {
  const work = await mkdtemp(join(tmpdir(), 'rehearsal-image-'));
  try {
    const files = await listApplicationFiles(appDirectory);
    const layerTar = await packLayer(appDirectory, files, work);
    const layer = gzipSync(layerTar);
    const config = toJson(configOf(basename(appDirectory), layerTar));
    const manifest = toJson({
      schemaVersion: 2,
      mediaType: manifestType,
      config: descriptor('application/vnd.oci.image.config.v1+json', config),
      layers: [descriptor('application/vnd.oci.image.layer.v1.tar+gzip', layer)],
    });
    const layout = join(work, 'layout');
    await mkdir(join(layout, 'blobs', 'sha256'), { recursive: true });
    const blobs = new Map([layer, config, manifest].map((blob) => [`blobs/sha256/${sha256(blob)}`, blob]));
    for (const [path, blob] of blobs) await writeFile(join(layout, path), blob);
    await writeFile(join(layout, 'oci-layout'), toJson({ imageLayoutVersion: '1.0.0' }));
    const platform = { architecture: 'amd64', os: 'linux' };
    const manifests = [{ ...descriptor(manifestType, manifest), platform }];
    await writeFile(join(layout, 'index.json'), toJson({ schemaVersion: 2, manifests }));
    await create({ ...reproducible, file: archivePath, cwd: layout }, [
      'oci-layout',
      'index.json',
      ...[...blobs.keys()].sort(),
    ]);
    return { path: archivePath, digest: `sha256:${sha256(manifest)}`, files };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

const manifestType = 'application/vnd.oci.image.manifest.v1+json';
// No owner, no times: a tar of the same files is the same to the byte.
const reproducible = { portable: true, mtime: new Date(0) } as const;

async function listApplicationFiles(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
    .filter((path) => !/(^|\/)(node_modules|\.[^/]*)(\/|$)|\.test\.\w+$/.test(path))
    .sort();
}

async function packLayer(directory: string, files: readonly string[], work: string): Promise<Buffer> {
  const file = join(work, 'layer.tar');
  await create({ ...reproducible, file, cwd: directory, prefix: 'app' }, [...files]);
  return readFile(file);
}

function configOf(name: string, layerTar: Buffer): object {
  return {
    architecture: 'amd64',
    os: 'linux',
    config: {
      User: '1000:1000',
      WorkingDir: '/app',
      Entrypoint: ['npm', 'start'],
      Labels: { 'org.opencontainers.image.title': name },
    },
    rootfs: { type: 'layers', diff_ids: [`sha256:${sha256(layerTar)}`] },
  };
}

function descriptor(mediaType: string, bytes: Buffer): object {
  return { mediaType, digest: `sha256:${sha256(bytes)}`, size: bytes.length };
}

function toJson(value: object): Buffer {
  return Buffer.from(JSON.stringify(value));
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
