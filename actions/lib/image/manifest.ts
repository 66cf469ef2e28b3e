import { UserError } from '../message/user-error.ts';
import { isDigest } from './digest.ts';

/** A manifest as a registry keeps it: the very bytes, as their digest is the image's name. */
export interface StoredManifest {
  readonly digest: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** What a manifest says of another piece of content. https://github.com/opencontainers/image-spec/blob/main/descriptor.md */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly sizeBytes: number;
  /** `linux/arm64/v8`; undefined where the descriptor does not say, or for an attestation (`unknown/unknown`). */
  readonly platform: string | undefined;
}

/** What a manifest holds: one image, or an index of manifests. */
export type ManifestContent =
  | { readonly kind: 'image'; readonly config: Descriptor; readonly layers: readonly Descriptor[] }
  | { readonly kind: 'index'; readonly manifests: readonly Descriptor[] };

export const ociManifest = 'application/vnd.oci.image.manifest.v1+json';
export const ociIndex = 'application/vnd.oci.image.index.v1+json';
export const dockerManifest = 'application/vnd.docker.distribution.manifest.v2+json';
export const dockerIndex = 'application/vnd.docker.distribution.manifest.list.v2+json';

/** Every manifest type that ECR stores, and that we can read. https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-manifest-formats.html */
export const manifestTypes: readonly string[] = [ociIndex, ociManifest, dockerIndex, dockerManifest];

/**
 * Reads a manifest or index.
 *
 * @param what how messages name it: `manifest sha256:0123…`
 * @throws UserError `archive-invalid` when it is no manifest of a known kind
 */
export function parseManifest(bytes: Uint8Array, what: string): ManifestContent {
  const value = parseJsonObject(bytes, what);
  if (Array.isArray(value['manifests'])) {
    return { kind: 'index', manifests: value['manifests'].map((item) => parseDescriptor(item, what)) };
  }
  if (Array.isArray(value['layers']) && value['config'] !== undefined) {
    return {
      kind: 'image',
      config: parseDescriptor(value['config'], what),
      layers: value['layers'].map((item) => parseDescriptor(item, what)),
    };
  }
  throw new UserError(
    'archive-invalid',
    `${what} is neither an image manifest (schema 2 or OCI) nor an index`,
  );
}

/** The media type a manifest states; OCI lets one be silent about it, and then its shape tells. */
export function manifestMediaType(bytes: Uint8Array, what: string): string {
  const stated = parseJsonObject(bytes, what)['mediaType'];
  if (typeof stated === 'string' && stated !== '') return stated;
  return parseManifest(bytes, what).kind === 'index' ? ociIndex : ociManifest;
}

/**
 * Bytes that a pull of the image moves: configuration and layers, compressed as stored. Undefined for an index, whose pulls
 * differ by platform, and for what is no image.
 */
export function imageSizeBytes(manifest: Uint8Array): number | undefined {
  const content = readManifest(manifest);
  if (content?.kind !== 'image') return undefined;
  return [content.config, ...content.layers].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

/** A manifest's content, or undefined for one of another kind: a repository may hold any artifact under any tag. */
export function readManifest(bytes: Uint8Array): ManifestContent | undefined {
  try {
    return parseManifest(bytes, 'the manifest');
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** True for layers that stay at their own place and are never uploaded (Windows base layers of old). */
export function isForeignLayer({ mediaType }: Descriptor): boolean {
  return mediaType.includes('nondistributable') || mediaType.includes('.foreign.');
}

/** Reads the descriptor at a place of a JSON document. */
export function parseDescriptor(value: unknown, what: string): Descriptor {
  const { mediaType, digest, size, platform } = asObject(value);
  if (typeof digest !== 'string' || !isDigest(digest)) {
    throw new UserError('archive-invalid', `${what} names content without a sha256 digest`);
  }
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) {
    throw new UserError('archive-invalid', `${what} gives no size for ${digest}`);
  }
  return {
    digest,
    sizeBytes: size,
    mediaType: typeof mediaType === 'string' ? mediaType : '',
    platform: parsePlatform(platform),
  };
}

/** `os/architecture[/variant]` of a platform object or an image's configuration; undefined when it does not say. */
export function parsePlatform(value: unknown): string | undefined {
  const { os, architecture, variant } = asObject(value);
  if (typeof os !== 'string' || typeof architecture !== 'string') return undefined;
  if (os === '' || architecture === '' || os === 'unknown') return undefined;
  return typeof variant === 'string' && variant !== ''
    ? `${os}/${architecture}/${variant}`
    : `${os}/${architecture}`;
}

/** @throws UserError `archive-invalid` when the bytes are no JSON object */
export function parseJsonObject(bytes: Uint8Array, what: string): Record<string, unknown> {
  const value = parseJson(bytes, what);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return asObject(value);
  throw new UserError('archive-invalid', `${what} is not a JSON object`);
}

/** @throws UserError `archive-invalid` when the bytes are no JSON */
export function parseJson(bytes: Uint8Array, what: string): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (error) {
    throw new UserError('archive-invalid', `${what} is not valid JSON`, { cause: error });
  }
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
