import { digestOf } from '../registry/digest.ts';
import { deleteImage, findImage, putImage } from '../registry/image-store.ts';
import { type Image, type Repository, tagsOf } from '../registry/repository.ts';
import { AwsError, type Json, type Operation } from '../server/service.ts';
import {
  invalidParameter,
  nameRepository,
  paginate,
  readList,
  readOptionalText,
  readRepository,
  readStructure,
  readText,
} from './ecr-input.ts';
import type { EcrWorld } from './ecr-world.ts';
import { type ImageId, requireImage } from './image-id.ts';
import { describeScan } from './scan-operations.ts';

/** Images by API. @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_Operations.html */
export function imageOperations(world: EcrWorld): Record<string, Operation> {
  return {
    DescribeImages(input, { now }) {
      const repository = readRepository(world, input);
      const ids = readList<ImageId>(input, 'imageIds');
      const images =
        ids.length > 0
          ? ids.map((id) => requireImage(repository, id))
          : [...repository.images.values()].filter(({ digest }) => passesFilter(input, repository, digest));
      const { page, next } = paginate(input, images);
      return { imageDetails: page.map((image) => describe(world, repository, image, now)), ...next };
    },
    ListImages(input) {
      const repository = readRepository(world, input);
      const imageIds = [...repository.images.keys()]
        .filter((digest) => passesFilter(input, repository, digest))
        .flatMap((imageDigest) => nameImage(repository, imageDigest));
      const { page, next } = paginate(input, imageIds);
      return { imageIds: page, ...next };
    },
    BatchGetImage(input) {
      const repository = readRepository(world, input);
      const answers = readImageIds(input).map((imageId) => getImage(repository, imageId));
      return {
        images: answers.flatMap(({ image }) => image ?? []),
        failures: answers.flatMap(({ failure }) => failure ?? []),
      };
    },
    PutImage(input, { now }) {
      const repository = readRepository(world, input);
      const bytes = Buffer.from(readText(input, 'imageManifest'), 'utf8');
      const tag = readOptionalText(input, 'imageTag');
      requireNews(repository, bytes, tag);
      const { digest, manifest } = putImage(repository, {
        bytes,
        mediaType: readOptionalText(input, 'imageManifestMediaType'),
        digest: readOptionalText(input, 'imageDigest'),
        tag,
        now,
      });
      return {
        image: {
          ...nameRepository(repository),
          imageId: { imageDigest: digest, ...(tag === undefined ? {} : { imageTag: tag }) },
          imageManifest: bytes.toString('utf8'),
          imageManifestMediaType: manifest.mediaType,
        },
      };
    },
    BatchDeleteImage(input) {
      const repository = readRepository(world, input);
      const imageIds: ImageId[] = [];
      const failures: Json[] = [];
      for (const imageId of readImageIds(input)) {
        const result = deleteImage(repository, { digest: imageId.imageDigest, tag: imageId.imageTag });
        if ('deleted' in result) {
          for (const { digest, tag } of result.deleted)
            imageIds.push({ imageDigest: digest, ...(tag === undefined ? {} : { imageTag: tag }) });
        } else {
          failures.push({ imageId, failureCode: result.code, failureReason: result.reason });
        }
      }
      return { imageIds, failures };
    },
  };
}

// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchGetImage.html: 1 to 100 items.
function readImageIds(input: Json): readonly ImageId[] {
  const ids = readList<ImageId>(input, 'imageIds');
  if (ids.length < 1 || ids.length > 100)
    throw invalidParameter('imageIds', 'must have between 1 and 100 items');
  return ids;
}

function passesFilter(input: Json, repository: Repository, digest: string): boolean {
  const status = readOptionalText(readStructure(input, 'filter'), 'tagStatus') ?? 'ANY';
  return status === 'ANY' || (status === 'TAGGED') === tagsOf(repository, digest).length > 0;
}

function nameImage(repository: Repository, imageDigest: string): ImageId[] {
  const tags = tagsOf(repository, imageDigest);
  return tags.length === 0 ? [{ imageDigest }] : tags.map((imageTag) => ({ imageDigest, imageTag }));
}

function getImage(repository: Repository, imageId: ImageId): { image?: Json; failure?: Json } {
  const image = findImage(repository, { digest: imageId.imageDigest, tag: imageId.imageTag });
  if (image === undefined)
    return { failure: { imageId, failureCode: 'ImageNotFound', failureReason: 'Requested image not found' } };
  return {
    image: {
      ...nameRepository(repository),
      imageId: { ...imageId, imageDigest: image.digest },
      imageManifest: Buffer.from(image.bytes).toString('utf8'),
      imageManifestMediaType: image.manifest.mediaType,
    },
  };
}

function describe(world: EcrWorld, repository: Repository, image: Image, now: number): Json {
  const { digest, manifest } = image;
  const tags = tagsOf(repository, digest);
  return {
    ...nameRepository(repository),
    imageDigest: digest,
    ...(tags.length === 0 ? {} : { imageTags: tags }),
    imageSizeInBytes: manifest.layerBytes,
    imagePushedAt: new Date(image.pushedAt),
    imageManifestMediaType: manifest.mediaType,
    imageStatus: 'ACTIVE',
    ...(manifest.artifactType === undefined ? {} : { artifactMediaType: manifest.artifactType }),
    ...(manifest.subject === undefined ? {} : { subjectManifestDigest: manifest.subject }),
    ...(image.lastPulledAt === undefined ? {} : { lastRecordedPullTime: new Date(image.lastPulledAt) }),
    ...describeScan(world, repository, digest, now),
  };
}

// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImage.html: the same manifest under the same tag again
// is an error of the API, whatever the repository's mutability, while docker may push it again.
function requireNews(repository: Repository, bytes: Uint8Array, tag: string | undefined): void {
  const known = repository.images.get(digestOf(bytes));
  if (known === undefined) return;
  if (tag !== undefined && repository.imageTags.get(tag) !== known.digest) return;
  const tagged = tag === undefined ? '' : ` and tag '${tag}'`;
  throw new AwsError(
    'ImageAlreadyExistsException',
    `Image with digest '${known.digest}'${tagged} already exists in the repository with name '${repository.name}' in registry with id '${repository.registryId}'`,
  );
}
