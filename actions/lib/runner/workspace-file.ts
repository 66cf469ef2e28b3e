import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UserError } from '../message/user-error.ts';
import { workspace } from './workspace.ts';

/**
 * Reads a text file that an input names; a relative path starts at the workspace. A byte order mark is dropped.
 *
 * @param what the file's part in a sentence: `task definition`
 * @throws UserError `file-unreadable` when it is missing, no regular file, forbidden, too large, or no UTF-8
 */
export async function readWorkspaceFile(path: string, what: string, maximumBytes: number): Promise<string> {
  const bytes = await readBytes(path, what, maximumBytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw unreadable(`The ${what} ${path} is no UTF-8 text; save it as UTF-8.`, cause);
  }
}

async function readBytes(path: string, what: string, maximumBytes: number): Promise<Uint8Array> {
  try {
    // O_NONBLOCK: opening a named pipe must not wait for a writer.
    await using file = await open(resolve(workspace(), path), constants.O_RDONLY | constants.O_NONBLOCK);
    const stat = await file.stat();
    if (!stat.isFile())
      throw unreadable(
        `The ${what} ${path} is ${stat.isDirectory() ? 'a directory' : 'no regular file'}; name a file.`,
      );
    if (stat.size > maximumBytes)
      throw unreadable(`The ${what} ${path} has ${stat.size} bytes; up to ${maximumBytes} are read.`);
    return await file.readFile();
  } catch (error) {
    throw explain(error, path, what);
  }
}

function explain(error: unknown, path: string, what: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return unreadable(
        `There is no ${what} ${path} in ${workspace()}; check the path, and that actions/checkout ran before this step.`,
        error,
      );
    case 'EACCES':
    case 'EPERM':
      return unreadable(`The ${what} ${path} may not be read by this user; change its permissions.`, error);
    case 'ENAMETOOLONG':
    case 'ELOOP':
      return unreadable(
        `The ${what} path ${path.slice(0, 80)} cannot be followed (${code}); check it.`,
        error,
      );
    default:
      return error;
  }
}

function unreadable(message: string, cause?: unknown): UserError {
  return new UserError('file-unreadable', message, cause === undefined ? {} : { cause });
}
