import { describe, expect, it } from '@jest/globals';
import { type Builder, type BuildRequest, buildCommand, sayBuilder } from './build-command.ts';

const classic: Builder = { kind: 'classic' };
const buildkit: Builder = { kind: 'buildkit' };
const buildx: Builder = { kind: 'buildx', name: 'default', driver: 'docker', containerd: false };
const container: Builder = {
  kind: 'buildx',
  name: 'builder-1',
  driver: 'docker-container',
  containerd: false,
};
const request: BuildRequest = {
  contextPath: '/w',
  dockerfilePath: '/w/Dockerfile',
  target: undefined,
  buildArguments: new Map(),
  labels: new Map(),
  secrets: [],
  name: 'host/web',
  tags: ['4f9c2d7', 'main'],
  push: true,
  insecure: false,
  ssh: [],
  platforms: [],
  cache: 'none',
  provenance: 'off',
  sbom: false,
};
const tags = ['--tag', 'host/web:4f9c2d7', '--tag', 'host/web:main'];
const byDigest = 'type=image,name=host/web,push-by-digest=true,name-canonical=true,push=true';

describe('inputs become arguments', () => {
  it.each<[string, Builder, Partial<BuildRequest>, string[]]>([
    ['the classic builder', classic, {}, ['build', ...tags, '--file', '/w/Dockerfile', '/w']],
    ['BuildKit', buildkit, {}, ['build', '--progress', 'plain', ...tags, '--file', '/w/Dockerfile', '/w']],
    [
      'buildx in the daemon',
      buildx,
      {},
      [
        'buildx',
        'build',
        '--builder',
        'default',
        '--progress',
        'plain',
        '--load',
        ...tags,
        '--file',
        '/w/Dockerfile',
        '/w',
      ],
    ],
    [
      'buildx elsewhere pushes by digest',
      container,
      {},
      [
        'buildx',
        'build',
        '--builder',
        'builder-1',
        '--progress',
        'plain',
        '--output',
        byDigest,
        '--metadata-file',
        '/m',
        '--file',
        '/w/Dockerfile',
        '/w',
      ],
    ],
    [
      'buildx elsewhere, plain HTTP',
      container,
      { insecure: true },
      [
        'buildx',
        'build',
        '--builder',
        'builder-1',
        '--progress',
        'plain',
        '--output',
        `${byDigest},registry.insecure=true`,
        '--metadata-file',
        '/m',
        '--file',
        '/w/Dockerfile',
        '/w',
      ],
    ],
    [
      'buildx elsewhere without a push brings the image here',
      container,
      { push: false },
      [
        'buildx',
        'build',
        '--builder',
        'builder-1',
        '--progress',
        'plain',
        '--load',
        ...tags,
        '--file',
        '/w/Dockerfile',
        '/w',
      ],
    ],
    [
      'everything else, with values of any kind',
      classic,
      {
        target: 'app',
        buildArguments: new Map([
          ['A', 'b=c, "d"'],
          ['EMPTY', ''],
        ]),
        labels: new Map([['team', '$(id)']]),
        tags: ['v1'],
      },
      [
        'build',
        '--tag',
        'host/web:v1',
        '--file',
        '/w/Dockerfile',
        '--target',
        'app',
        '--build-arg',
        'A=b=c, "d"',
        '--build-arg',
        'EMPTY=',
        '--label',
        'team=$(id)',
        '/w',
      ],
    ],
  ])('%s', (_name, builder, changes, expected) => {
    expect(buildCommand(builder, { ...request, ...changes }, '/m').arguments).toEqual(expected);
  });

  it('each builder is switched on by its variable', () => {
    expect(
      [classic, buildkit, buildx].map((builder) => buildCommand(builder, request, '/m').environment),
    ).toEqual([{ DOCKER_BUILDKIT: '0' }, { DOCKER_BUILDKIT: '1' }, { BUILDX_NO_DEFAULT_ATTESTATIONS: '1' }]);
  });
});

describe('build secrets', () => {
  const secrets: BuildRequest['secrets'] = [
    { id: 'token', source: { kind: 'value', value: 'hunter2' } },
    { id: 'npmrc', source: { kind: 'file', path: '/w/a,b".npmrc' } },
  ];

  it.each([buildkit, buildx, container])(
    'reach $kind by environment or file, never by argument',
    (builder) => {
      const command = buildCommand(builder, { ...request, secrets }, '/m');
      expect(command.arguments.join(' ')).not.toContain('hunter2');
      expect(command.arguments).toContain('id=token,env=SLIPWAY_BUILD_SECRET_0');
      expect(command.arguments).toContain('id=npmrc,"src=/w/a,b"".npmrc"');
      expect(command.environment).toMatchObject({ SLIPWAY_BUILD_SECRET_0: 'hunter2' });
    },
  );
});

it('every builder has a name for people', () => {
  expect([classic, buildkit, container].map(sayBuilder)).toEqual([
    "docker's classic builder",
    "docker's BuildKit",
    'docker buildx (docker-container driver)',
  ]);
});

describe('what goes beyond a plain build', () => {
  const cacheFrom = 'type=registry,ref=host/web:buildcache';
  it.each<[string, Partial<BuildRequest>, string[]]>([
    ['platforms', { platforms: ['linux/amd64', 'linux/arm64'] }, ['--platform', 'linux/amd64,linux/arm64']],
    ['one platform', { platforms: ['linux/arm64'] }, ['--platform', 'linux/arm64']],
    [
      "a cache in the registry, as ECR's needs are",
      { cache: 'registry' },
      [
        '--cache-from',
        cacheFrom,
        '--cache-to',
        `${cacheFrom},mode=max,ignore-error=true,image-manifest=true,oci-mediatypes=true`,
      ],
    ],
    [
      'the cache of a build that is not pushed',
      { cache: 'registry', push: false },
      ['--cache-from', cacheFrom],
    ],
    ['no cache without a registry', { cache: 'registry', push: false, name: 'web' }, []],
    [
      'a cache over plain HTTP',
      { cache: 'registry', push: false, insecure: true },
      ['--cache-from', `${cacheFrom},registry.insecure=true`],
    ],
    [
      "GitHub's cache, by repository",
      { cache: 'gha' },
      ['--cache-from', 'type=gha,scope=web', '--cache-to', 'type=gha,scope=web,mode=max,ignore-error=true'],
    ],
    ['provenance', { provenance: 'max' }, ['--attest', 'type=provenance,mode=max']],
    ['an SBOM', { sbom: true }, ['--attest', 'type=sbom']],
    ['no attestation of what stays here', { provenance: 'min', sbom: true, push: false }, []],
    [
      'ssh',
      {
        ssh: [
          { id: 'default', path: undefined },
          { id: 'key', path: '/w/id' },
        ],
      },
      ['--ssh', 'default', '--ssh', 'key=/w/id'],
    ],
  ])('%s', (_name, changes, expected) => {
    const wanted = { ...request, ...changes };
    const plain = buildCommand(
      container,
      { ...request, push: wanted.push, name: wanted.name, insecure: wanted.insecure },
      '/m',
    ).arguments;
    const words = buildCommand(container, wanted, '/m').arguments;
    expect(words).toEqual([...plain.slice(0, -1), ...expected, '/w']);
  });

  it('several platforms that the daemon cannot keep stay in the cache when nothing is pushed', () => {
    const words = buildCommand(
      container,
      { ...request, push: false, platforms: ['linux/amd64', 'linux/arm64'] },
      '/m',
    );
    expect(words.arguments.join(' ')).toContain('--output type=cacheonly');
    expect(words.arguments).not.toContain('--load');
  });
});
