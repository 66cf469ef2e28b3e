import { beforeEach, describe, expect, it } from '@jest/globals';
import { digestOf } from './digest.ts';
import { readImageTree, treeSizeBytes } from './image-tree.ts';
import { ociIndex, ociManifest, type StoredManifest } from './manifest.ts';

const hex = (digit: string): string => `sha256:${digit.repeat(64)}`;
const manifests = new Map<string, StoredManifest>();
const read: string[] = [];
const reader = {
  async findManifest(reference: string): Promise<StoredManifest | undefined> {
    read.push(reference);
    return manifests.get(reference);
  },
};

beforeEach(() => {
  manifests.clear();
  read.length = 0;
});

function put(value: object, mediaType: string): StoredManifest {
  const bytes = Buffer.from(JSON.stringify(value));
  const manifest = { bytes, digest: digestOf(bytes), mediaType };
  manifests.set(manifest.digest, manifest);
  return manifest;
}

const part = (digit: string, mediaType = 'application/vnd.oci.image.layer.v1.tar') => ({
  mediaType,
  digest: hex(digit),
  size: 10,
});
const image = (...layers: object[]): StoredManifest => put({ config: part('c'), layers }, ociManifest);
const index = (...children: StoredManifest[]): StoredManifest =>
  put({ manifests: children.map(({ digest, bytes }) => ({ digest, size: bytes.length })) }, ociIndex);
const digestsOf = (items: readonly { digest: string }[]): string[] => items.map(({ digest }) => digest);

describe('readImageTree', () => {
  it('has every manifest before whatever lists it, and every blob once', async () => {
    const [first, second] = [image(part('1'), part('2')), image(part('2'), part('3'))];
    const inner = index(second);
    const root = index(first, inner);
    const tree = await readImageTree(reader, root, 'web');
    expect(digestsOf(tree.manifests)).toEqual(digestsOf([first, second, inner, root]));
    expect(digestsOf(tree.blobs).sort()).toEqual([hex('1'), hex('2'), hex('3'), hex('c')]);
    expect(treeSizeBytes(tree)).toBe(40);
  });

  it('reads what is listed twice once', async () => {
    const child = image(part('1'));
    await readImageTree(reader, index(child, index(child)), 'web');
    expect(read.filter((digest) => digest === child.digest)).toHaveLength(1);
  });

  it('leaves layers out that stay where they are', async () => {
    const foreign = 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip';
    const tree = await readImageTree(reader, image(part('1'), part('2', foreign)), 'web');
    expect(digestsOf(tree.blobs)).toEqual([hex('c'), hex('1')]);
  });

  it('names the manifest that a repository lacks', async () => {
    const child = image(part('1'));
    const root = index(child);
    manifests.delete(child.digest);
    await expect(readImageTree(reader, root, 'host/web')).rejects.toMatchObject({
      code: 'image-not-found',
      message: expect.stringContaining(`lists ${child.digest}, which host/web does not have`),
    });
  });

  it('refuses what is no manifest, and says where it was', async () => {
    await expect(readImageTree(reader, put({ fsLayers: [] }, 'x'), 'host/web')).rejects.toMatchObject({
      code: 'archive-invalid',
      message: expect.stringContaining('of host/web is neither'),
    });
  });
});
