import { shortDigest } from '../image/digest.ts';
import type { BlobContent } from '../image/image-content.ts';
import type { Descriptor } from '../image/manifest.ts';
import { type RetryOptions, retryTransient, TransientFailure } from '../image/retry.ts';
import { UserError } from '../message/user-error.ts';
import { connectionFailure } from './registry-failure.ts';
import type { RegistryTransport } from './registry-transport.ts';

/** One repository that blobs are read from. */
export interface DownloadSource {
  readonly transport: RegistryTransport;
  readonly repository: string;
  readonly retry: RetryOptions;
}

/**
 * A blob of a registry. Where a connection breaks off, reading goes on at that byte by a range request, as often as there is
 * progress between the breaks; without progress, after `maxRetries` it fails. Its digest is for whoever takes the bytes to check.
 *
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-blobs
 */
export function openRemoteBlob(source: DownloadSource, { digest, sizeBytes }: Descriptor): BlobContent {
  return { digest, sizeBytes, open: (start = 0) => readBlob(source, { digest, sizeBytes }, start) };
}

type Blob = Pick<Descriptor, 'digest' | 'sizeBytes'>;

async function* readBlob(source: DownloadSource, blob: Blob, start: number): AsyncGenerator<Uint8Array> {
  const what = `blob ${shortDigest(blob.digest)} of ${source.repository}`;
  let position = start;
  let chunks: AsyncGenerator<Uint8Array> | undefined;

  async function nextChunk(): Promise<Uint8Array> {
    chunks ??= readFrom(source, blob, position, what);
    try {
      const { value, done } = await chunks.next();
      if (done !== true) return value;
    } catch (error) {
      chunks = undefined;
      throw error;
    }
    chunks = undefined;
    throw new TransientFailure(brokenOff(what, position, blob.sizeBytes));
  }

  try {
    while (position < blob.sizeBytes) {
      // Every chunk has its own retries: only a stretch without any progress uses them up.
      const chunk = await retryTransient(source.retry, nextChunk);
      position += chunk.length;
      yield chunk;
    }
  } finally {
    await chunks?.return(undefined);
  }
}

/** One answer's bytes from a position on. */
async function* readFrom(
  { transport, repository }: DownloadSource,
  { digest }: Blob,
  position: number,
  what: string,
): AsyncGenerator<Uint8Array> {
  const response = await transport({
    method: 'GET',
    url: `/v2/${repository}/blobs/${digest}`,
    what: `the read of ${what}`,
    headers: position === 0 ? {} : { range: `bytes=${position}-` },
    expected: [200, 206],
  });
  let skip = skippedBytes(response, position, what);
  try {
    for await (const chunk of response.body ?? []) {
      const used = chunk.subarray(Math.min(skip, chunk.length));
      skip -= chunk.length - used.length;
      if (used.length > 0) yield used;
    }
  } catch (error) {
    throw connectionFailure(error, new URL(response.url).origin, `the read of ${what}`);
  }
}

/** How many bytes of an answer come before the position: all of them from a registry that does not know ranges. */
function skippedBytes(response: Response, position: number, what: string): number {
  if (response.status === 200) return position;
  const start = Number(/^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1] ?? Number.NaN);
  if (start <= position) return position - start;
  throw new UserError(
    'push-failed',
    `The registry answered the read of ${what} with another part than asked for`,
  );
}

function brokenOff(what: string, position: number, sizeBytes: number): UserError {
  return new UserError(
    'connection-failed',
    `The read of ${what} broke off after ${position} of ${sizeBytes} bytes. Check the network, and run the job again.`,
  );
}
