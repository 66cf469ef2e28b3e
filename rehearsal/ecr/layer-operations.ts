import { downloadUrl } from '../registry/blob-routes.ts';
import type { Upload } from '../registry/blob-store.ts';
import { digestPattern } from '../registry/digest.ts';
import type { Repository } from '../registry/repository.ts';
import { AwsError, type Json, type Operation } from '../server/service.ts';
import { invalidParameter, nameRepository, readList, readRepository, readText } from './ecr-input.ts';
import type { EcrWorld } from './ecr-world.ts';

// What ECR suggests to its own clients. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_InitiateLayerUpload.html
const partSizeBytes = 10 * 1024 * 1024;

/** Layers by API, the way of clients that do not speak the registry's protocol. */
export function layerOperations(world: EcrWorld): Record<string, Operation> {
  const { blobs } = world;
  return {
    BatchCheckLayerAvailability(input) {
      const repository = readRepository(world, input);
      const digests = readList<string>(input, 'layerDigests');
      return {
        layers: digests
          .filter((digest) => digestPattern.test(digest))
          .map((digest) => describe(world, repository, digest)),
        failures: digests
          .filter((digest) => !digestPattern.test(digest))
          .map((layerDigest) => ({
            layerDigest,
            failureCode: 'InvalidLayerDigest',
            failureReason: 'Invalid layer digest',
          })),
      };
    },
    async InitiateLayerUpload(input) {
      readRepository(world, input);
      const upload = await blobs.beginUpload();
      return { uploadId: upload.id, partSize: partSizeBytes };
    },
    async UploadLayerPart(input) {
      const repository = readRepository(world, input);
      const upload = requireUpload(world, repository, input);
      if (input['partFirstByte'] !== upload.size) throw invalidPart(repository, upload);
      await upload.append([Buffer.from(readText(input, 'layerPartBlob'), 'base64')]);
      return { ...nameRepository(repository), uploadId: upload.id, lastByteReceived: upload.size - 1 };
    },
    async CompleteLayerUpload(input) {
      const repository = readRepository(world, input);
      const upload = requireUpload(world, repository, input);
      const [digest = ''] = readList<string>(input, 'layerDigests');
      if (!digestPattern.test(digest)) throw invalidParameter('layerDigests', 'must be a digest');
      if ((await upload.finish(digest)) === 'digest-mismatch') {
        throw new AwsError(
          'InvalidLayerException',
          `The uploaded layer does not have the digest '${digest}' that was given for it.`,
        );
      }
      repository.blobs.add(digest);
      return { ...nameRepository(repository), uploadId: upload.id, layerDigest: digest };
    },
    GetDownloadUrlForLayer(input) {
      const repository = readRepository(world, input);
      const layerDigest = readText(input, 'layerDigest');
      if (!repository.blobs.has(layerDigest)) throw layerNotFound(repository, layerDigest);
      return { downloadUrl: downloadUrl(world.endpoint(), layerDigest), layerDigest };
    },
  };
}

function describe(world: EcrWorld, repository: Repository, layerDigest: string): Json {
  const size = repository.blobs.has(layerDigest) ? world.blobs.size(layerDigest) : undefined;
  if (size === undefined) return { layerDigest, layerAvailability: 'UNAVAILABLE' };
  return {
    layerDigest,
    layerAvailability: 'AVAILABLE',
    layerSize: size,
    mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
  };
}

function requireUpload(world: EcrWorld, repository: Repository, input: Json): Upload {
  const id = readText(input, 'uploadId');
  const upload = world.blobs.upload(id);
  if (upload !== undefined) return upload;
  throw new AwsError(
    'UploadNotFoundException',
    `The upload '${id}' could not be found, or the specified upload ID is not valid for the repository with name '${repository.name}' in the registry with id '${repository.registryId}'`,
  );
}

function invalidPart(repository: Repository, upload: Upload): AwsError {
  const fields = {
    ...nameRepository(repository),
    uploadId: upload.id,
    lastValidByteReceived: upload.size - 1,
  };
  return new AwsError(
    'InvalidLayerPartException',
    `The layer part is not the next one of the upload '${upload.id}'.`,
    { fields },
  );
}

function layerNotFound({ name, registryId }: Repository, digest: string): AwsError {
  return new AwsError(
    'LayersNotFoundException',
    `The layer with digest '${digest}' does not exist within the repository with name '${name}' in the registry with id '${registryId}'`,
  );
}
