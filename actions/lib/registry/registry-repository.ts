import { createHash } from 'node:crypto';
import { sayBytes } from '../image/byte-size.ts';
import { digestOf, isDigest, shortDigest } from '../image/digest.ts';
import type { BlobContent, ImageContent } from '../image/image-content.ts';
import type { ImageRepository, RegistryLogin, UploadCount } from '../image/image-repository.ts';
import { manifestMediaType, manifestTypes, type StoredManifest } from '../image/manifest.ts';
import { type RetryOptions, retryTransient, TransientFailure } from '../image/retry.ts';
import { UserError } from '../message/user-error.ts';
import { connectionFailure, registryFailure } from './registry-failure.ts';
import { createRegistryTransport, type RegistryTransport } from './registry-transport.ts';

const parallelUploads = 3;
// Registries accept manifests up to 4 MiB. https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-manifests
const manifestLimitBytes = 4 * 1024 * 1024;

/**
 * One repository of a registry over HTTP: a small client of the OCI distribution protocol on Node's own fetch. Blobs are
 * streamed both ways and hashed on their way, so that memory stays flat. Every operation is retried by itself: throttling,
 * server errors, refused tokens and lost connections; an upload starts again with the blob it was at, and blobs that the
 * repository has are never sent.
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
  const base = `/v2/${repository}`;
  const retry = <T>(operation: () => Promise<T>): Promise<T> => retryTransient(options, operation);

  async function hasBlob(digest: string): Promise<boolean> {
    const response = await transport({
      method: 'HEAD',
      url: `${base}/blobs/${digest}`,
      what: `the check for blob ${shortDigest(digest)} in ${repository}`,
      expected: [200, 404],
    });
    return response.status === 200;
  }

  async function uploadBlob(blob: BlobContent): Promise<boolean> {
    if (await hasBlob(blob.digest)) return false;
    await sendBlob(transport, repository, blob);
    options.log.info(`Uploaded ${shortDigest(blob.digest)} (${sayBytes(blob.sizeBytes)})`);
    return true;
  }

  async function findManifest(reference: string): Promise<StoredManifest | undefined> {
    const what = `manifest ${reference} of ${repository}`;
    const response = await transport({
      method: 'GET',
      url: `${base}/manifests/${reference}`,
      what: `the read of ${what}`,
      headers: { accept: manifestTypes.join(', ') },
      expected: [200, 404],
    });
    if (response.status === 404) return await requireRepository(response, what);
    const bytes = await readLimited(response, what);
    const digest = digestOf(bytes);
    if (isDigest(reference) && digest !== reference) {
      throw new TransientFailure(
        new UserError('push-failed', `The registry answered ${what} with content whose digest is ${digest}`),
      );
    }
    const mediaType = response.headers.get('content-type')?.split(';')[0]?.trim();
    return { digest, bytes, mediaType: mediaType || manifestMediaType(bytes, what) };
  }

  async function putManifest(reference: string, manifest: StoredManifest): Promise<void> {
    const what = `the push of ${repository}${isDigest(reference) ? '@' : ':'}${reference}`;
    const response = await transport({
      method: 'PUT',
      url: `${base}/manifests/${reference}`,
      what,
      headers: { 'content-type': manifest.mediaType },
      body: () => manifest.bytes,
      expected: [200, 201, 202],
    });
    await response.body?.cancel();
    const stored = response.headers.get('docker-content-digest');
    if (stored === null || stored === manifest.digest) return;
    throw new UserError('push-failed', `After ${what} the registry holds ${stored}, not ${manifest.digest}`);
  }

  return {
    findManifest: (reference) => retry(() => findManifest(reference)),
    putManifest: (reference, manifest) => retry(() => putManifest(reference, manifest)),
    async uploadContent(content: ImageContent): Promise<UploadCount> {
      const sent: BlobContent[] = [];
      await forEachParallel(content.blobs, async (blob) => {
        if (await retry(() => uploadBlob(blob))) sent.push(blob);
      });
      for (const child of content.children) await retry(() => putManifest(child.digest, child));
      return {
        uploadedBlobs: sent.length,
        uploadedBytes: sent.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
        presentBlobs: content.blobs.length - sent.length,
      };
    },
  };
}

/** POST for a session, PATCH with the bytes, PUT with the digest: the order in which docker itself pushes. */
async function sendBlob(transport: RegistryTransport, repository: string, blob: BlobContent): Promise<void> {
  const what = `the upload of blob ${shortDigest(blob.digest)} to ${repository}`;
  const url = `/v2/${repository}/blobs/uploads/`;
  const started = await transport({
    method: 'POST',
    url,
    what,
    expected: [202],
    body: () => new Uint8Array(),
  });
  await started.body?.cancel();
  const patched = await transport({
    method: 'PATCH',
    url: uploadLocation(started, what),
    what,
    headers: { 'content-type': 'application/octet-stream', 'content-length': String(blob.sizeBytes) },
    body: () => verifiedBytes(blob),
    expected: [201, 202, 204],
  });
  await patched.body?.cancel();
  const location = uploadLocation(patched, what);
  location.searchParams.set('digest', blob.digest);
  const put = await transport({
    method: 'PUT',
    url: location,
    what,
    expected: [201, 204],
    body: () => new Uint8Array(),
  });
  await put.body?.cancel();
}

function uploadLocation(response: Response, what: string): URL {
  const location = response.headers.get('location');
  if (location !== null) return new URL(location, response.url);
  throw new UserError('push-failed', `The registry gave no location for ${what}`);
}

/** The last chunk is held back until the whole is known to be right, so that no wrong content is ever sent complete. */
async function* verifiedBytes(blob: BlobContent): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  let held: Uint8Array | undefined;
  for await (const chunk of blob.open()) {
    if (held !== undefined) yield held;
    held = chunk;
    hash.update(chunk);
    sizeBytes += chunk.length;
    if (sizeBytes > blob.sizeBytes) break;
  }
  if (sizeBytes !== blob.sizeBytes || `sha256:${hash.digest('hex')}` !== blob.digest) {
    throw new UserError(
      'archive-invalid',
      `The content of blob ${blob.digest} changed while it was uploaded`,
    );
  }
  if (held !== undefined) yield held;
}

/** A 404 may stand for the manifest or for the whole repository; only the body tells. */
async function requireRepository(response: Response, what: string): Promise<undefined> {
  const failure = await registryFailure(response, what);
  if (failure instanceof UserError && failure.code === 'repository-not-found') throw failure;
  return undefined;
}

async function readLimited(response: Response, what: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  try {
    for await (const chunk of response.body ?? []) {
      sizeBytes += chunk.length;
      if (sizeBytes > manifestLimitBytes) break;
      chunks.push(chunk);
    }
  } catch (error) {
    throw connectionFailure(error, new URL(response.url).origin, `the read of ${what}`);
  }
  if (sizeBytes <= manifestLimitBytes) return Buffer.concat(chunks);
  throw new UserError('push-failed', `The ${what} is larger than 4 MiB`);
}

async function forEachParallel<T>(items: readonly T[], task: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const work = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await task(item);
  };
  try {
    await Promise.all(Array.from({ length: parallelUploads }, work));
  } finally {
    queue.length = 0;
  }
}
