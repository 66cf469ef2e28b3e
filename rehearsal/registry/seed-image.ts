import { createHash } from 'node:crypto';
import { digestOf } from './digest.ts';
import type { RegistryWorld } from './exchange.ts';
import { findRepository, putImage } from './image-store.ts';

/** What a manifest says of content that the registry has. */
export interface SeededDescriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

export interface SeedImage {
  readonly layers: readonly (Uint8Array | AsyncIterable<Uint8Array>)[];
  readonly architecture?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly tag?: string;
}

const ociType = (name: string): string => `application/vnd.oci.image.${name}`;

/** Puts an image straight into a repository, without the wire. */
export async function seedImage(
  world: RegistryWorld,
  repository: string,
  { layers, architecture = 'amd64', labels = {}, tag }: SeedImage,
): Promise<SeededDescriptor> {
  const settings = { os: 'linux', architecture, config: { Labels: labels }, rootfs: { type: 'layers' } };
  const config = await seedBlob(world, repository, toJson(settings), ociType('config.v1+json'));
  const stored: SeededDescriptor[] = [];
  for (const layer of layers) {
    stored.push(await seedBlob(world, repository, layer, ociType('layer.v1.tar+gzip')));
  }
  return seedManifest(world, repository, ociType('manifest.v1+json'), { config, layers: stored }, tag);
}

/** Puts something that refers to a manifest, such as a signature, into its repository. */
export async function seedReferrer(
  world: RegistryWorld,
  repository: string,
  subject: SeededDescriptor,
  artifactType: string,
  content: Uint8Array,
): Promise<SeededDescriptor> {
  const config = await seedBlob(world, repository, toJson({}), 'application/vnd.oci.empty.v1+json');
  const layer = await seedBlob(world, repository, content, artifactType);
  const manifest = { artifactType, config, layers: [layer], subject };
  return seedManifest(world, repository, ociType('manifest.v1+json'), manifest);
}

/** Puts an index of manifests that are in the repository already. */
export function seedIndex(
  world: RegistryWorld,
  repository: string,
  manifests: readonly object[],
  tag?: string,
): SeededDescriptor {
  return seedManifest(world, repository, ociType('index.v1+json'), { manifests }, tag);
}

async function seedBlob(
  { store, blobs }: RegistryWorld,
  repository: string,
  content: Uint8Array | AsyncIterable<Uint8Array>,
  mediaType: string,
): Promise<SeededDescriptor> {
  const hash = createHash('sha256');
  const upload = await blobs.beginUpload();
  async function* hashed(): AsyncGenerator<Uint8Array> {
    for await (const chunk of content instanceof Uint8Array ? [content] : content) {
      hash.update(chunk);
      yield chunk;
    }
  }
  await upload.append(hashed());
  const { size } = upload;
  const digest = `sha256:${hash.digest('hex')}`;
  await upload.finish(digest);
  findRepository(store, repository).blobs.add(digest);
  return { mediaType, digest, size };
}

function seedManifest(
  { store, clock }: RegistryWorld,
  repository: string,
  mediaType: string,
  content: object,
  tag?: string,
): SeededDescriptor {
  const bytes = toJson({ schemaVersion: 2, mediaType, ...content });
  putImage(findRepository(store, repository), { bytes, mediaType, tag, now: clock.now() });
  return { mediaType, digest: digestOf(bytes), size: bytes.length };
}

function toJson(value: object): Buffer {
  return Buffer.from(JSON.stringify(value));
}
