import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../message/user-error.ts';
import { makeTemporaryDirectory } from './workspace.ts';

/**
 * Writes a text to a new file for later steps of the job, readable by this user alone, in a directory of its own under
 * RUNNER_TEMP, which the runner empties after every job.
 *
 * @returns the file's absolute path
 * @throws UserError `disk-full`, or `file-unwritable` when RUNNER_TEMP cannot be written to
 */
export async function writeTemporaryFile(prefix: string, fileName: string, text: string): Promise<string> {
  try {
    const path = join(await makeTemporaryDirectory(prefix), fileName);
    await writeFile(path, text, { mode: 0o600 });
    return path;
  } catch (error) {
    const { code, path = '' } = error as NodeJS.ErrnoException;
    switch (code) {
      case 'ENOSPC':
      case 'EDQUOT':
        throw new UserError(
          'disk-full',
          `The disk is full: ${path} could not be written; free space on the runner.`,
          {
            cause: error,
          },
        );
      case 'EACCES':
      case 'EPERM':
      case 'EROFS':
      case 'ENOENT':
      case 'ENOTDIR':
        throw new UserError(
          'file-unwritable',
          `${path} could not be written (${code}); RUNNER_TEMP must be a directory that the runner's user may write to.`,
          { cause: error },
        );
      default:
        throw error;
    }
  }
}
