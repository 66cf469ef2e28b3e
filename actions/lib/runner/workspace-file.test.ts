import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readWorkspaceFile } from './workspace-file.ts';

let directory: string;
const workspaceBefore = process.env['GITHUB_WORKSPACE'];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'slipway-test-'));
  process.env['GITHUB_WORKSPACE'] = directory;
  await writeFile(join(directory, 'good.json'), '\ufeff{"é": 1}');
  await writeFile(join(directory, 'latin1.json'), Buffer.from([0x7b, 0xe9, 0x7d]));
  await writeFile(join(directory, 'large.json'), 'x'.repeat(101));
  await writeFile(join(directory, 'secret.json'), '{}');
  await chmod(join(directory, 'secret.json'), 0o000);
  await mkdir(join(directory, 'folder'));
  await symlink('loop', join(directory, 'loop'));
  execFileSync('mkfifo', [join(directory, 'pipe')]);
});

afterAll(async () => {
  if (workspaceBefore === undefined) delete process.env['GITHUB_WORKSPACE'];
  else process.env['GITHUB_WORKSPACE'] = workspaceBefore;
  await rm(directory, { recursive: true, force: true });
});

describe('readWorkspaceFile', () => {
  it('reads UTF-8 from the workspace, or from an absolute path, without its byte order mark', async () => {
    expect(await readWorkspaceFile('good.json', 'task definition', 100)).toBe('{"é": 1}');
    expect(await readWorkspaceFile(join(directory, 'good.json'), 'task definition', 100)).toBe('{"é": 1}');
  });

  it.each([
    ['none.json', 'There is no task definition none.json in'],
    ['good.json/x', 'There is no task definition good.json/x in'],
    ['folder', 'The task definition folder is a directory; name a file.'],
    ['pipe', 'The task definition pipe is no regular file; name a file.'],
    ['large.json', 'The task definition large.json has 101 bytes; up to 100 are read.'],
    ['latin1.json', 'The task definition latin1.json is no UTF-8 text; save it as UTF-8.'],
    ['loop', 'The task definition path loop cannot be followed (ELOOP)'],
  ])('%s is refused in one clear sentence', async (path, message) => {
    await expect(readWorkspaceFile(path, 'task definition', 100)).rejects.toMatchObject({
      code: 'file-unreadable',
      message: expect.stringContaining(message),
    });
  });

  // Root may read everything, so there is nothing to see for it.
  const itAsUser = process.getuid?.() === 0 ? it.skip : it;
  itAsUser('a forbidden file says so', async () => {
    await expect(readWorkspaceFile('secret.json', 'task definition', 100)).rejects.toThrow(
      'may not be read by this user',
    );
  });
});
