import { describe, expect, it } from '@jest/globals';
import {
  type Builder,
  type BuildRequest,
  buildCommand,
  missingAbility,
  pushesWhileBuilding,
  sayBuilder,
} from './build-command.ts';

const classic: Builder = { kind: 'classic' };
const buildkit: Builder = { kind: 'buildkit' };
const buildx: Builder = { kind: 'buildx', name: 'default', driver: 'docker' };
const container: Builder = { kind: 'buildx', name: 'builder-1', driver: 'docker-container' };
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

  it('are more than the classic builder can do, and that is said', () => {
    expect(missingAbility(classic, { ...request, secrets })).toContain('install the buildx plugin');
    expect(missingAbility(classic, request)).toBeUndefined();
    expect(missingAbility(buildkit, { ...request, secrets })).toBeUndefined();
  });
});

it('only a builder outside the daemon pushes by itself', () => {
  expect([classic, buildkit, buildx, container].map(pushesWhileBuilding)).toEqual([
    false,
    false,
    false,
    true,
  ]);
});

it('every builder has a name for people', () => {
  expect([classic, buildkit, container].map(sayBuilder)).toEqual([
    "docker's classic builder",
    "docker's BuildKit",
    'docker buildx (docker-container driver)',
  ]);
});
