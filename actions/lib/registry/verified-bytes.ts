import { createHash, type Hash } from 'node:crypto';
import type { BlobContent } from '../image/image-content.ts';

/** The bytes of a blob from any offset on, with the digest of the whole always checked. */
export interface VerifiedBytes {
  /** Throws what `damaged` gives before the last chunk is out when size or digest are wrong: no wrong content is ever sent complete. */
  from(offsetBytes: number): AsyncIterable<Uint8Array>;
}

interface Checkpoint {
  readonly offsetBytes: number;
  readonly hash: Hash;
}

// What is read again, at most, to go on with a digest in the middle of a blob.
const checkpointBytes = 8 * 1024 * 1024;

/**
 * Hashes a blob while it is read. States of the hash are kept on the way, so that reading from an offset needs no reading
 * from the start.
 *
 * @param damaged the error for content that is not what its digest says
 */
export function verifiedBytes(blob: BlobContent, damaged: (digest: string) => Error): VerifiedBytes {
  const first: Checkpoint = { offsetBytes: 0, hash: createHash('sha256') };
  const checkpoints: Checkpoint[] = [];

  async function* read(offsetBytes: number): AsyncGenerator<Uint8Array> {
    const start = checkpoints.findLast((checkpoint) => checkpoint.offsetBytes <= offsetBytes) ?? first;
    const hash = start.hash.copy();
    let position = start.offsetBytes;
    let held: Uint8Array | undefined;
    for await (const chunk of blob.open(position)) {
      if (held !== undefined) yield held;
      hash.update(chunk);
      const skip = Math.min(chunk.length, Math.max(0, offsetBytes - position));
      held = skip < chunk.length ? chunk.subarray(skip) : undefined;
      position += chunk.length;
      if (position > blob.sizeBytes) break;
      keepCheckpoint(checkpoints, position, hash);
    }
    if (position !== blob.sizeBytes || `sha256:${hash.digest('hex')}` !== blob.digest) {
      checkpoints.length = 0;
      throw damaged(blob.digest);
    }
    if (held !== undefined) yield held;
  }

  return { from: read };
}

function keepCheckpoint(checkpoints: Checkpoint[], offsetBytes: number, hash: Hash): void {
  const last = checkpoints.at(-1)?.offsetBytes ?? 0;
  if (offsetBytes - last >= checkpointBytes) checkpoints.push({ offsetBytes, hash: hash.copy() });
}
