import { describe, expect, it } from '@jest/globals';
import { UserError } from '../message/user-error.ts';
import { sayBytes } from './byte-size.ts';
import { parseDockerArchive } from './docker-archive.ts';
import {
  imageSizeBytes,
  isForeignLayer,
  manifestMediaType,
  ociIndex,
  ociManifest,
  parseManifest,
  parsePlatform,
} from './manifest.ts';
import { findLayoutImage, layoutBlobName } from './oci-layout.ts';

const bytes = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const digest = (digit: string): string => `sha256:${digit.repeat(64)}`;
const part = (digit: string, size: number, more = {}): object => ({
  mediaType: 'm',
  digest: digest(digit),
  size,
  ...more,
});
const image = { schemaVersion: 2, config: part('a', 10), layers: [part('b', 200), part('c', 3000)] };

function refusal(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof UserError && error.code === 'archive-invalid') return error.message;
    throw error;
  }
  return 'accepted';
}

describe('a manifest', () => {
  it('of one image gives its size', () => {
    expect(parseManifest(bytes(image), 'it').kind).toBe('image');
    expect(imageSizeBytes(bytes(image))).toBe(3210);
  });

  it('of another kind has no size', () => {
    expect(imageSizeBytes(bytes({ manifests: [] }))).toBeUndefined();
    expect(imageSizeBytes(bytes({ artifactType: 'x' }))).toBeUndefined();
  });

  it('of several gives their platforms, none for an attestation', () => {
    const content = parseManifest(
      bytes({
        manifests: [
          part('a', 1, { platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } }),
          part('b', 1, { platform: { os: 'unknown', architecture: 'unknown' } }),
        ],
      }),
      'it',
    );
    expect(content).toMatchObject({
      kind: 'index',
      manifests: [{ platform: 'linux/arm64/v8' }, { platform: undefined }],
    });
  });

  it('that is silent about its type is told by its shape', () => {
    expect(manifestMediaType(bytes(image), 'it')).toBe(ociManifest);
    expect(manifestMediaType(bytes({ manifests: [] }), 'it')).toBe(ociIndex);
    expect(manifestMediaType(bytes({ ...image, mediaType: 'x/y' }), 'it')).toBe('x/y');
  });

  it.each<[string, Buffer, string]>([
    ['no JSON', Buffer.from('{'), 'it is not valid JSON'],
    ['a list', bytes([]), 'it is not a JSON object'],
    ['schema 1', bytes({ schemaVersion: 1, fsLayers: [] }), 'it is neither an image manifest'],
    [
      'a broken digest',
      bytes({ ...image, config: { digest: 'sha256:../..', size: 1 } }),
      'without a sha256 digest',
    ],
    ['no size', bytes({ ...image, config: { digest: digest('a') } }), 'gives no size for sha256:aaa'],
    ['a negative size', bytes({ ...image, layers: [part('b', -1)] }), 'gives no size for sha256:bbb'],
  ])('with %s is refused', (_name, text, expected) => {
    expect(refusal(() => parseManifest(text, 'it'))).toContain(expected);
  });

  it('knows layers that are never uploaded', () => {
    const types = [
      'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip',
      'application/vnd.oci.image.layer.nondistributable.v1.tar',
      'application/vnd.oci.image.layer.v1.tar+gzip',
    ];
    expect(
      types.map((mediaType) =>
        isForeignLayer({ mediaType, digest: digest('a'), sizeBytes: 1, platform: undefined }),
      ),
    ).toEqual([true, true, false]);
  });
});

describe('the image of an OCI layout', () => {
  it('may have several names', () => {
    expect(findLayoutImage(bytes({ manifests: [part('a', 1), part('a', 1)] }), 'it').digest).toBe(
      digest('a'),
    );
  });

  it.each<[string, unknown, string]>([
    ['none', { manifests: [] }, 'it lists no image'],
    ['two', { manifests: [part('a', 1), part('b', 1)] }, 'it lists 2 images'],
  ])('must be one: %s', (_name, index, expected) => {
    expect(refusal(() => findLayoutImage(bytes(index), 'it'))).toContain(expected);
  });

  it('keeps content by its digest', () => {
    expect(layoutBlobName(digest('a'))).toBe(`blobs/sha256/${'a'.repeat(64)}`);
  });
});

describe('the image of a docker archive', () => {
  it('is named by its configuration and layers', () => {
    const archive = bytes([{ Config: 'c.json', RepoTags: null, Layers: ['1/layer.tar'] }]);
    expect(parseDockerArchive(archive, 'it')).toEqual({ configName: 'c.json', layerNames: ['1/layer.tar'] });
  });

  it.each<[string, unknown, string]>([
    ['none', [], 'it lists no image'],
    ['two', [{}, {}], 'it lists 2 images; save the one to push'],
    ['without layers', [{ Config: 'c' }], 'does not name a configuration and layers'],
    ['null', [null], 'does not name a configuration and layers'],
    ['an object', {}, 'it lists no image'],
  ])('must be one: %s', (_name, list, expected) => {
    expect(refusal(() => parseDockerArchive(bytes(list), 'it'))).toContain(expected);
  });
});

it.each([
  [{ os: 'linux', architecture: 'amd64' }, 'linux/amd64'],
  [{ os: '', architecture: '' }, undefined],
  [{}, undefined],
  [null, undefined],
])('the platform of %j is %s', (value, expected) => {
  expect(parsePlatform(value)).toBe(expected);
});

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [999_949, '999.9 kB'],
  [999_950, '1.0 MB'],
  [4_200_000_000, '4.2 GB'],
])('%i bytes are %s', (size, expected) => {
  expect(sayBytes(size)).toBe(expected);
});
