import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../message/user-error.ts';

/** A file of an archive where it can be read from the start any number of times. */
export interface ArchiveFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly digest: string;
}

/** The files of an archive by the names the archive gives them. */
export interface ArchiveFiles {
  /** How messages name the archive: its path as the user wrote it. */
  readonly what: string;
  find(name: string): Promise<ArchiveFile | undefined>;
}

// Manifests, indexes and configurations; the same limit registries set for manifests.
const jsonLimitBytes = 4 * 1024 * 1024;

/** @throws UserError `archive-invalid` when the archive has no such file */
export async function requireFile(files: ArchiveFiles, name: string): Promise<ArchiveFile> {
  const file = await files.find(name);
  if (file !== undefined) return file;
  throw new UserError('archive-invalid', `${files.what} is incomplete: it lacks ${name}`);
}

/** Reads a small file of an archive whole. */
export async function readJsonFile(files: ArchiveFiles, name: string): Promise<Uint8Array> {
  const file = await requireFile(files, name);
  if (file.sizeBytes <= jsonLimitBytes) return readFile(file.path);
  throw new UserError('archive-invalid', `${files.what} is not an image: ${name} is larger than 4 MiB`);
}

/** The files of a directory, hashed when they are asked for. Names must come from digests or from this program. */
export function directoryFiles(directory: string, what: string): ArchiveFiles {
  return {
    what,
    async find(name) {
      const path = join(directory, name);
      const found = await stat(path).catch(() => undefined);
      if (!found?.isFile()) return undefined;
      return { path, sizeBytes: found.size, digest: await hashFile(path) };
    },
  };
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return `sha256:${hash.digest('hex')}`;
}
