import { AwsError } from '../server/service.ts';
import { digestOf } from './digest.ts';
import { parseManifest } from './manifest.ts';
import { type Image, isTagImmutable, type Repository, repositoryNotFound, tagsOf } from './repository.ts';

/** One account's registry: repositories by name. Plain state; the functions below are its rules. */
export interface ImageStore {
  readonly registryId: string;
  readonly repositories: Map<string, Repository>;
}

export function createImageStore(registryId: string): ImageStore {
  return { registryId, repositories: new Map() };
}

/** @throws AwsError RepositoryNotFoundException */
export function findRepository(store: ImageStore, name: string, registryId = store.registryId): Repository {
  const repository = registryId === store.registryId ? store.repositories.get(name) : undefined;
  if (repository === undefined) throw repositoryNotFound(name, registryId);
  return repository;
}

/** The image under a tag or digest, or undefined. With both, the tag must be on that very digest. */
export function findImage(
  repository: Repository,
  id: { readonly digest?: string | undefined; readonly tag?: string | undefined },
): Image | undefined {
  const tagged = id.tag === undefined ? id.digest : repository.imageTags.get(id.tag);
  if (tagged === undefined || (id.digest !== undefined && id.digest !== tagged)) return undefined;
  return repository.images.get(tagged);
}

export interface PutImage {
  readonly bytes: Uint8Array;
  readonly mediaType?: string | undefined;
  readonly tag?: string | undefined;
  /** The digest the client says the bytes have. */
  readonly digest?: string | undefined;
  /** Virtual epoch milliseconds. */
  readonly now: number;
}

/**
 * Stores a manifest, and tags it.
 *
 * @throws AwsError ImageDigestDoesNotMatchException, InvalidParameterException, LayersNotFoundException,
 *   ReferencedImagesNotFoundException, ImageTagAlreadyExistsException
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImage.html
 */
export function putImage(repository: Repository, put: PutImage): Image {
  const digest = digestOf(put.bytes);
  if (put.digest !== undefined && put.digest !== digest) throw digestDoesNotMatch(repository, put.digest);
  const manifest = parseManifest(put.bytes, put.mediaType);
  requireAll(repository, 'Layers', manifest.blobs, (blob) => repository.blobs.has(blob));
  requireAll(repository, 'Images', manifest.children, (child) => repository.images.has(child));
  if (put.tag !== undefined) requireTagFree(repository, put.tag);
  const image = repository.images.get(digest) ?? {
    digest,
    bytes: put.bytes,
    manifest,
    pushedAt: put.now,
    lastPulledAt: undefined,
  };
  repository.images.set(digest, image);
  if (put.tag !== undefined) repository.imageTags.set(put.tag, digest);
  if (repository.scanOnPush && !repository.scans.has(digest))
    repository.scans.set(digest, { startedAt: put.now });
  return image;
}

/** Why an image could not be deleted. */
export type DeleteFailure = {
  readonly code: 'ImageNotFound' | 'ImageReferencedByManifestList';
  readonly reason: string;
};

/**
 * Takes a tag away, and the image with its last tag; by digest, the image with all its tags.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchDeleteImage.html
 */
export function deleteImage(
  repository: Repository,
  id: { readonly digest?: string | undefined; readonly tag?: string | undefined },
): { readonly deleted: readonly { digest: string; tag?: string }[] } | DeleteFailure {
  const image = findImage(repository, id);
  if (image === undefined) return { code: 'ImageNotFound', reason: 'Requested image not found' };
  const { digest } = image;
  const tags = tagsOf(repository, digest);
  if (id.tag !== undefined && tags.length > 1) {
    repository.imageTags.delete(id.tag);
    return { deleted: [{ digest, tag: id.tag }] };
  }
  const parents = [...repository.images.values()].filter(({ manifest }) =>
    manifest.children.includes(digest),
  );
  if (parents.length > 0) {
    const list = parents.map((parent) => parent.digest).join(', ');
    return {
      code: 'ImageReferencedByManifestList',
      reason: `Requested image referenced by manifest list: [${list}]`,
    };
  }
  repository.images.delete(digest);
  repository.scans.delete(digest);
  for (const tag of tags) repository.imageTags.delete(tag);
  return { deleted: tags.length === 0 ? [{ digest }] : tags.map((tag) => ({ digest, tag })) };
}

function requireAll(
  repository: Repository,
  what: 'Layers' | 'Images',
  digests: readonly string[],
  exists: (digest: string) => boolean,
): void {
  const missing = [...new Set(digests)].filter((digest) => !exists(digest));
  if (missing.length === 0) return;
  throw new AwsError(
    what === 'Layers' ? 'LayersNotFoundException' : 'ReferencedImagesNotFoundException',
    `${what} with digests '[${missing.join(', ')}]' required for pushing image into repository with name '${repository.name}' in the registry with id '${repository.registryId}' do not exist`,
  );
}

// Also when the tag is on this very image: https://github.com/aws/containers-roadmap/issues/2179
function requireTagFree(repository: Repository, tag: string): void {
  if (!repository.imageTags.has(tag) || !isTagImmutable(repository.tagMutability, tag)) return;
  throw new AwsError(
    'ImageTagAlreadyExistsException',
    `The image tag '${tag}' already exists in the '${repository.name}' repository and cannot be overwritten because the tag is immutable.`,
  );
}

function digestDoesNotMatch(repository: Repository, digest: string): AwsError {
  return new AwsError(
    'ImageDigestDoesNotMatchException',
    `The image with digest '${digest}' in repository '${repository.name}' and registry ID '${repository.registryId}' does not match the image digest that Amazon ECR has calculated.`,
  );
}
