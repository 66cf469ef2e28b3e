import { stat } from 'node:fs/promises';
import type { ImageContent } from '../image/image-content.ts';
import { UserError } from '../message/user-error.ts';
import { type ArchiveFiles, directoryFiles } from './archive-files.ts';
import { readDockerArchive } from './docker-archive-content.ts';
import { readOciLayout } from './oci-layout-content.ts';
import { failureCode, failureMessage } from './system-failure.ts';
import { unpackTar } from './tar-files.ts';

/**
 * Opens an image that another builder made: an OCI layout (directory, or tar, gzipped or not) or a `docker save` archive.
 * A tar that is both, as docker 25 and later write, counts as OCI, whose digest is preserved.
 *
 * @param what the path as the user wrote it
 * @param scratchDirectory an empty private directory; the caller removes it after the upload
 * @throws UserError `archive-invalid` (or `disk-full`) that says in one line why it cannot be pushed
 */
export async function openImageArchive(
  path: string,
  what: string,
  scratchDirectory: string,
): Promise<ImageContent> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) return await readDirectory(path, what);
    if (!found.isFile()) throw new UserError('archive-invalid', `${what} is neither a file nor a directory`);
    return await readTar(await unpackTar(path, scratchDirectory, what), scratchDirectory);
  } catch (error) {
    throw explainFileError(error, what);
  }
}

function readDirectory(path: string, what: string): Promise<ImageContent> {
  return readOciLayout(directoryFiles(path, what));
}

async function readTar(files: ArchiveFiles, scratchDirectory: string): Promise<ImageContent> {
  if ((await files.find('index.json')) !== undefined) return readOciLayout(files);
  if ((await files.find('manifest.json')) !== undefined) return readDockerArchive(files, scratchDirectory);
  throw new UserError(
    'archive-invalid',
    `${files.what} is no image archive: it has neither index.json (OCI layout) nor manifest.json (docker save)`,
  );
}

function explainFileError(error: unknown, what: string): unknown {
  switch (failureCode(error)) {
    case 'ENOENT':
      return new UserError('archive-invalid', `The image archive ${what} does not exist`, { cause: error });
    case 'EACCES':
    case 'EISDIR':
      return new UserError(
        'archive-invalid',
        `The image archive ${what} cannot be read: ${failureMessage(error)}`,
        {
          cause: error,
        },
      );
    case 'ENOSPC':
      return new UserError(
        'disk-full',
        `No space left on the runner's disk to unpack ${what}. Free some, or use a larger runner.`,
        { cause: error },
      );
    default:
      return error;
  }
}
