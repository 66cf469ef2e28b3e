import { describe, expect, it } from '@jest/globals';
import type { Builder, BuildRequest } from './build-command.ts';
import { canLoad, missingAbility, pushesWhileBuilding } from './builder-ability.ts';

const classic: Builder = { kind: 'classic' };
const buildkit: Builder = { kind: 'buildkit' };
const buildx: Builder = { kind: 'buildx', name: 'default', driver: 'docker', containerd: false };
const containerd: Builder = { ...buildx, containerd: true };
const container: Builder = { ...buildx, name: 'builder-1', driver: 'docker-container' };
const builders = { classic, buildkit, buildx, containerd, container };
const request: BuildRequest = {
  contextPath: '/w',
  dockerfilePath: '/w/Dockerfile',
  target: undefined,
  buildArguments: new Map(),
  labels: new Map(),
  secrets: [],
  ssh: [],
  name: 'host/web',
  tags: ['v1'],
  push: true,
  insecure: false,
  platforms: [],
  cache: 'none',
  provenance: 'off',
  sbom: false,
};
const both = ['linux/amd64', 'linux/arm64'];

function unableTo(changes: Partial<BuildRequest>): string[] {
  return Object.entries(builders).flatMap(([name, builder]) =>
    missingAbility(builder, { ...request, ...changes }) === undefined ? [] : [name],
  );
}

describe('what a builder cannot do is known before it starts', () => {
  it.each<[string, Partial<BuildRequest>, string[]]>([
    ['a plain build', {}, []],
    ['secrets', { secrets: [{ id: 'a', source: { kind: 'value', value: 'b' } }] }, ['classic']],
    ['ssh', { ssh: [{ id: 'default', path: undefined }] }, ['classic']],
    ['one platform', { platforms: ['linux/arm64'] }, ['classic']],
    ['several platforms', { platforms: both }, ['classic', 'buildkit', 'buildx']],
    ['a cache in the registry', { cache: 'registry' }, ['classic', 'buildkit', 'buildx']],
    ["GitHub's cache", { cache: 'gha' }, ['classic', 'buildkit', 'buildx']],
    ['provenance', { provenance: 'min' }, ['classic', 'buildkit', 'buildx']],
    ['an SBOM', { sbom: true }, ['classic', 'buildkit', 'buildx']],
    ['attestations of what is not pushed', { sbom: true, provenance: 'max', push: false }, []],
  ])('%s', (_name, changes, expected) => {
    expect(unableTo(changes)).toEqual(expected);
  });

  it('and is said with the fix and the input', () => {
    expect(missingAbility(classic, { ...request, platforms: both })).toBe(
      'An image for several platforms needs a buildx builder of its own, and docker here has only the classic builder: add docker/setup-buildx-action before this step, whose builder (driver docker-container) can do it, or change the input platforms.',
    );
    expect(missingAbility(buildx, { ...request, cache: 'gha' })).toContain(
      'the docker driver, without containerd',
    );
  });
});

it('only a builder outside the daemon pushes by itself', () => {
  const pushing = Object.entries(builders).filter(([, builder]) => pushesWhileBuilding(builder));
  expect(pushing.map(([name]) => name)).toEqual(['container']);
});

it('the daemon keeps several platforms in containerd only', () => {
  expect(canLoad(container, { platforms: both })).toBe(false);
  expect(canLoad(containerd, { platforms: both })).toBe(true);
  expect(canLoad(classic, { platforms: ['linux/amd64'] })).toBe(true);
});
