import { describe, expect, it } from '@jest/globals';
import { UserError } from '../message/user-error.ts';
import { digestOf } from './digest.ts';
import type { ImageRepository } from './image-repository.ts';
import { ociManifest, type StoredManifest } from './manifest.ts';
import { tagImage } from './tag-image.ts';
import { findReusableImage, findSameImage, orderForPush } from './tag-state.ts';

const hex = (digit: string): string => `sha256:${digit.repeat(64)}`;

function image(config: string): StoredManifest {
  const bytes = Buffer.from(JSON.stringify({ config: { digest: hex(config), size: 1 }, layers: [] }));
  return { bytes, digest: digestOf(bytes), mediaType: ociManifest };
}

const ours = image('a');
const theirs = image('b');
const commit = { name: '4f9c2d7', namesCommit: true, moves: false };
const branch = { name: 'main', namesCommit: false, moves: true };

describe('an image is reused', () => {
  it.each<[string, (typeof commit)[], [string, StoredManifest][], StoredManifest | undefined]>([
    [
      'when all tags have it',
      [commit, branch],
      [
        ['4f9c2d7', ours],
        ['main', ours],
      ],
      ours,
    ],
    ['not when a tag is missing', [commit, branch], [['4f9c2d7', ours]], undefined],
    [
      'not when the moving tag has moved on',
      [commit, branch],
      [
        ['4f9c2d7', ours],
        ['main', theirs],
      ],
      undefined,
    ],
    ['not when only a moving tag exists', [commit, branch], [['main', ours]], undefined],
    ['not when no tag names the commit', [branch], [['main', ours]], undefined],
    ['not when there is nothing', [commit], [], undefined],
  ])('%s', (_name, tags, state, expected) => {
    expect(findReusableImage(tags, new Map(state))).toBe(expected);
  });
});

describe('a build that the repository has already', () => {
  const state = new Map([
    ['v1', theirs],
    ['main', ours],
  ]);
  it('is known by its configuration, or by its manifest where containerd keeps images', () => {
    expect(findSameImage(hex('a'), state)).toBe(ours);
    expect(findSameImage(theirs.digest, state)).toBe(theirs);
    expect(findSameImage(hex('c'), state)).toBeUndefined();
    expect(findSameImage(undefined, state)).toBeUndefined();
  });
});

it('tags that another image has are pushed first', () => {
  expect(orderForPush(['a', 'b', 'c'], new Map([['b', theirs]]))).toEqual(['b', 'a', 'c']);
});

/** A repository that keeps some of its tags, as ECR does where they are immutable. */
function createRepository(kept: Record<string, StoredManifest>, broken: string[] = []) {
  const tags = new Map(Object.entries(kept));
  const repository: ImageRepository = {
    findManifest: async (tag) => tags.get(tag),
    async putManifest(tag, manifest) {
      if (tags.has(tag)) throw new UserError('tag-immutable', `the image tag ${tag} is immutable`);
      if (broken.includes(tag)) throw new UserError('push-failed', 'The registry refused it.');
      tags.set(tag, manifest);
    },
    uploadContent: async () => ({ uploadedBlobs: 0, uploadedBytes: 0, presentBlobs: 0 }),
  };
  return { repository, tags };
}

describe('tagging', () => {
  it('puts the image under every tag that lacks it', async () => {
    const { repository, tags } = createRepository({ a: ours });
    await tagImage({
      repository,
      name: 'web',
      manifest: ours,
      tags: ['a', 'b', 'c'],
      tagged: ['a'],
      state: new Map(),
    });
    expect([...tags]).toEqual([
      ['a', ours],
      ['b', ours],
      ['c', ours],
    ]);
  });

  it('stops at an immutable tag before any other is written, naming both digests', async () => {
    const { repository, tags } = createRepository({ b: theirs });
    const request = {
      name: 'web',
      manifest: ours,
      tags: ['a', 'b'],
      tagged: [],
      state: new Map([['b', theirs]]),
    };
    const error = await tagImage({ repository, ...request }).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'tag-immutable' });
    expect((error as UserError).message).toContain(`The tag "b" of web belongs to ${theirs.digest}`);
    expect((error as UserError).message).toContain(`this image is ${ours.digest}`);
    expect([...tags.keys()]).toEqual(['b']);
  });

  it('says which tags have the image when it cannot finish', async () => {
    const { repository } = createRepository({}, ['b']);
    const request = { name: 'web', manifest: ours, tags: ['a', 'b', 'c'], tagged: [], state: new Map() };
    await expect(tagImage({ repository, ...request })).rejects.toMatchObject({
      code: 'push-failed',
      message: 'The registry refused it. The image has the tags a and lacks b, c.',
    });
  });
});
