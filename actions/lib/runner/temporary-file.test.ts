import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { writeTemporaryFile } from './temporary-file.ts';

const tempBefore = process.env['RUNNER_TEMP'];
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'slipway-test-'));
  process.env['RUNNER_TEMP'] = directory;
});
afterEach(async () => {
  if (tempBefore === undefined) delete process.env['RUNNER_TEMP'];
  else process.env['RUNNER_TEMP'] = tempBefore;
  await rm(directory, { recursive: true, force: true });
});

it('writes for this user alone, each time to a directory of its own', async () => {
  const first = await writeTemporaryFile('taskdef', 'task-definition.json', '{"é": 1}');
  const second = await writeTemporaryFile('taskdef', 'task-definition.json', '{}');
  expect(first).not.toBe(second);
  expect(first.startsWith(join(directory, 'slipway-taskdef-'))).toBe(true);
  expect(await readFile(first, 'utf8')).toBe('{"é": 1}');
  expect((await stat(first)).mode & 0o777).toBe(0o600);
});

it.each(['missing', 'file/below'])(
  'a RUNNER_TEMP that is no directory (%s) is one clear sentence',
  async (name) => {
    await writeFile(join(directory, 'file'), '');
    process.env['RUNNER_TEMP'] = join(directory, name);
    await expect(writeTemporaryFile('taskdef', 'x.json', '{}')).rejects.toMatchObject({
      code: 'file-unwritable',
      message: expect.stringContaining('RUNNER_TEMP must be a directory'),
    });
  },
);

it('a full disk is one clear sentence', async () => {
  // Writing to /dev/full answers ENOSPC, as a full disk does.
  await expect(writeTemporaryFile('taskdef', '../../../../../../dev/full', '{}')).rejects.toMatchObject({
    code: 'disk-full',
  });
});
