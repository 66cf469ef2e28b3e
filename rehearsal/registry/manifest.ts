import { AwsError } from '../server/service.ts';
import { digestPattern } from './digest.ts';

/** What a manifest refers to, of the kinds ECR stores. */
export interface Manifest {
  readonly kind: 'image' | 'index';
  readonly mediaType: string;
  /** Configuration and layers of an image, which must have been uploaded before. */
  readonly blobs: readonly string[];
  /** Compressed bytes of the layers, as their descriptors have it. */
  readonly layerBytes: number;
  /** Manifests an index lists, which must have been pushed before. */
  readonly children: readonly string[];
  /** The manifest that this one is about (signatures, SBOMs); it need not exist. */
  readonly subject: string | undefined;
  readonly artifactType: string | undefined;
  readonly annotations: Readonly<Record<string, string>> | undefined;
}

// https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-manifest-formats.html
const kinds: Readonly<Record<string, Manifest['kind']>> = {
  'application/vnd.docker.distribution.manifest.v2+json': 'image',
  'application/vnd.oci.image.manifest.v1+json': 'image',
  'application/vnd.docker.distribution.manifest.list.v2+json': 'index',
  'application/vnd.oci.image.index.v1+json': 'index',
};

interface Descriptor {
  readonly mediaType?: string;
  readonly digest?: string;
  readonly size?: number;
  readonly urls?: readonly string[];
}

interface ManifestJson {
  readonly schemaVersion?: number;
  readonly mediaType?: string;
  readonly config?: Descriptor;
  readonly layers?: readonly Descriptor[];
  readonly manifests?: readonly Descriptor[];
  readonly subject?: Descriptor;
  readonly artifactType?: string;
  readonly annotations?: Record<string, string>;
}

/**
 * Reads a manifest.
 *
 * @param declaredType the media type the client sent, if it did
 * @throws AwsError InvalidParameterException for what ECR would not store
 */
export function parseManifest(bytes: Uint8Array, declaredType: string | undefined): Manifest {
  const json = parseJson(bytes);
  const mediaType = json.mediaType ?? declaredType ?? guessType(json);
  if (declaredType !== undefined && declaredType !== mediaType)
    throw invalid(`Media type '${declaredType}' does not match the manifest's '${mediaType}'`);
  const kind = kinds[mediaType];
  if (kind === undefined || json.schemaVersion !== 2) throw invalid(`Unsupported media type '${mediaType}'`);
  requireDescriptors(json);
  const layers = json.layers ?? [];
  if (kind === 'image' && json.config === undefined) throw invalid('Image manifest without config');
  if (kind === 'index' && json.manifests === undefined) throw invalid('Image index without manifests');
  return {
    kind,
    mediaType,
    blobs: kind === 'image' ? [...(json.config ? [json.config] : []), ...layers].flatMap(uploadedDigest) : [],
    layerBytes: layers.reduce((sum, layer) => sum + (layer.size ?? 0), 0),
    children: kind === 'index' ? (json.manifests ?? []).flatMap(uploadedDigest) : [],
    subject: json.subject?.digest,
    artifactType: json.artifactType ?? artifactConfigType(json),
    annotations: json.annotations,
  };
}

function parseJson(bytes: Uint8Array): ManifestJson {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Falls through to ECR's own answer.
  }
  throw invalid('Invalid JSON syntax');
}

function requireDescriptors({ config, layers = [], manifests = [] }: ManifestJson): void {
  for (const list of [layers, manifests]) if (!Array.isArray(list)) throw invalid('Invalid descriptor list');
  for (const one of [config ?? {}, ...layers, ...manifests])
    if (typeof one !== 'object' || one === null) throw invalid('Invalid descriptor');
}

// OCI 1.0 left the field out; what it holds tells an index from an image.
function guessType(json: ManifestJson): string {
  return `application/vnd.oci.image.${json.manifests === undefined ? 'manifest' : 'index'}.v1+json`;
}

// Foreign layers are fetched from elsewhere and never uploaded.
function uploadedDigest(descriptor: Descriptor): string[] {
  if ((descriptor.urls ?? []).length > 0) return [];
  if (!digestPattern.test(descriptor.digest ?? '')) throw invalid('Invalid digest');
  return [descriptor.digest ?? ''];
}

function artifactConfigType(json: ManifestJson): string | undefined {
  const type = json.config?.mediaType;
  return type === undefined || /\.(image\.config\.v1|container\.image\.v1)\+json$/.test(type)
    ? undefined
    : type;
}

function invalid(constraint: string): AwsError {
  return new AwsError(
    'InvalidParameterException',
    `Invalid parameter at 'ImageManifest' failed to satisfy constraint: '${constraint}'`,
  );
}
