import { findImage } from '../registry/image-store.ts';
import type { Image, Repository } from '../registry/repository.ts';
import { AwsError } from '../server/service.ts';

/** An image as a request or an answer names it. */
export interface ImageId {
  readonly imageDigest?: string;
  readonly imageTag?: string;
}

/** @throws AwsError ImageNotFoundException */
export function requireImage(repository: Repository, { imageDigest, imageTag }: ImageId): Image {
  const image = findImage(repository, { digest: imageDigest, tag: imageTag });
  if (image !== undefined) return image;
  throw new AwsError(
    'ImageNotFoundException',
    `The image with imageId {imageDigest:'${imageDigest ?? 'null'}', imageTag:'${imageTag ?? 'null'}'} does not exist within the repository with name '${repository.name}' in the registry with id '${repository.registryId}'`,
  );
}
