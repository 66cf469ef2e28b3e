import { beforeEach, describe, expect, it } from '@jest/globals';
import type { BuildRequest } from '../lib/image/build-command.ts';
import { digestOf } from '../lib/image/digest.ts';
import type { ImageContent } from '../lib/image/image-content.ts';
import { ociManifest, type StoredManifest } from '../lib/image/manifest.ts';
import type { ScanFinding } from '../lib/image/scan-finding.ts';
import type { TagMutability } from '../lib/image/tag-mutability.ts';
import { readInputs } from '../lib/input/reader.ts';
import { UserError } from '../lib/message/user-error.ts';
import { readBuildPushInputs } from './inputs.ts';
import { type BuildPushPorts, buildPush } from './run.ts';

const hex = (digit: string): string => `sha256:${digit.repeat(64)}`;
const source = {
  sha: '4f9c2d7a61be08f35d1c6e9ab27f4031c85de6b2',
  ref: 'refs/heads/main',
  repositoryUrl: 'https://github.com/octo-org/hello',
};
const login = {
  origin: 'https://123456789012.dkr.ecr.eu-west-1.amazonaws.com',
  username: 'AWS',
  password: 'pw',
};
const registry = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';

function image(config: string): StoredManifest {
  const bytes = Buffer.from(
    JSON.stringify({ config: { digest: hex(config), size: 40 }, layers: [{ digest: hex('f'), size: 2 }] }),
  );
  return { bytes, digest: digestOf(bytes), mediaType: ociManifest };
}

/** An ECR repository and a docker that builds whatever image it is told, with everything that happens written down. */
function createWorld() {
  const state = {
    tags: new Map<string, StoredManifest>(),
    untagged: new Map<string, StoredManifest>(),
    immutable: false,
    missing: false,
    /** What ECR says of it; undefined for a role that may not ask. */
    mutability: undefined as TagMutability | undefined,
    findings: [] as ScanFinding[],
    credentials: true,
    /** What the next build gives. */
    built: image('a'),
    /** Whether the builder pushes by digest while it builds. */
    pushesItself: false,
    buildFailure: undefined as UserError | undefined,
    archive: undefined as ImageContent | undefined,
    now: 1_000_000,
  };
  const events: string[] = [];
  const lines: string[] = [];
  const requests: BuildRequest[] = [];
  const put = (tag: string, manifest: StoredManifest): void => {
    const holder = state.tags.get(tag);
    if (state.immutable && holder !== undefined) throw new UserError('tag-immutable', `${tag} is immutable`);
    state.tags.set(tag, manifest);
    events.push(`tag ${tag}`);
  };
  const ports: BuildPushPorts = {
    async authorize() {
      events.push('authorize');
      if (!state.credentials) throw new UserError('credentials-missing', 'No credentials.');
      return login;
    },
    async findTagged(tags) {
      events.push('find');
      if (state.missing) throw new UserError('repository-not-found', 'No repository.');
      return new Map([...state.tags].filter(([tag]) => tags.includes(tag)));
    },
    async findTagMutability() {
      return state.mutability;
    },
    async createRepository({ movingTags }) {
      events.push(`create, moving ${movingTags.join(' ')}`);
      state.missing = false;
    },
    openScanner: () => ({
      async findScan() {
        return { kind: 'done', continuous: false, findings: state.findings };
      },
      async startScan() {
        return undefined;
      },
    }),
    openRepository: () => ({
      async findManifest(reference) {
        const all = [...state.tags.values(), ...state.untagged.values()];
        return state.tags.get(reference) ?? all.find(({ digest }) => digest === reference);
      },
      async putManifest(reference, manifest) {
        put(reference, manifest);
      },
      async uploadContent(content) {
        events.push('upload');
        return { uploadedBlobs: content.blobs.length, uploadedBytes: 42, presentBlobs: 0 };
      },
    }),
    async openBuilder(given) {
      events.push(given === undefined ? 'docker' : 'docker with login');
      return {
        async build(request) {
          events.push('build');
          requests.push(request);
          state.now += 61_000;
          if (state.buildFailure !== undefined) throw state.buildFailure;
          const { built } = state;
          if (state.pushesItself && request.push) state.untagged.set(built.digest, built);
          return {
            builder: 'a builder',
            imageId: state.pushesItself ? undefined : JSON.parse(built.bytes.toString()).config.digest,
            pushedDigest: state.pushesItself ? built.digest : undefined,
            platforms: ['linux/amd64'],
          };
        },
        async push(reference) {
          events.push(`push ${reference.slice(reference.lastIndexOf(':') + 1)}`);
          put(reference.slice(reference.lastIndexOf(':') + 1), state.built);
          return state.built.digest;
        },
      };
    },
    async openArchive() {
      events.push('open archive');
      if (state.archive === undefined) throw new UserError('archive-invalid', 'It is damaged.');
      return state.archive;
    },
    async findBuildFiles() {
      events.push('find files');
      return { contextPath: '/w', dockerfilePath: '/w/Dockerfile', secrets: [], ssh: [] };
    },
    clock: { now: () => state.now, sleep: async () => {} },
    log: {
      info: (line) => void lines.push(line),
      warning: (line) => void lines.push(`warning: ${line}`),
      group() {},
    },
  };
  return { state, events, lines, requests, ports };
}

let world = createWorld();
beforeEach(() => {
  world = createWorld();
});

function run(values: Record<string, string> = {}, from = source) {
  const given: Record<string, string> = {
    repository: 'web',
    context: '.',
    tags: 'type=sha\ntype=branch',
    cache: 'none',
    provenance: 'off',
    sbom: 'false',
    'create-repository': 'false',
    scan: 'off',
    'scan-timeout-minutes': '1',
    reuse: 'true',
    push: 'true',
    retries: '0',
    ...values,
  };
  return buildPush(
    readInputs((name) => given[name] ?? '', readBuildPushInputs),
    from,
    world.ports,
  );
}

const digestsOfTags = (): Record<string, string> =>
  Object.fromEntries([...world.state.tags].map(([tag, { digest }]) => [tag, digest]));

describe('a build', () => {
  it('is pushed under its first tag, and the same manifest put under the others', async () => {
    const report = await run();
    const { digest } = world.state.built;
    expect(world.events).toEqual([
      'find files',
      'authorize',
      'find',
      'docker with login',
      'build',
      'push 4f9c2d7',
      'tag 4f9c2d7',
      'tag main',
    ]);
    expect(digestsOfTags()).toEqual({ '4f9c2d7': digest, main: digest });
    expect(report).toEqual({
      registry,
      repository: 'web',
      tags: ['4f9c2d7', 'main'],
      image: `${registry}/web@${digest}`,
      digest,
      imageTagged: `${registry}/web:4f9c2d7`,
      reused: false,
      origin: 'a builder',
      platforms: ['linux/amd64'],
      sizeBytes: 42,
      scan: undefined,
      durationSeconds: 61,
    });
  });

  it('gets the names, labels and address of this run', async () => {
    await run({ labels: 'team=web', target: 'app' });
    expect(world.requests[0]).toMatchObject({
      name: `${registry}/web`,
      tags: ['4f9c2d7', 'main'],
      target: 'app',
      insecure: false,
    });
    expect(Object.fromEntries(world.requests[0]?.labels ?? [])).toMatchObject({
      team: 'web',
      'org.opencontainers.image.revision': source.sha,
      'org.opencontainers.image.source': source.repositoryUrl,
    });
  });

  it('that the builder pushed by digest only needs its tags', async () => {
    world.state.pushesItself = true;
    await run();
    expect(world.events.slice(-3)).toEqual(['build', 'tag 4f9c2d7', 'tag main']);
  });

  it('that failed pushes nothing', async () => {
    world.state.buildFailure = new UserError('build-failed', 'The build failed.');
    await expect(run()).rejects.toMatchObject({ code: 'build-failed' });
    expect(world.state.tags.size).toBe(0);
  });

  it('does not start when the repository is missing', async () => {
    world.state.missing = true;
    await expect(run()).rejects.toMatchObject({ code: 'repository-not-found' });
    expect(world.events).not.toContain('build');
  });

  it('is refused before AWS is asked when no tag applies', async () => {
    await expect(run({ tags: 'type=pr' })).rejects.toMatchObject({ code: 'input-invalid' });
    expect(world.events).toEqual([]);
  });

  it('ends when the registry does not have what docker says it pushed', async () => {
    const { ports } = world;
    const open = ports.openRepository;
    const forgetful = {
      ...ports,
      openRepository: () => ({ ...open(login), findManifest: async () => undefined }),
    };
    world = { ...world, ports: forgetful };
    await expect(run()).rejects.toMatchObject({ code: 'push-failed' });
  });
});

describe('reuse', () => {
  beforeEach(() => {
    world.state.tags.set('4f9c2d7', image('b'));
    world.state.tags.set('main', image('b'));
  });

  it('builds nothing when all tags of the commit have one digest', async () => {
    const report = await run();
    expect(world.events).toEqual(['find files', 'authorize', 'find']);
    expect(report).toMatchObject({
      reused: true,
      digest: image('b').digest,
      imageTagged: `${registry}/web:4f9c2d7`,
    });
  });

  it('can be refused', async () => {
    const report = await run({ reuse: 'false' });
    expect(report).toMatchObject({ reused: false, digest: image('a').digest });
  });

  it('is per commit: a moving tag of an older one is no reason', async () => {
    const report = await run({}, { ...source, sha: 'b'.repeat(40) });
    expect(report.reused).toBe(false);
    expect(digestsOfTags()['main']).toBe(image('a').digest);
  });

  it('needs all tags', async () => {
    world.state.tags.delete('main');
    expect(await run()).toMatchObject({ reused: false });
  });
});

describe('an immutable repository', () => {
  beforeEach(() => {
    world.state.immutable = true;
  });

  it('takes new tags', async () => {
    await run();
    expect([...world.state.tags.keys()]).toEqual(['4f9c2d7', 'main']);
  });

  it('is green when the build is the image that is there, though ECR refuses to push it again', async () => {
    world.state.tags.set('4f9c2d7', image('a'));
    const report = await run({ reuse: 'false' });
    expect(report).toMatchObject({ digest: image('a').digest, reused: false });
    expect(world.events).not.toContain('push 4f9c2d7');
    expect([...world.state.tags.keys()]).toEqual(['4f9c2d7', 'main']);
  });

  it('is green when the builder pushed by digest what is there', async () => {
    world.state.pushesItself = true;
    world.state.tags.set('4f9c2d7', image('a'));
    await run({ reuse: 'false' });
    expect([...world.state.tags.keys()]).toEqual(['4f9c2d7', 'main']);
  });

  it('keeps a tag that an artifact of another kind has', async () => {
    const bytes = Buffer.from('{"artifactType":"x"}');
    world.state.tags.set('main', { bytes, digest: digestOf(bytes), mediaType: ociManifest });
    await expect(run()).rejects.toMatchObject({ code: 'tag-immutable' });
  });

  it('keeps a taken tag: the error names tag and digests, and nothing is half tagged', async () => {
    world.state.tags.set('main', image('b'));
    const error = await run().catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'tag-immutable' });
    expect((error as UserError).message).toContain('The tag "main" of web belongs to');
    expect((error as UserError).message).toContain(image('b').digest);
    expect((error as UserError).message).toContain(hex('a'));
    expect([...world.state.tags.keys()]).toEqual(['main']);
  });
});

describe('a repository that says its tags stay', () => {
  beforeEach(() => {
    world.state.immutable = true;
    world.state.mutability = { immutable: true, exclusions: [] };
  });

  it('does not get a moving tag, which would stick to this commit', async () => {
    const report = await run();
    expect(report.tags).toEqual(['4f9c2d7']);
    expect(Object.keys(digestsOfTags())).toEqual(['4f9c2d7']);
    expect(world.lines.find((line) => line.startsWith('warning: '))).toContain('does not get the tag main');
  });

  it('is reused on a re-run of the commit', async () => {
    await run();
    world.events.length = 0;
    expect(await run()).toMatchObject({ reused: true, tags: ['4f9c2d7'] });
    expect(world.events).toEqual(['find files', 'authorize', 'find']);
  });

  it('gets the moving tags that it excludes', async () => {
    world.state.mutability = { immutable: true, exclusions: ['mai*'] };
    expect((await run()).tags).toEqual(['4f9c2d7', 'main']);
  });

  it('is no place for an image all of whose tags move', async () => {
    await expect(run({ tags: 'type=branch' })).rejects.toMatchObject({ code: 'tag-immutable' });
    expect(world.events).not.toContain('build');
  });
});

describe('a missing repository', () => {
  it('is created when that is wanted, before anything is built', async () => {
    world.state.missing = true;
    await run({ 'create-repository': 'true' });
    expect(world.events.slice(2, 6)).toEqual([
      'find',
      'create, moving buildcache main',
      'docker with login',
      'build',
    ]);
  });
});

describe('the scan gate', () => {
  const finding: ScanFinding = { name: 'CVE-1', severity: 'high', packageName: 'a 1', fixedIn: undefined };
  it.each([
    ['critical', undefined],
    ['high', 'vulnerabilities-found'],
    ['low', 'vulnerabilities-found'],
  ])('of %s', async (scan, code) => {
    world.state.findings = [finding];
    const report = await run({ scan });
    expect(report.scan?.failure?.code).toBe(code);
    expect(report.image).toBe(`${registry}/web@${world.state.built.digest}`);
  });

  it('is also held for an image that was there', async () => {
    await run();
    world.state.findings = [finding];
    expect(await run({ scan: 'high' })).toMatchObject({
      reused: true,
      scan: { failure: { code: 'vulnerabilities-found' } },
    });
  });
});

describe('an archive', () => {
  const content = (manifest: StoredManifest): ImageContent => ({
    root: manifest,
    children: [],
    blobs: [{ digest: hex('f'), sizeBytes: 42, open: async function* () {} }],
    platforms: ['linux/arm64'],
  });

  it('is pushed without docker, digest preserved', async () => {
    world.state.archive = content(image('c'));
    const report = await run({ 'image-archive': 'web.tar' });
    expect(world.events).toEqual(['open archive', 'authorize', 'find', 'upload', 'tag 4f9c2d7', 'tag main']);
    expect(report).toMatchObject({
      digest: image('c').digest,
      platforms: ['linux/arm64'],
      origin: 'the archive web.tar',
    });
  });

  it('is not uploaded again', async () => {
    world.state.archive = content(image('c'));
    await run({ 'image-archive': 'web.tar' });
    world.state.immutable = true;
    const report = await run({ 'image-archive': 'web.tar' });
    expect(report.reused).toBe(true);
    expect(world.events.filter((event) => event === 'upload')).toHaveLength(1);
  });

  it('is never left out because its commit was pushed before with another content', async () => {
    world.state.tags.set('4f9c2d7', image('b'));
    world.state.tags.set('main', image('b'));
    world.state.archive = content(image('c'));
    expect(await run({ 'image-archive': 'web.tar' })).toMatchObject({
      reused: false,
      digest: image('c').digest,
    });
  });

  it('that is damaged ends before AWS is asked', async () => {
    await expect(run({ 'image-archive': 'web.tar' })).rejects.toMatchObject({ code: 'archive-invalid' });
    expect(world.events).toEqual(['open archive']);
  });
});

describe('without push', () => {
  it('the image is built and named for the registry, and nothing is written there', async () => {
    const report = await run({ push: 'false' });
    expect(world.events).toEqual(['find files', 'authorize', 'docker with login', 'build']);
    expect(report).toMatchObject({
      image: undefined,
      digest: undefined,
      imageTagged: `${registry}/web:4f9c2d7`,
    });
    expect(world.state.tags.size).toBe(0);
  });

  it('AWS credentials are optional, as pull requests from forks have none', async () => {
    world.state.credentials = false;
    const report = await run({ push: 'false' });
    expect(world.events).toEqual(['find files', 'authorize', 'docker', 'build']);
    expect(report).toMatchObject({ registry: undefined, imageTagged: 'web:4f9c2d7' });
  });

  it('an archive is checked only', async () => {
    world.state.archive = { root: image('c'), children: [], blobs: [], platforms: [] };
    const report = await run({ push: 'false', 'image-archive': 'web.tar' });
    expect(world.events).toEqual(['open archive']);
    expect(report.origin).toBe('the archive web.tar');
  });
});
