import { sayBytes } from '../image/byte-size.ts';
import { shortDigest } from '../image/digest.ts';
import { forEachParallel } from '../image/for-each-parallel.ts';
import { type BlobContent, type ImageContent, untilAborted } from '../image/image-content.ts';
import type { ImageRepository, RegistryLogin, UploadCount } from '../image/image-repository.ts';
import { type RetryOptions, retryTransient } from '../image/retry.ts';
import { UserError } from '../message/user-error.ts';
import { hasBlob, sendBlob, type UploadTarget } from './blob-upload.ts';
import { getManifest, putManifest } from './manifest-requests.ts';
import { createRegistryTransport } from './registry-transport.ts';

/**
 * One repository of a registry over HTTP: a small client of the OCI distribution protocol on Node's own fetch. Blobs are
 * streamed both ways and hashed on their way, so that memory stays flat. Every operation is retried by itself: throttling,
 * server errors, refused tokens and lost connections; a broken upload goes on where the registry says it stands, or starts
 * again with its blob, and blobs that the repository has are never sent.
 *
 * Why no library: `@sigstore/oci` holds whole blobs in memory and knows artifacts only (and brings make-fetch-happen, more
 * than this file's size a hundredfold); nothing else that is maintained speaks the push side without docker.
 *
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md
 */
export function openRegistryRepository(
  login: RegistryLogin,
  repository: string,
  options: RetryOptions,
): ImageRepository {
  const transport = createRegistryTransport(login);
  const retry = <T>(operation: () => Promise<T>): Promise<T> => retryTransient(options, operation);
  const target: UploadTarget = { transport, origin: login.origin, repository, retry: options, damaged };

  async function uploadBlob(blob: BlobContent): Promise<boolean> {
    if (await hasBlob(target, blob.digest)) return false;
    await sendBlob(target, blob);
    options.log.info(`Uploaded ${shortDigest(blob.digest)} (${sayBytes(blob.sizeBytes)})`);
    return true;
  }

  return {
    findManifest: (reference) => retry(() => getManifest(transport, repository, reference)),
    putManifest: (reference, manifest) =>
      retry(() => putManifest(transport, repository, reference, manifest)),
    async uploadContent(content: ImageContent): Promise<UploadCount> {
      const sent: BlobContent[] = [];
      await forEachParallel(content.blobs, async (blob, signal) => {
        if (await uploadBlob(untilAborted(blob, signal))) sent.push(blob);
      });
      for (const child of content.children) {
        await retry(() => putManifest(transport, repository, child.digest, child));
      }
      return {
        uploadedBlobs: sent.length,
        uploadedBytes: sent.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
        presentBlobs: content.blobs.length - sent.length,
      };
    },
  };
}

function damaged(digest: string): UserError {
  return new UserError('archive-invalid', `The content of blob ${digest} changed while it was uploaded`);
}
