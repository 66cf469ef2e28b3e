import { describe, expect, it } from '@jest/globals';
import { digestOf } from './digest.ts';
import { createImageFinder } from './image-facts.ts';
import { dockerManifest, ociIndex, ociManifest, type StoredManifest } from './manifest.ts';

const configType = 'application/vnd.oci.image.config.v1+json';
const configs = new Map<string, string>();
const manifests = new Map<string, StoredManifest>();
const finder = createImageFinder({
  findManifest: async (reference) => manifests.get(reference),
  readConfig: async ({ digest }) => Buffer.from(configs.get(digest) ?? ''),
});

function put(reference: string, value: object, mediaType: string): StoredManifest {
  const bytes = Buffer.from(JSON.stringify(value));
  const manifest = { bytes, digest: digestOf(bytes), mediaType };
  manifests.set(reference, manifest);
  manifests.set(manifest.digest, manifest);
  return manifest;
}

function image(reference: string, settings: string, type = configType): StoredManifest {
  const digest = digestOf(Buffer.from(settings));
  configs.set(digest, settings);
  return put(
    reference,
    { config: { mediaType: type, digest, size: settings.length }, layers: [] },
    ociManifest,
  );
}

const settings = (architecture: string, labels: object | null = { a: '1' }): string =>
  JSON.stringify({ os: 'linux', architecture, config: { Labels: labels } });

describe('findImage', () => {
  it('knows when there is none', async () => {
    expect(await finder.findImage('nowhere')).toBeUndefined();
  });

  it.each([configType, 'application/vnd.docker.container.image.v1+json'])(
    'reads an image of %s',
    async (type) => {
      const manifest = image('v1', settings('arm64'), type);
      expect(await finder.findImage('v1')).toEqual({
        manifest,
        platforms: ['linux/arm64'],
        labels: new Map([['a', '1']]),
      });
    },
  );

  it('reads platforms from an index, and labels from its first platform', async () => {
    const child = image('child', settings('amd64', { b: '2' }));
    const entry = (digest: string, os: string, architecture: string) => ({
      digest,
      size: 1,
      platform: { os, architecture },
    });
    const other = `sha256:${'0'.repeat(64)}`;
    put(
      'v2',
      {
        manifests: [
          entry(other, 'unknown', 'unknown'),
          entry(child.digest, 'linux', 'amd64'),
          entry(other, 'linux', 'arm64'),
          entry(other, 'linux', 'arm64'),
        ],
      },
      ociIndex,
    );
    expect(await finder.findImage('v2')).toMatchObject({
      platforms: ['linux/amd64', 'linux/arm64'],
      labels: new Map([['b', '2']]),
    });
  });

  it('reads the platform of an index that names none from its image', async () => {
    const child = image('child', settings('amd64'));
    put('v3', { manifests: [{ digest: child.digest, size: 1, mediaType: dockerManifest }] }, ociIndex);
    expect((await finder.findImage('v3'))?.platforms).toEqual(['linux/amd64']);
  });

  it.each([
    ['no labels', settings('amd64', null), ['linux/amd64']],
    ['labels that are no texts', settings('amd64', { x: 1 }), ['linux/amd64']],
    ['nothing in it', '{}', []],
  ])('makes nothing up for a configuration with %s', async (_name, text, platforms) => {
    image('v4', text);
    expect(await finder.findImage('v4')).toMatchObject({ platforms, labels: new Map() });
  });

  it('does not read the configuration of what is no image', async () => {
    image('chart', 'not json', 'application/vnd.cncf.helm.config.v1+json');
    put('empty', { manifests: [] }, ociIndex);
    for (const reference of ['chart', 'empty']) {
      expect(await finder.findImage(reference)).toMatchObject({ platforms: [], labels: new Map() });
    }
  });
});
