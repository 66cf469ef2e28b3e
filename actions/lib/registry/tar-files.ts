import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { Parser } from 'tar/parse';
import { cleanRemoteLine } from '../message/remote-text.ts';
import { UserError } from '../message/user-error.ts';
import type { ArchiveFile, ArchiveFiles } from './archive-files.ts';
import { failureMessage } from './system-failure.ts';

type Entry = Parameters<NonNullable<NonNullable<ConstructorParameters<typeof Parser>[0]>['onReadEntry']>>[0];

interface Unpacked {
  readonly files: Map<string, ArchiveFile>;
  /** `docker save` before 25.0 writes a layer once and links to it from the other images. */
  readonly links: Map<string, string>;
}

const fatalWarnings = new Set(['TAR_BAD_ARCHIVE', 'TAR_ABORT', 'TAR_ENTRY_INVALID', 'TAR_ENTRY_ERROR']);

/**
 * Unpacks the regular files of a tar, plain or gzipped, into `directory` and hashes them on the way. Files get numbers for
 * names there, so no name in the archive can reach any other place, and memory stays flat whatever their size.
 *
 * @throws UserError `archive-invalid` for what is no tar, is cut short, or names paths outside itself
 */
export async function unpackTar(path: string, directory: string, what: string): Promise<ArchiveFiles> {
  const unpacked: Unpacked = { files: new Map(), links: new Map() };
  await readEntries(path, what, (entry) => unpackEntry(entry, directory, what, unpacked));
  const resolveName = (name: string, hops: number): ArchiveFile | undefined => {
    const target = unpacked.links.get(name);
    return target === undefined || hops === 0 ? unpacked.files.get(name) : resolveName(target, hops - 1);
  };
  return { what, find: async (name) => resolveName(name, 8) };
}

function readEntries(path: string, what: string, take: (entry: Entry) => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    let taken = Promise.resolve();
    const source = createReadStream(path);
    const fail = (error: unknown): void => {
      source.destroy();
      reject(error instanceof UserError ? error : readFailure(error, what));
    };
    const parser = new Parser({
      onReadEntry: (entry) => {
        taken = taken.then(() => take(entry));
        taken.catch(fail);
      },
      onwarn: (code, message) => {
        if (fatalWarnings.has(code)) fail(new Error(String(message)));
      },
    });
    parser.on('error', fail);
    parser.on('end', () => void taken.then(resolve, fail));
    source.on('error', fail);
    source.pipe(parser as unknown as NodeJS.WritableStream);
  });
}

async function unpackEntry(entry: Entry, directory: string, what: string, unpacked: Unpacked): Promise<void> {
  const name = requireInside(entry.path, what);
  if (entry.type === 'SymbolicLink' || entry.type === 'Link') {
    const base = entry.type === 'SymbolicLink' ? posix.dirname(name) : '.';
    unpacked.links.set(name, requireInside(posix.join(base, entry.linkpath ?? ''), what));
  }
  if (entry.type !== 'File' && entry.type !== 'OldFile' && entry.type !== 'ContiguousFile') {
    entry.resume();
    return;
  }
  const path = join(directory, String(unpacked.files.size));
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const file = await open(path, 'wx', 0o600);
  try {
    for await (const chunk of entry) {
      hash.update(chunk);
      sizeBytes += chunk.length;
      await file.writeFile(chunk);
    }
  } finally {
    await file.close();
  }
  unpacked.files.set(name, { path, sizeBytes, digest: `sha256:${hash.digest('hex')}` });
}

function requireInside(path: string, what: string): string {
  const name = posix.normalize(path);
  if (!posix.isAbsolute(name) && name !== '..' && !name.startsWith('../')) return name;
  throw new UserError(
    'archive-invalid',
    `${what} is refused: its entry "${cleanRemoteLine(path, 100)}" points outside the archive`,
  );
}

// A system call's own error goes up as it is: a full disk is told there from a file that cannot be read.
function readFailure(error: unknown, what: string): unknown {
  if (typeof error === 'object' && error !== null && 'syscall' in error) return error;
  return new UserError(
    'archive-invalid',
    `${what} is not a whole tar archive: ${cleanRemoteLine(failureMessage(error))}`,
    { cause: error },
  );
}
