import { shortDigest } from '../image/digest.ts';
import type { BlobContent } from '../image/image-content.ts';
import { parseEcrHost } from '../image/registry-host.ts';
import { type RetryOptions, retryTransient, TransientFailure } from '../image/retry.ts';
import { UserError } from '../message/user-error.ts';
import type { RegistryTransport } from './registry-transport.ts';
import { verifiedBytes } from './verified-bytes.ts';

/** One repository that takes blobs. */
export interface UploadTarget {
  readonly transport: RegistryTransport;
  /** Scheme and host of the registry. */
  readonly origin: string;
  readonly repository: string;
  readonly retry: RetryOptions;
  /** The error for content that is not what its digest says. */
  readonly damaged: (digest: string) => Error;
}

/** Whether the repository has a blob. */
export function hasBlob({ transport, repository, retry }: UploadTarget, digest: string): Promise<boolean> {
  return retryTransient(retry, async () => {
    const response = await transport({
      method: 'HEAD',
      url: `/v2/${repository}/blobs/${digest}`,
      what: `the check for blob ${shortDigest(digest)} in ${repository}`,
      expected: [200, 404],
    });
    return response.status === 200;
  });
}

/**
 * Asks the registry to take a blob from another of its repositories. It may begin an upload instead, as ECR does where blob
 * mounting is off, or the encryption of the repositories differs; its location is the answer then.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/blob-mounting.html
 */
export function mountBlob(target: UploadTarget, digest: string, from: string): Promise<'mounted' | URL> {
  const what = `the mount of blob ${shortDigest(digest)} from ${from} in ${target.repository}`;
  const query = new URLSearchParams({ mount: digest, from });
  return retryTransient(target.retry, async () => {
    const response = await target.transport({
      method: 'POST',
      url: `/v2/${target.repository}/blobs/uploads/?${query}`,
      what,
      body: () => new Uint8Array(),
      expected: [201, 202],
    });
    await response.body?.cancel();
    return response.status === 201 ? 'mounted' : uploadLocation(response, what);
  });
}

/**
 * Uploads a blob: POST for a session, PATCH with the bytes, PUT with the digest, the order in which docker itself pushes.
 * After a cut it goes on where the registry says the upload stands, or starts again where it cannot say.
 *
 * @param session an upload that has begun already
 */
export async function sendBlob(target: UploadTarget, blob: BlobContent, session?: URL): Promise<void> {
  let mayResume = resumesUploads(target.origin);
  let begun = session;
  let attempts = 0;
  const bytes = verifiedBytes(blob, (digest) => {
    begun = undefined;
    return target.damaged(digest);
  });
  await retryTransient(target.retry, async () => {
    attempts += 1;
    const upload =
      attempts === 1 && begun !== undefined
        ? { location: begun, offsetBytes: 0 }
        : await openUpload(target, blob, mayResume ? begun : undefined);
    begun = upload.location;
    try {
      begun = await sendBytes(target, blob, upload, () => bytes.from(upload.offsetBytes));
      await closeUpload(target, blob, begun);
    } catch (error) {
      if (upload.offsetBytes === 0 || !(error instanceof UserError)) throw error;
      // Half of this upload came from a session that broke; only a fresh one shows whether the content is at fault.
      mayResume = false;
      throw new TransientFailure(error);
    }
  });
}

interface Upload {
  readonly location: URL;
  /** How many bytes the registry has. */
  readonly offsetBytes: number;
}

// ECR takes a second PATCH with 201 and drops its bytes: https://github.com/aws/containers-roadmap/issues/2831
function resumesUploads(origin: string): boolean {
  return parseEcrHost(new URL(origin).host) === undefined;
}

async function openUpload(target: UploadTarget, blob: BlobContent, broken: URL | undefined): Promise<Upload> {
  const standing = broken === undefined ? undefined : await findUpload(target, blob, broken);
  if (standing !== undefined) return standing;
  const what = describe(target, blob);
  const response = await target.transport({
    method: 'POST',
    url: `/v2/${target.repository}/blobs/uploads/`,
    what,
    body: () => new Uint8Array(),
    expected: [202],
  });
  await response.body?.cancel();
  return { location: uploadLocation(response, what), offsetBytes: 0 };
}

/** Where a broken upload stands; undefined when the registry has nothing of it, or does not say. */
async function findUpload(
  { transport, ...target }: UploadTarget,
  blob: BlobContent,
  url: URL,
): Promise<Upload | undefined> {
  const what = describe(target, blob);
  let response: Response;
  try {
    response = await transport({ method: 'GET', url, what, expected: [204] });
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
  // Zero bytes and one byte are both `0-0`, so that nothing is lost by sending the first byte again.
  const last = Number(/^(?:bytes=)?0-(\d+)$/.exec(response.headers.get('range') ?? '')?.[1] ?? 0);
  const location = response.headers.get('location');
  if (last === 0 || last >= blob.sizeBytes) return undefined;
  return { location: location === null ? url : new URL(location, response.url), offsetBytes: last + 1 };
}

async function sendBytes(
  { transport, ...target }: UploadTarget,
  blob: BlobContent,
  { location, offsetBytes }: Upload,
  body: () => AsyncIterable<Uint8Array>,
): Promise<URL> {
  const what = describe(target, blob);
  // The registry may have had every byte when the connection broke.
  if (offsetBytes > 0 && offsetBytes === blob.sizeBytes) return location;
  const range = offsetBytes === 0 ? {} : { 'content-range': `${offsetBytes}-${blob.sizeBytes - 1}` };
  const response = await transport({
    method: 'PATCH',
    url: location,
    what,
    headers: {
      'content-type': 'application/octet-stream',
      'content-length': String(blob.sizeBytes - offsetBytes),
      ...range,
    },
    body,
    expected: offsetBytes === 0 ? [201, 202, 204] : [201, 202, 204, 416],
  });
  await response.body?.cancel();
  // It took more bytes of the broken connection after it was asked; asking again tells how many.
  if (response.status === 416) throw new TransientFailure(outOfStep(what));
  return uploadLocation(response, what);
}

async function closeUpload(target: UploadTarget, blob: BlobContent, location: URL): Promise<void> {
  const url = new URL(location);
  url.searchParams.set('digest', blob.digest);
  const response = await target.transport({
    method: 'PUT',
    url,
    what: describe(target, blob),
    body: () => new Uint8Array(),
    expected: [201, 204],
  });
  await response.body?.cancel();
}

function describe({ repository }: Pick<UploadTarget, 'repository'>, { digest }: BlobContent): string {
  return `the upload of blob ${shortDigest(digest)} to ${repository}`;
}

function outOfStep(what: string): UserError {
  return new UserError('push-failed', `The registry and this job could not agree how far ${what} had come.`);
}

function uploadLocation(response: Response, what: string): URL {
  const location = response.headers.get('location');
  if (location !== null) return new URL(location, response.url);
  throw new UserError('push-failed', `The registry gave no location for ${what}`);
}
