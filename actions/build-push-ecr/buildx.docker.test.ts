import { execFile } from 'node:child_process';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type BundleStage, openBundleStage } from '../../rehearsal/runner/bundle-stage.ts';
import { watchCommandLines } from '../../rehearsal/runner/command-lines.ts';
import type { StepResult } from '../../rehearsal/runner/run-step.ts';

// What only a buildx builder of its own can do: any that `docker buildx inspect` selects, by BUILDX_BUILDER too.
const run = promisify(execFile);
const wanted = process.env['SLIPWAY_REQUIRE'] === 'docker';
const selected = wanted ? await run('docker', ['buildx', 'inspect']).catch(() => undefined) : undefined;
const driver = /^Driver:\s*(\S+)/m.exec(selected?.stdout ?? '')?.[1];
const usable = driver !== undefined && driver !== 'docker';
if (wanted && !usable)
  process.stderr.write(
    'SKIPPED: no buildx builder of its own is selected, so several platforms, cache and attestations are not built.\n',
  );
const onBuilder = usable ? it : it.skip;
jest.setTimeout(120_000);

const env: Record<string, string> = Object.fromEntries(
  ['DOCKER_CONFIG', 'BUILDX_BUILDER'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  }),
);

let stage: BundleStage;
beforeAll(async () => {
  if (!usable) return;
  stage = await openBundleStage('build-push-ecr', { repository: 'web', retries: '1', context: 'app' });
  await stage.createRepository('web');
  await mkdir(join(stage.workspace, 'app'));
  await write('app/hello.txt', `hello ${stage.host}\n`);
  await write(
    'app/Dockerfile',
    'FROM scratch AS build\nCOPY hello.txt /a\nFROM scratch\nCOPY --from=build /a /b\n',
  );
}, 60_000);
afterAll(() => stage?.close());

const write = (name: string, content: string) => writeFile(join(stage.workspace, name), content);

interface Manifest {
  readonly mediaType: string;
  readonly config?: { readonly mediaType: string };
  readonly manifests?: readonly {
    readonly digest: string;
    readonly platform: { readonly os: string; readonly architecture: string };
    readonly annotations?: Readonly<Record<string, string>>;
  }[];
}

/** A manifest as the registry gives it to software that is not ours. */
async function fetchManifest(reference: string): Promise<{ digest: string; manifest: Manifest }> {
  const { authorizationData } = (await stage.aws.call('ecr', 'GetAuthorizationToken', {})) as {
    authorizationData: { authorizationToken: string }[];
  };
  const login = Buffer.from(authorizationData[0]?.authorizationToken ?? '', 'base64').toString();
  const words = ['inspect', '--raw', '--tls-verify=false', `--creds=${login}`, `docker://${reference}`];
  const { stdout } = await run('skopeo', words);
  return {
    digest: `sha256:${createHash('sha256').update(stdout).digest('hex')}`,
    manifest: JSON.parse(stdout) as Manifest,
  };
}

const platformsOf = ({ manifests = [] }: Manifest): string[] =>
  manifests.map(({ platform }) => `${platform.os}/${platform.architecture}`);

const build = (inputs: Record<string, string>): Promise<StepResult> => stage.run(inputs, env);

describe('with a buildx builder of its own', () => {
  onBuilder('an image is built for several platforms, pushed by digest and reused on a re-run', async () => {
    const inputs = { platforms: 'linux/amd64,linux/arm64' };
    const watch = watchCommandLines();
    const step = await build(inputs);
    const commandLines = await watch.stop();
    expect(step).toMatchObject({ exitCode: 0, annotations: [], filesLeft: [] });
    expect(step.summary).toContain('linux/amd64, linux/arm64');
    const { digest, manifest } = await fetchManifest(step.outputs['image'] ?? '');
    expect(digest).toBe(step.outputs['digest']);
    expect(platformsOf(manifest)).toEqual(['linux/amd64', 'linux/arm64']);
    const secrets = [...step.masks].filter((mask) => mask.length > 100);
    expect(secrets.length).toBeGreaterThan(0);
    expect(commandLines.some((line) => line.includes('buildx'))).toBe(true);
    for (const secret of secrets) {
      expect(commandLines.filter((line) => line.includes(secret))).toEqual([]);
      expect(step.log).not.toContain(secret);
    }
    expect((await build(inputs)).outputs).toMatchObject({ reused: 'true', digest });
  });

  onBuilder('one platform without attestations is a plain image', async () => {
    const step = await build({ platforms: 'linux/arm64', tags: 'one' });
    const { manifest } = await fetchManifest(step.outputs['image'] ?? '');
    expect(manifest.manifests).toBeUndefined();
    expect(manifest.config?.mediaType).toMatch(/image\.(?:config\.)?v1\+json$/);
  });

  onBuilder('provenance goes with the image as an attestation', async () => {
    const step = await build({ provenance: 'max', tags: 'attested' });
    const { digest, manifest } = await fetchManifest(step.outputs['image'] ?? '');
    expect(digest).toBe(step.outputs['digest']);
    const attestation = manifest.manifests?.find(({ platform }) => platform.os === 'unknown');
    expect(attestation?.annotations?.['vnd.docker.reference.type']).toBe('attestation-manifest');
  });

  onBuilder(
    "a cache in the registry is left as an image manifest, ECR's need, and taken by the next build",
    async () => {
      await write('app/hello.txt', `cached ${stage.host}\n`);
      const first = await build({ cache: 'registry', tags: 'first' });
      expect(first.exitCode).toBe(0);
      const { manifest } = await fetchManifest(`${stage.host}/web:buildcache`);
      expect(manifest.mediaType).toBe('application/vnd.oci.image.manifest.v1+json');
      await run('docker', ['buildx', 'prune', '--force', '--all']);
      const second = await build({ cache: 'registry', tags: 'second' });
      expect(second.log).toMatch(/importing cache manifest from .*:buildcache/);
      expect(second.log).toContain('CACHED');
    },
  );

  onBuilder('a step reaches the ssh key that is given, which is in no image', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    await write('key.pem', privateKey.export({ type: 'pkcs1', format: 'pem' }).toString());
    await write(
      'app/Dockerfile.ssh',
      'FROM scratch\nCOPY hello.txt /a\nRUN --mount=type=ssh,required=true ["/a"]\n',
    );
    const inputs = { file: 'app/Dockerfile.ssh', tags: 'ssh' };
    const without = await build(inputs);
    expect(without.annotations[0]?.message).toMatch(/ssh/);
    // The mount is made, and only then the step is found to be no program.
    const withKey = await build({ ...inputs, ssh: 'default=key.pem' });
    expect(withKey.annotations[0]?.message).toMatch(/exec format error|permission denied|exit code/);
  });

  onBuilder('what is not pushed for several platforms stays in the builder', async () => {
    const step = await build({ push: 'false', platforms: 'linux/amd64,linux/arm64', tags: 'local' });
    expect(step).toMatchObject({ exitCode: 0, outputs: { tags: 'local' } });
    expect(step.outputs['image'] ?? '').toBe('');
  });

  onBuilder('a failing step is named with its reason, and nothing is pushed', async () => {
    await write('app/Dockerfile.broken', 'FROM scratch\nCOPY missing.txt /b\n');
    stage.takeCalls();
    const step = await build({ file: 'app/Dockerfile.broken', tags: 'broken' });
    expect(step.annotations.map(({ message }) => message.split(':')[0])).toEqual([
      expect.stringMatching(/^The build failed at step .*COPY missing.txt \/b$/),
    ]);
    expect(stage.takeCalls().filter((call) => call.startsWith('registry'))).toEqual([]);
  });
});
