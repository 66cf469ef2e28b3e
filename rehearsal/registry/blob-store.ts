import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, mkdtemp, open, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

/** The bytes of layers and configurations, on disk, by digest. Which repository may see which is the image store's affair. */
export interface BlobStore {
  beginUpload(): Promise<Upload>;
  /** A running upload, or undefined. */
  upload(id: string): Upload | undefined;
  /** Bytes of a stored blob, or undefined. */
  size(digest: string): number | undefined;
  /** Streams a stored blob, both ends included. */
  read(digest: string, range?: { start: number; end: number }): Readable;
  /** Ends every upload and deletes everything. */
  close(): Promise<void>;
}

export interface Upload {
  readonly id: string;
  readonly size: number;
  /** Adds bytes at the end. What had arrived before a broken connection stays, so that a client can resume. */
  append(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void>;
  /** Stores the blob under its digest when that is the one expected, and ends the upload either way. */
  finish(expectedDigest: string): Promise<'stored' | 'digest-mismatch'>;
  cancel(): Promise<void>;
}

/**
 * Makes a store. Its directory, under the system's temporary one, comes with the first upload. No blob is ever held in memory
 * whole.
 */
export function createBlobStore(): BlobStore {
  let making: Promise<string> | undefined;
  let directory = '';
  async function makeDirectory(): Promise<string> {
    directory = await mkdtemp(join(tmpdir(), 'rehearsal-registry-'));
    await mkdir(join(directory, 'uploads'));
    return directory;
  }
  const sizes = new Map<string, number>();
  const uploads = new Map<string, Upload>();
  const pathOf = (digest: string): string => join(directory, digest.replace(':', '-'));

  return {
    async beginUpload() {
      making ??= makeDirectory();
      const id = randomUUID();
      const path = join(await making, 'uploads', id);
      const upload = openUpload(id, path, await open(path, 'w'), {
        onStored: async (digest, size) => {
          await rename(path, pathOf(digest));
          sizes.set(digest, size);
        },
        onEnd: () => void uploads.delete(id),
      });
      uploads.set(id, upload);
      return upload;
    },
    upload: (id) => uploads.get(id),
    size: (digest) => sizes.get(digest),
    read: (digest, range) => createReadStream(pathOf(digest), range ?? {}),
    async close() {
      for (const upload of [...uploads.values()]) await upload.cancel();
      if (making !== undefined) await rm(await making, { recursive: true, force: true });
    },
  };
}

interface UploadEvents {
  onStored(digest: string, size: number): Promise<void>;
  onEnd(): void;
}

function openUpload(id: string, path: string, file: FileHandle, events: UploadEvents): Upload {
  const hash = createHash('sha256');
  let size = 0;
  async function end(): Promise<void> {
    events.onEnd();
    await file.close();
  }
  async function cancel(): Promise<void> {
    await end();
    await rm(path, { force: true });
  }
  return {
    id,
    get size() {
      return size;
    },
    async append(source) {
      for await (const chunk of source) {
        await file.write(chunk);
        hash.update(chunk);
        size += chunk.length;
      }
    },
    async finish(expectedDigest) {
      const digest = `sha256:${hash.digest('hex')}`;
      if (digest !== expectedDigest) {
        await cancel();
        return 'digest-mismatch';
      }
      await end();
      await events.onStored(digest, size);
      return 'stored';
    },
    cancel,
  };
}
