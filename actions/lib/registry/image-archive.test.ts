import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { create } from 'tar';
import { writeStandInImage } from '../../../rehearsal/image-archive/stand-in-image.ts';
import type { ImageContent } from '../image/image-content.ts';
import { dockerManifest, ociIndex, ociManifest } from '../image/manifest.ts';
import { UserError } from '../message/user-error.ts';
import { openImageArchive } from './image-archive.ts';

let work = '';
beforeEach(async () => {
  work = await mkdtemp(join(tmpdir(), 'slipway-archive-'));
  await mkdir(join(work, 'scratch'));
});
afterEach(() => rm(work, { recursive: true, force: true }));

const open = (name: string): Promise<ImageContent> =>
  openImageArchive(join(work, name), name, join(work, 'scratch'));
const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

async function contentOf(image: ImageContent): Promise<Map<string, Buffer>> {
  const blobs = new Map<string, Buffer>();
  for (const blob of image.blobs) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of blob.open()) chunks.push(chunk);
    blobs.set(blob.digest, Buffer.concat(chunks));
  }
  return blobs;
}

async function failureOf(name: string): Promise<string> {
  const error = await open(name).catch((caught: unknown) => caught);
  if (error instanceof UserError && error.code === 'archive-invalid') return error.message;
  throw error instanceof Error ? error : new Error('it was accepted');
}

/** Writes files below `directory`; a value of undefined is left out. */
async function writeTree(directory: string, files: Record<string, Uint8Array | undefined>): Promise<void> {
  for (const [name, bytes] of Object.entries(files)) {
    if (bytes === undefined) continue;
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), bytes);
  }
}

interface Blob {
  readonly descriptor: { mediaType: string; digest: string; size: number };
  readonly file: Record<string, Buffer>;
}

function blob(mediaType: string, bytes: Buffer): Blob {
  const hex = hash(bytes);
  return {
    descriptor: { mediaType, digest: `sha256:${hex}`, size: bytes.length },
    file: { [`blobs/sha256/${hex}`]: bytes },
  };
}

function platformImage(architecture: string): { manifest: Blob; files: Record<string, Buffer> } {
  const config = blob('application/vnd.oci.image.config.v1+json', json({ os: 'linux', architecture }));
  const layer = blob('application/vnd.oci.image.layer.v1.tar+gzip', gzipSync(`layer for ${architecture}`));
  const manifest = blob(
    ociManifest,
    json({ schemaVersion: 2, config: config.descriptor, layers: [layer.descriptor] }),
  );
  return { manifest, files: { ...config.file, ...layer.file, ...manifest.file } };
}

function layoutOf(...descriptors: object[]): Record<string, Buffer> {
  return {
    'oci-layout': json({ imageLayoutVersion: '1.0.0' }),
    'index.json': json({ schemaVersion: 2, manifests: descriptors }),
  };
}

const single = platformImage('amd64');
const singleLayout = { ...layoutOf(single.manifest.descriptor), ...single.files };

describe('an OCI layout', () => {
  it('as a directory keeps its digest, and all of its blobs can be read', async () => {
    await writeTree(join(work, 'layout'), singleLayout);
    const image = await open('layout');
    expect(image.root).toMatchObject({ digest: single.manifest.descriptor.digest, mediaType: ociManifest });
    expect(image.platforms).toEqual(['linux/amd64']);
    for (const [digest, bytes] of await contentOf(image)) expect(`sha256:${hash(bytes)}`).toBe(digest);
    expect(image.blobs).toHaveLength(2);
  });

  it('as a tar or gzipped tar is the same', async () => {
    await writeTree(join(work, 'layout'), singleLayout);
    await create({ cwd: join(work, 'layout'), file: join(work, 'a.tar') }, ['.']);
    await create({ cwd: join(work, 'layout'), file: join(work, 'a.tar.gz'), gzip: true }, ['.']);
    for (const name of ['a.tar', 'a.tar.gz']) {
      await rm(join(work, 'scratch'), { recursive: true });
      await mkdir(join(work, 'scratch'));
      expect((await open(name)).root.digest).toBe(single.manifest.descriptor.digest);
    }
  });

  it('that the rehearsal packs is read', async () => {
    await writeTree(join(work, 'app'), { 'main.js': Buffer.from('1') });
    const { digest } = await writeStandInImage(join(work, 'app'), join(work, 'app.tar'));
    expect((await open('app.tar')).root.digest).toBe(digest);
  });

  it('of several platforms lists each manifest before the index', async () => {
    const [amd64, arm64] = [platformImage('amd64'), platformImage('arm64')];
    const inner = blob(
      ociIndex,
      json({ schemaVersion: 2, manifests: [amd64.manifest.descriptor, arm64.manifest.descriptor] }),
    );
    const outer = blob(ociIndex, json({ schemaVersion: 2, manifests: [inner.descriptor] }));
    await writeTree(join(work, 'layout'), {
      ...layoutOf(outer.descriptor),
      ...amd64.files,
      ...arm64.files,
      ...inner.file,
      ...outer.file,
    });
    const image = await open('layout');
    expect(image.root.mediaType).toBe(ociIndex);
    expect(image.children.map(({ digest }) => digest)).toEqual([
      amd64.manifest.descriptor.digest,
      arm64.manifest.descriptor.digest,
      inner.descriptor.digest,
    ]);
    expect(image.platforms).toEqual(['linux/amd64', 'linux/arm64']);
    expect(image.blobs).toHaveLength(4);
  });

  it('leaves out layers that stay at their own place', async () => {
    const config = blob(
      'application/vnd.oci.image.config.v1+json',
      json({ os: 'windows', architecture: 'amd64' }),
    );
    const foreign = {
      mediaType: 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip',
      digest: `sha256:${'a'.repeat(64)}`,
      size: 9,
    };
    const manifest = blob(
      ociManifest,
      json({ schemaVersion: 2, config: config.descriptor, layers: [foreign] }),
    );
    await writeTree(join(work, 'layout'), {
      ...layoutOf(manifest.descriptor),
      ...config.file,
      ...manifest.file,
    });
    expect((await open('layout')).blobs.map(({ digest }) => digest)).toEqual([config.descriptor.digest]);
  });

  const layer = Object.keys(single.files).find((name) => single.files[name]?.[0] === 0x1f) ?? '';
  it.each<[string, Record<string, Uint8Array | undefined>, string]>([
    ['without a layer', { [layer]: undefined }, `layout is incomplete: it lacks ${layer}`],
    [
      'with a layer of other bytes',
      { [layer]: Buffer.from('x') },
      `layout is damaged: blob sha256:${layer.slice(-64)}`,
    ],
    [
      'with an index that is no JSON',
      { 'index.json': Buffer.from('{') },
      'index.json of layout is not valid JSON',
    ],
    ['without an index', { 'index.json': undefined }, 'layout is incomplete: it lacks index.json'],
    [
      'with two images',
      {
        'index.json': json({
          manifests: [
            single.manifest.descriptor,
            { ...single.manifest.descriptor, digest: `sha256:${'b'.repeat(64)}` },
          ],
        }),
      },
      'lists 2 images',
    ],
    [
      'with a digest that is a path',
      { 'index.json': json({ manifests: [{ digest: 'sha256:../../../etc/passwd', size: 1 }] }) },
      'without a sha256 digest',
    ],
    ['with a manifest of 5 MB', { 'index.json': Buffer.alloc(5_000_000) }, 'index.json is larger than 4 MiB'],
  ])('%s is refused in one sentence', async (_name, changes, expected) => {
    await writeTree(join(work, 'layout'), { ...singleLayout, ...changes });
    const message = await failureOf('layout');
    expect(message).toContain(expected);
    expect(message).not.toContain('\n');
  });
});

describe('a docker archive', () => {
  const layers = [Buffer.from('first layer '.repeat(500)), Buffer.from('second layer')];
  const config = json({
    os: 'linux',
    architecture: 'arm64',
    rootfs: { type: 'layers', diff_ids: layers.map((bytes) => `sha256:${hash(bytes)}`) },
  });
  const files = {
    'config.json': config,
    '1/layer.tar': layers[0],
    '2/layer.tar': layers[1],
    'manifest.json': json([
      { Config: 'config.json', RepoTags: ['web:v1'], Layers: ['1/layer.tar', '2/layer.tar'] },
    ]),
  };

  async function pack(name: string, changes: Record<string, Uint8Array | undefined> = {}): Promise<void> {
    const directory = join(work, `${name}.d`);
    await writeTree(directory, { ...files, ...changes });
    await create({ cwd: directory, file: join(work, name) }, ['.']);
  }

  it('gets a manifest whose layers are gzipped', async () => {
    await pack('a.tar');
    const image = await open('a.tar');
    const manifest = JSON.parse(image.root.bytes.toString());
    const blobs = await contentOf(image);
    expect(image.root.mediaType).toBe(dockerManifest);
    expect(image.platforms).toEqual(['linux/arm64']);
    expect(manifest.config.digest).toBe(`sha256:${hash(config)}`);
    expect(
      manifest.layers.map(({ digest }: { digest: string }) => gunzipSync(blobs.get(digest) ?? '').toString()),
    ).toEqual(layers.map(String));
    expect(manifest.layers[0].size).toBeLessThan(layers[0]?.length ?? 0);
    for (const [digest, bytes] of blobs) expect(`sha256:${hash(bytes)}`).toBe(digest);
  });

  it('always gets the same digest', async () => {
    await pack('a.tar');
    const first = await open('a.tar');
    await rm(join(work, 'scratch'), { recursive: true });
    await mkdir(join(work, 'scratch'));
    expect((await open('a.tar')).root.digest).toBe(first.root.digest);
  });

  it('keeps layers that are gzipped already', async () => {
    const gzipped = layers.map((bytes) => gzipSync(bytes, { level: 1 }));
    await pack('a.tar', { '1/layer.tar': gzipped[0], '2/layer.tar': gzipped[1] });
    expect([...(await contentOf(await open('a.tar'))).keys()].slice(1)).toEqual(
      gzipped.map((bytes) => `sha256:${hash(bytes)}`),
    );
  });

  it('may link to a layer that it has once', async () => {
    const twice = json({
      ...JSON.parse(config.toString()),
      rootfs: { diff_ids: [layers[1], layers[1]].map((bytes) => `sha256:${hash(bytes ?? Buffer.of())}`) },
    });
    await writeTree(join(work, 'a.tar.d'), { ...files, 'config.json': twice, '1/layer.tar': undefined });
    await mkdir(join(work, 'a.tar.d', '1'));
    await symlink('../2/layer.tar', join(work, 'a.tar.d', '1', 'layer.tar'));
    await create({ cwd: join(work, 'a.tar.d'), file: join(work, 'a.tar') }, ['.']);
    const image = await open('a.tar');
    expect(image.blobs).toHaveLength(2);
    expect(JSON.parse(image.root.bytes.toString()).layers).toHaveLength(2);
  });

  it.each<[string, Record<string, Uint8Array | undefined>, string]>([
    ['a missing layer', { '2/layer.tar': undefined }, 'a.tar is incomplete: it lacks 2/layer.tar'],
    [
      'another layer',
      { '2/layer.tar': Buffer.from('x') },
      'a.tar is damaged: its layer 2/layer.tar has the content sha256:',
    ],
    [
      'a layer cut short',
      { '2/layer.tar': gzipSync('second layer').subarray(0, 12) },
      'its layer 2/layer.tar cannot be decompressed',
    ],
    [
      'a layer too few',
      { 'manifest.json': json([{ Config: 'config.json', Layers: ['1/layer.tar'] }]) },
      'its configuration and its list of layers differ',
    ],
    ['neither list', { 'manifest.json': undefined }, 'a.tar is no image archive'],
  ])('with %s is refused in one sentence', async (_name, changes, expected) => {
    await pack('a.tar', changes);
    expect(await failureOf('a.tar')).toContain(expected);
  });
});

describe('what is no archive', () => {
  it('does not exist', async () => {
    expect(await failureOf('none.tar')).toBe('The image archive none.tar does not exist');
  });

  it('is a device', async () => {
    await symlink('/dev/zero', join(work, 'a.tar'));
    expect(await failureOf('a.tar')).toBe('a.tar is neither a file nor a directory');
  });

  it('is another file', async () => {
    await writeFile(join(work, 'a.tar'), 'not a tar at all\n'.repeat(100));
    expect(await failureOf('a.tar')).toMatch(/a\.tar is (?:not a whole tar archive|no image archive)/);
  });

  it('is empty', async () => {
    await writeFile(join(work, 'a.tar'), '');
    expect(await failureOf('a.tar')).toMatch(/a\.tar is (?:not a whole tar archive|no image archive)/);
  });

  it.each([0.5, 0.9])('is cut at %d of its length', async (part) => {
    await writeTree(join(work, 'layout'), { ...singleLayout, 'blobs/sha256/zz': Buffer.alloc(100_000, 1) });
    await create({ cwd: join(work, 'layout'), file: join(work, 'a.tar') }, ['.']);
    const { length } = await readFile(join(work, 'a.tar'));
    await truncate(join(work, 'a.tar'), Math.floor(length * part));
    expect(await failureOf('a.tar')).toContain('a.tar');
  });

  it.each(['../outside', '/absolute'])('names %s', async (name) => {
    await writeTree(join(work, 'layout'), singleLayout);
    await writeFile(join(work, 'outside'), 'x');
    await create(
      {
        cwd: join(work, 'layout'),
        file: join(work, 'a.tar'),
        preservePaths: true,
        onWriteEntry: (entry) => {
          if (entry.path === 'oci-layout') entry.path = name;
        },
      },
      ['oci-layout', 'index.json', 'blobs'],
    );
    expect(await failureOf('a.tar')).toContain(`its entry "${name}" points outside the archive`);
  });

  it('links outside itself', async () => {
    await writeTree(join(work, 'layout'), singleLayout);
    await symlink('../../../etc/passwd', join(work, 'layout', 'link'));
    await create({ cwd: join(work, 'layout'), file: join(work, 'a.tar') }, ['.']);
    expect(await failureOf('a.tar')).toContain('points outside the archive');
  });
});
