import {
  type ManifestContent,
  parseJsonObject,
  parseManifest,
  parsePlatform,
  type StoredManifest,
} from './manifest.ts';
import type { ManifestReader } from './promotion-repository.ts';

/** Tells what a repository has under a reference: what a preflight of a deployment, or a promotion, must know of an image. */
export interface ImageFinder {
  /** The image under a tag or digest; undefined when the repository has none. */
  findImage(reference: string): Promise<ImageFacts | undefined>;
}

export interface ImageFacts {
  readonly manifest: StoredManifest;
  /** `linux/amd64` and so on, each once; empty for what is no image to run, such as a chart. */
  readonly platforms: readonly string[];
  /** Labels of the image, or of the first platform of several. */
  readonly labels: ReadonlyMap<string, string>;
}

/** Finds images by their manifests, and by the configuration of one platform. */
export function createImageFinder(reader: ManifestReader): ImageFinder {
  return {
    async findImage(reference) {
      const manifest = await reader.findManifest(reference);
      return manifest === undefined ? undefined : await describeImage(reader, manifest);
    },
  };
}

async function describeImage(reader: ManifestReader, manifest: StoredManifest): Promise<ImageFacts> {
  const content = readManifest(manifest);
  if (content.kind === 'image') return { manifest, ...(await readSettings(reader, content)) };
  const listed = content.manifests.flatMap(({ platform }) => platform ?? []);
  const chosen = content.manifests.find(({ platform }) => platform !== undefined) ?? content.manifests[0];
  const child = chosen === undefined ? undefined : await reader.findManifest(chosen.digest);
  const one = child === undefined ? undefined : readManifest(child);
  const settings =
    one?.kind === 'image' ? await readSettings(reader, one) : { platforms: [], labels: new Map() };
  const platforms = listed.length > 0 ? [...new Set(listed)] : settings.platforms;
  return { manifest, platforms, labels: settings.labels };
}

function readManifest({ bytes, digest }: StoredManifest): ManifestContent {
  return parseManifest(bytes, `manifest ${digest}`);
}

async function readSettings(
  reader: ManifestReader,
  { config }: Extract<ManifestContent, { kind: 'image' }>,
): Promise<Omit<ImageFacts, 'manifest'>> {
  // Charts, modules and signatures have configurations of their own kinds, which need not even be JSON.
  if (!/(?:\.image\.config|\.container\.image)\.v1\+json$/.test(config.mediaType)) {
    return { platforms: [], labels: new Map() };
  }
  const settings = parseJsonObject(await reader.readConfig(config), `configuration ${config.digest}`);
  const platform = parsePlatform(settings);
  const { Labels: labels } = asObject(settings['config']);
  const texts = Object.entries(asObject(labels)).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return { platforms: platform === undefined ? [] : [platform], labels: new Map(texts) };
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
