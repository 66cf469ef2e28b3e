import { beforeEach, describe, expect, it } from '@jest/globals';
import { digestOf } from '../lib/image/digest.ts';
import {
  type Descriptor,
  ociIndex,
  ociManifest,
  parseManifest,
  type StoredManifest,
} from '../lib/image/manifest.ts';
import type { SourceRepository, TargetRepository } from '../lib/image/promotion-repository.ts';
import { parseReferrers, type Referrer, referrersTag } from '../lib/image/referrers.ts';
import type { TagMutability } from '../lib/image/tag-mutability.ts';
import { readInputs } from '../lib/input/reader.ts';
import { UserError } from '../lib/message/user-error.ts';
import { readPromoteInputs } from './inputs.ts';
import { type PromotePorts, promoteImage } from './run.ts';

/** A registry in memory. It refuses what a registry refuses, and writes down every write. */
function createRegistry(name: string) {
  const state = {
    manifests: new Map<string, StoredManifest>(),
    tags: new Map<string, string>(),
    blobs: new Map<string, string>(),
    exists: true,
    hasReferrersApi: true,
    mayListReferrers: true,
    mutability: undefined as TagMutability | undefined,
    failOnBlob: undefined as string | undefined,
  };
  const writes: string[] = [];
  const find = (reference: string): StoredManifest | undefined =>
    state.manifests.get(state.tags.get(reference) ?? reference);
  const subjectOf = ({ bytes }: StoredManifest): string | undefined =>
    (JSON.parse(Buffer.from(bytes).toString()) as { subject?: { digest: string } }).subject?.digest;

  const repository: SourceRepository & TargetRepository = {
    async findManifest(reference) {
      if (!state.exists) throw new UserError('repository-not-found', `${name} does not exist`);
      return find(reference);
    },
    async readConfig({ digest }) {
      return Buffer.from(state.blobs.get(digest) ?? '');
    },
    async listReferrers(digest) {
      if (!state.mayListReferrers) throw new UserError('access-denied', 'not authorized');
      const list = find(referrersTag(digest));
      if (!state.hasReferrersApi) {
        return { keptByTag: true, referrers: list === undefined ? [] : parseReferrers(list.bytes, 'list') };
      }
      const referrers = [...state.manifests.values()].filter((manifest) => subjectOf(manifest) === digest);
      return { keptByTag: false, referrers: referrers.map(describeManifest) };
    },
    openBlob: ({ digest, sizeBytes }) => ({
      digest,
      sizeBytes,
      async *open() {
        yield Buffer.from(state.blobs.get(digest) ?? '');
      },
    }),
    async copyBlob(blob, mountFrom, signal) {
      if (state.failOnBlob === blob.digest) throw new UserError('push-failed', 'no');
      signal.throwIfAborted();
      if (state.blobs.has(blob.digest)) return 'present';
      let content = '';
      for await (const chunk of blob.open()) content += Buffer.from(chunk).toString();
      state.blobs.set(blob.digest, content);
      writes.push(`${mountFrom === undefined ? 'upload' : `mount ${mountFrom}`} ${content.slice(0, 8)}`);
      return mountFrom === undefined ? 'uploaded' : 'mounted';
    },
    async putManifest(reference, manifest) {
      const holder = state.tags.get(reference);
      if (state.mutability?.immutable && holder !== undefined)
        throw new UserError('tag-immutable', 'immutable');
      const content = parseManifest(manifest.bytes, 'a manifest');
      const isComplete =
        content.kind === 'image'
          ? [content.config, ...content.layers].every(({ digest }) => state.blobs.has(digest))
          : reference.startsWith('sha256-') ||
            content.manifests.every(({ digest }) => state.manifests.has(digest));
      if (!isComplete) throw new Error(`${reference} was pushed before what it names`);
      state.manifests.set(manifest.digest, manifest);
      if (!reference.includes(':')) state.tags.set(reference, manifest.digest);
      writes.push(
        reference.includes(':') ? `put ${names.get(manifest.digest)}` : `tag ${reference.slice(0, 12)}`,
      );
    },
    async findTagMutability() {
      return state.mutability;
    },
  };
  return { state, writes, repository };
}

const names = new Map<string, string>();

function describeManifest({ digest, bytes, mediaType }: StoredManifest): Referrer {
  const json = { digest, size: bytes.length, mediaType };
  return { digest, mediaType, sizeBytes: bytes.length, platform: undefined, json };
}

let dev = createRegistry('dev');
let prod = createRegistry('prod');
let host = { from: 'dev.example', to: 'prod.example' };
let opened: string[] = [];
const warnings: string[] = [];

beforeEach(() => {
  dev = createRegistry('dev');
  prod = createRegistry('prod');
  host = { from: 'dev.example', to: 'prod.example' };
  opened = [];
  warnings.length = 0;
});

function blob(content: string, mediaType: string): { mediaType: string; digest: string; size: number } {
  const digest = digestOf(Buffer.from(content));
  dev.state.blobs.set(digest, content);
  return { mediaType, digest, size: content.length };
}

function store(name: string, value: object, mediaType: string, tag?: string): StoredManifest {
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, ...value }));
  const manifest = { bytes, digest: digestOf(bytes), mediaType };
  names.set(manifest.digest, name);
  dev.state.manifests.set(manifest.digest, manifest);
  if (tag !== undefined) dev.state.tags.set(tag, manifest.digest);
  return manifest;
}

/** An image of dev: one layer named after it. */
function image(name: string, options: { tag?: string; architecture?: string; about?: StoredManifest } = {}) {
  const { tag, architecture = 'amd64', about } = options;
  const settings = {
    os: 'linux',
    architecture,
    config: { Labels: { 'org.opencontainers.image.revision': 'abc' } },
  };
  const config = blob(JSON.stringify(settings), 'application/vnd.oci.image.config.v1+json');
  const layers = [blob(name, 'application/vnd.oci.image.layer.v1.tar')];
  const subject = about === undefined ? {} : { subject: { digest: about.digest, size: about.bytes.length } };
  return store(name, { config, layers, ...subject }, ociManifest, tag);
}

function indexOf(name: string, tag: string, ...children: [StoredManifest, string][]): StoredManifest {
  const manifests = children.map(([{ digest, bytes, mediaType }, architecture]) => ({
    mediaType,
    digest,
    size: bytes.length,
    platform: { os: architecture === 'unknown' ? 'unknown' : 'linux', architecture },
  }));
  return store(name, { manifests }, ociIndex, tag);
}

function run(values: Record<string, string> = {}) {
  const given: Record<string, string> = { from: 'web:v1', to: 'web', 'max-retries': '0', ...values };
  let now = 1_000_000;
  const ports: PromotePorts = {
    async openSource() {
      opened.push('source');
      return { registry: host.from, repository: dev.repository };
    },
    async openTarget() {
      opened.push('target');
      return { registry: host.to, repository: prod.repository };
    },
    clock: {
      now: () => {
        now += 1500;
        return now;
      },
      sleep: async () => {},
    },
    log: { info() {}, group() {}, warning: (message) => void warnings.push(message) },
  };
  return promoteImage(
    readInputs((name) => given[name] ?? '', readPromoteInputs),
    ports,
  );
}

const tagsOf = ({ state }: ReturnType<typeof createRegistry>): Record<string, string | undefined> =>
  Object.fromEntries([...state.tags].map(([tag, digest]) => [tag, names.get(digest)]));

describe('an image', () => {
  it('is copied: blobs, then its manifest, then its tag', async () => {
    const { digest } = image('web', { tag: 'v1' });
    const report = await run();
    expect(prod.writes.slice(0, 2).sort()).toEqual(['upload web', 'upload {"os":"l']);
    expect(prod.writes.slice(2)).toEqual(['put web', 'tag v1']);
    expect(report).toMatchObject({
      from: 'dev.example/web:v1',
      image: `prod.example/web@${digest}`,
      digest,
      tags: ['v1'],
      copied: true,
      platforms: ['linux/amd64'],
      referrers: 0,
      durationSeconds: 1.5,
    });
    expect(report.labels.get('org.opencontainers.image.revision')).toBe('abc');
    expect(report.count).toEqual({ uploaded: report.sizeBytes, mounted: 0, present: 0 });
  });

  it('that is there writes nothing the second time', async () => {
    image('web', { tag: 'v1' });
    await run();
    prod.writes.length = 0;
    const report = await run();
    expect(report.copied).toBe(false);
    expect(prod.writes).toEqual([]);
    expect(report.count).toEqual({ uploaded: 0, mounted: 0, present: report.sizeBytes });
  });

  it('that is there under another tag only gets its tag', async () => {
    image('web', { tag: 'v1' });
    await run();
    prod.writes.length = 0;
    expect((await run({ tags: 'stable\nlatest' })).copied).toBe(true);
    expect(prod.writes).toEqual(['tag stable', 'tag latest']);
  });

  it('by digest gets no tag unless one is given', async () => {
    const { digest } = image('web');
    expect((await run({ from: `web@${digest}` })).tags).toEqual([]);
    expect(tagsOf(prod)).toEqual({});
    expect(prod.writes).toContain('put web');
    await run({ from: `web@${digest}`, tags: 'v2' });
    expect(tagsOf(prod)).toEqual({ v2: 'web' });
  });

  it('by digest beside a tag is the one of the digest, under that tag', async () => {
    const old = image('old');
    image('new', { tag: 'v1' });
    await run({ from: `web:v1@${old.digest}` });
    expect(tagsOf(prod)).toEqual({ v1: 'old' });
  });

  it('is mounted within one registry', async () => {
    host = { from: 'one.example', to: 'one.example' };
    image('web', { tag: 'v1' });
    const report = await run({ from: 'web-dev:v1' });
    expect(prod.writes).toContain('mount web-dev web');
    expect(report.count).toMatchObject({ uploaded: 0, mounted: report.sizeBytes });
  });

  it('whose upload fails gets no tag', async () => {
    image('web', { tag: 'v1' });
    prod.state.failOnBlob = digestOf(Buffer.from('web'));
    await expect(run()).rejects.toMatchObject({ code: 'push-failed' });
    expect(tagsOf(prod)).toEqual({});
    expect(prod.state.manifests.size).toBe(0);
  });
});

it('an index is copied with every child before it, nested ones too', async () => {
  const [amd64, arm64, proof] = [image('amd'), image('arm', { architecture: 'arm64' }), image('proof')];
  const inner = indexOf('inner', 'x', [arm64, 'arm64']);
  indexOf('index', 'v1', [amd64, 'amd64'], [inner, 'arm64'], [proof, 'unknown']);
  const report = await run();
  expect(prod.writes.filter((write) => !write.startsWith('upload'))).toEqual([
    'put amd',
    'put arm',
    'put inner',
    'put proof',
    'put index',
    'tag v1',
  ]);
  expect(report.platforms).toEqual(['linux/amd64', 'linux/arm64']);
});

it('an index that lacks a platform is refused before anything is written', async () => {
  const [amd64, arm64] = [image('amd'), image('arm')];
  indexOf('index', 'v1', [amd64, 'amd64'], [arm64, 'arm64']);
  dev.state.manifests.delete(arm64.digest);
  await expect(run()).rejects.toMatchObject({ code: 'image-not-found' });
  expect(prod.writes).toEqual([]);
});

describe('what refers to an image', () => {
  it('comes along, and what refers to that, before the tag', async () => {
    const web = image('web', { tag: 'v1' });
    const signature = image('signed', { about: web });
    image('notary', { about: signature });
    const report = await run();
    expect(report.referrers).toBe(2);
    // The three share a configuration, which is copied once.
    expect(report.count.present).toBe(0);
    expect(prod.writes.filter((write) => !write.startsWith('upload'))).toEqual([
      'put web',
      'put signed',
      'put notary',
      'tag v1',
    ]);
    expect((await run()).copied).toBe(false);
  });

  it('comes along later too', async () => {
    const web = image('web', { tag: 'v1' });
    await run();
    image('signed', { about: web });
    prod.writes.length = 0;
    expect((await run()).copied).toBe(true);
    expect(prod.writes).toEqual(['upload signed', 'put signed']);
  });

  it('may be found on an image that refers to itself in a circle, which ends', async () => {
    const web = image('web', { tag: 'v1' });
    const signature = image('signed', { about: web });
    const list = { manifests: [describeManifest(web).json] };
    dev.state.hasReferrersApi = false;
    store('circle', list, ociIndex, referrersTag(signature.digest));
    store('list', { manifests: [describeManifest(signature).json] }, ociIndex, referrersTag(web.digest));
    expect((await run()).referrers).toBe(1);
  });

  it('is listed under a tag where the target keeps no list, and only once', async () => {
    prod.state.hasReferrersApi = false;
    const web = image('web', { tag: 'v1' });
    const first = image('first', { about: web });
    await run();
    const second = image('second', { about: web });
    await run();
    const { referrers } = await prod.repository.listReferrers(web.digest);
    expect(referrers.map(({ digest }) => digest)).toEqual([first.digest, second.digest]);
    prod.writes.length = 0;
    expect((await run()).copied).toBe(false);
    expect(prod.writes).toEqual([]);
  });

  it('that the source lists and does not have is left out', async () => {
    dev.state.hasReferrersApi = false;
    const web = image('web', { tag: 'v1' });
    const gone: Descriptor = { ...describeManifest(web), digest: `sha256:${'0'.repeat(64)}` };
    store('list', { manifests: [{ digest: gone.digest, size: 3 }] }, ociIndex, referrersTag(web.digest));
    prod.state.hasReferrersApi = false;
    expect(await run()).toMatchObject({ referrers: 0, copied: true });
    expect(Object.keys(tagsOf(prod))).toEqual(['v1']);
    expect((await run()).copied).toBe(false);
  });

  it('that may not be listed is left out with one warning', async () => {
    dev.state.mayListReferrers = false;
    const [amd64, arm64] = [image('amd'), image('arm')];
    indexOf('index', 'v1', [amd64, 'amd64'], [arm64, 'arm64']);
    expect((await run()).copied).toBe(true);
    expect(warnings).toHaveLength(1);
  });
});

describe('nothing is written when', () => {
  it('the image is missing, and the target is not even asked', async () => {
    await expect(run()).rejects.toMatchObject({ code: 'image-not-found' });
    expect(opened).toEqual(['source']);
  });

  it('the digest is another', async () => {
    image('web', { tag: 'v1' });
    const other = digestOf(Buffer.from('other'));
    await expect(run({ 'expect-digest': other })).rejects.toMatchObject({ code: 'digest-mismatch' });
    expect(opened).toEqual(['source']);
  });

  it('the target does not exist', async () => {
    image('web', { tag: 'v1' });
    prod.state.exists = false;
    await expect(run()).rejects.toMatchObject({ code: 'repository-not-found' });
    expect(prod.writes).toEqual([]);
  });
});

describe('a tag that another image has', () => {
  beforeEach(async () => {
    image('old', { tag: 'v0' });
    await run({ from: 'web:v0', tags: 'v1\nlatest' });
    image('new', { tag: 'v1' });
    prod.writes.length = 0;
  });

  it('moves where tags may', async () => {
    prod.state.mutability = { immutable: false, exclusions: [] };
    const old = prod.state.tags.get('v1');
    const { replaced } = await run();
    expect(tagsOf(prod)).toEqual({ v1: 'new', latest: 'old' });
    expect([...replaced]).toEqual([['v1', old]]);
  });

  it('is refused before any upload where it may not', async () => {
    prod.state.mutability = { immutable: true, exclusions: ['latest'] };
    await expect(run({ tags: 'v2\nv1' })).rejects.toMatchObject({ code: 'tag-immutable' });
    expect(prod.writes).toEqual([]);
  });

  it('is tried where the registry does not say', async () => {
    prod.state.mutability = undefined;
    await run();
    expect(tagsOf(prod)['v1']).toBe('new');
  });
});
