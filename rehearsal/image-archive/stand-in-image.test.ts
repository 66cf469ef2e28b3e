import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { extract, list } from 'tar';
import { writeStandInImage } from './stand-in-image.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rehearsal-stand-in-'));
  await mkdir(join(directory, 'web', 'src'), { recursive: true });
  await mkdir(join(directory, 'web', 'node_modules', 'x'), { recursive: true });
  for (const file of ['package.json', 'src/main.ts', 'src/main.test.ts', '.env', 'node_modules/x/index.js'])
    await writeFile(join(directory, 'web', file), `content of ${file}`);
});
afterEach(() => rm(directory, { recursive: true }));

const write = (name: string) => writeStandInImage(join(directory, 'web'), join(directory, name));

it('packs the application’s files and nothing hidden, installed or for tests', async () => {
  expect((await write('image.tar')).files).toEqual(['package.json', 'src/main.ts']);
});

it('is an OCI layout whose digests are right', async () => {
  const { path, digest } = await write('image.tar');
  const layout = join(directory, 'layout');
  await mkdir(layout);
  await extract({ file: path, cwd: layout });
  const blob = (name: string) => readFile(join(layout, 'blobs', 'sha256', name.slice('sha256:'.length)));
  const json = async (bytes: Promise<Buffer>) => JSON.parse((await bytes).toString());
  const index = await json(readFile(join(layout, 'index.json')));
  expect(index.manifests[0].digest).toBe(digest);
  const manifest = await json(blob(digest));
  for (const { digest: own, size } of [manifest.config, ...manifest.layers]) {
    const bytes = await blob(own);
    expect([`sha256:${createHash('sha256').update(bytes).digest('hex')}`, bytes.length]).toEqual([own, size]);
  }
  const layer = gunzipSync(await blob(manifest.layers[0].digest));
  const config = await json(blob(manifest.config.digest));
  expect(config.rootfs.diff_ids).toEqual([`sha256:${createHash('sha256').update(layer).digest('hex')}`]);
  await writeFile(join(directory, 'layer.tar'), layer);
  const names: string[] = [];
  await list({ file: join(directory, 'layer.tar'), onReadEntry: (entry) => names.push(entry.path) });
  expect(names).toEqual(['app/package.json', 'app/src/main.ts']);
});

it('is the same to the byte for the same files, whenever they were written', async () => {
  const first = await write('first.tar');
  await utimes(join(directory, 'web', 'package.json'), 1, 1);
  const second = await write('second.tar');
  expect(second.digest).toBe(first.digest);
  expect((await readFile(second.path)).equals(await readFile(first.path))).toBe(true);
});
