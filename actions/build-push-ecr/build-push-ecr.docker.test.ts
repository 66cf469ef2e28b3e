import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startDebianRegistry } from '../../rehearsal/registry/debian-registry.ts';
import { type BundleStage, openBundleStage } from '../../rehearsal/runner/bundle-stage.ts';
import { watchCommandLines } from '../../rehearsal/runner/command-lines.ts';
import type { StepResult } from '../../rehearsal/runner/run-step.ts';
import { startProxy } from '../../rehearsal/server/proxy.ts';

const run = promisify(execFile);
const answers = (command: string, ...words: string[]): Promise<boolean> =>
  run(command, words, { timeout: 10_000 }).then(
    () => true,
    () => false,
  );
const hasDocker = await answers('docker', 'version', '--format', '{{.Server.Version}}');
const hasSkopeo = await answers('skopeo', '--version');
const hasRegistry = await answers('docker-registry', '--version');
const isAmd64 = process.arch === 'x64';
// A second client beside the first, such as Debian's 20.10, may bring another builder.
const docker2010 = await run('/usr/bin/docker', ['version', '--format', '{{.Client.Version}}']).then(
  ({ stdout }) => Number.parseInt(stdout, 10) < 23,
  () => false,
);
const buildx = await answers('docker', 'buildx', 'version');
const buildKit = docker2010 ? { PATH: '/usr/bin:/bin' } : buildx ? {} : undefined;
const wanted = process.env['SLIPWAY_REQUIRE'] === 'docker';
const missing = Object.entries({
  docker: hasDocker,
  skopeo: hasSkopeo,
  registry: hasRegistry,
  BuildKit: buildKit !== undefined,
});
for (const [name, is] of missing) {
  if (wanted && name === 'docker' && !is)
    throw new Error('SLIPWAY_REQUIRE=docker, and no docker daemon answers');
  if (wanted && !is)
    process.stderr.write(`SKIPPED: without ${name} a part of build-push-ecr's docker tests does not run.\n`);
}
if (!wanted) process.stderr.write("SKIPPED: build-push-ecr's docker tests; npm run test:docker runs them.\n");
jest.setTimeout(120_000);

const config: Record<string, string> = process.env['DOCKER_CONFIG']
  ? { DOCKER_CONFIG: process.env['DOCKER_CONFIG'] }
  : {};
const onDocker = wanted && hasDocker ? it : it.skip;
const onBuildKit = wanted && hasDocker && isAmd64 && buildKit !== undefined ? it : it.skip;

let stage: BundleStage;
const images = new Set<string>();

beforeAll(async () => {
  if (!wanted) return;
  stage = await openBundleStage('build-push-ecr', { repository: 'web', retries: '1' });
  await stage.createRepository('web');
  await stage.createRepository('fixed', 'IMMUTABLE');
  await mkdir(join(stage.workspace, 'app'));
  await write('app/hello.txt', 'hello\n');
  await write(
    'app/Dockerfile',
    'FROM scratch AS build\nARG NAME=hello.txt\nCOPY $NAME /built\nFROM scratch AS extra\nCOPY --from=build /built /extra\nFROM scratch\nCOPY --from=build /built /built\n',
  );
  for (const [name, exitCode] of [
    ['show', 0],
    ['fail', 3],
  ] as const) {
    await write(`app/${name}`, showSecretProgram(exitCode));
    await chmod(join(stage.workspace, 'app', name), 0o755);
    await write(
      `app/Dockerfile.${name}`,
      `FROM scratch\nARG NOW\nCOPY ${name} /tool\nRUN --mount=type=secret,id=token ["/tool"]\n`,
    );
  }
  await write('app/Dockerfile.broken', 'FROM scratch\nCOPY hello.txt /a\nCOPY missing.txt /b\n');
}, 60_000);

afterAll(async () => {
  if (!wanted) return;
  if (images.size > 0) await run('docker', ['image', 'rm', '--force', ...images]).catch(() => undefined);
  await stage.close();
});

const write = (name: string, content: string | Buffer) => writeFile(join(stage.workspace, name), content);

async function build(inputs: Record<string, string>, env: Record<string, string> = {}): Promise<StepResult> {
  const step = await stage.run({ context: 'app', ...inputs }, { ...config, ...env });
  for (const line of step.lines) {
    const name = /(?:Successfully tagged|naming to) (\S+)/.exec(line.text)?.[1];
    if (name !== undefined) images.add(name);
  }
  if (step.outputs['image']) images.add(step.outputs['image']);
  return step;
}

/** Files of an image and their contents, read back from the registry by skopeo. */
async function inspect(step: StepResult): Promise<{ digest: string; config: Record<string, never> }> {
  const login = await loginOf(stage.aws.endpoint);
  const options = ['--tls-verify=false', `--creds=AWS:${login}`];
  const image = `docker://${step.outputs['image']}`;
  const { stdout: manifest } = await run('skopeo', ['inspect', '--raw', ...options, image]);
  const { stdout: settings } = await run('skopeo', ['inspect', '--config', ...options, image]);
  return {
    digest: `sha256:${createHash('sha256').update(manifest).digest('hex')}`,
    config: JSON.parse(settings),
  };
}

async function loginOf(endpoint: string): Promise<string> {
  const { authorizationData } = (await stage.aws.call('ecr', 'GetAuthorizationToken', {})) as {
    authorizationData: { authorizationToken: string }[];
  };
  expect(endpoint).toBe(stage.aws.endpoint);
  return Buffer.from(authorizationData[0]?.authorizationToken ?? '', 'base64')
    .toString()
    .slice('AWS:'.length);
}

describe('with the builder that docker has', () => {
  onDocker('a multi-stage Dockerfile is built, pushed and pulled back by the same digest', async () => {
    const step = await build({ labels: 'team=web' });
    expect(step).toMatchObject({ exitCode: 0, postExitCode: 0, filesLeft: [], annotations: [] });
    const { image = '', digest } = step.outputs;
    expect(image).toBe(`${stage.host}/web@${digest}`);
    expect(step.summary).toContain('linux/');
    await run('docker', ['image', 'rm', '--force', `${stage.host}/web:4f9c2d7`, `${stage.host}/web:main`]);
    await run('docker', ['--config', await privateLogin(), 'pull', image]);
    const { stdout } = await run('docker', ['image', 'inspect', '--format', '{{json .RepoDigests}}', image]);
    expect(JSON.parse(stdout)).toContain(image);
    if (!hasSkopeo) return;
    const inspected = await inspect(step);
    expect(inspected.digest).toBe(digest);
    expect(inspected.config).toMatchObject({
      config: {
        Labels: {
          team: 'web',
          'org.opencontainers.image.revision': '4f9c2d7a61be08f35d1c6e9ab27f4031c85de6b2',
        },
      },
    });
  });

  onDocker('a target and a build argument give another image', async () => {
    await write('app/other.txt', 'other\n');
    const step = await build({ target: 'extra', 'build-args': 'NAME=other.txt', tags: 'extra' });
    expect(step.exitCode).toBe(0);
    const container = (
      await run('docker', ['create', step.outputs['image-tagged'] ?? '', '/x'])
    ).stdout.trim();
    const { stdout } = await run('docker', ['cp', `${container}:/extra`, '-'], { encoding: 'latin1' });
    await run('docker', ['rm', container]);
    expect(stdout).toContain('other\n');
  });

  onDocker('a failing step is named with its reason, and nothing is pushed', async () => {
    stage.takeCalls();
    const step = await build({ file: 'app/Dockerfile.broken', tags: 'broken' });
    expect(step.exitCode).toBe(1);
    expect(step.annotations.map(({ message }) => message.split(':')[0])).toEqual([
      expect.stringMatching(/^The build failed at step .*COPY missing.txt \/b$/),
    ]);
    expect(stage.takeCalls().filter((call) => call.startsWith('registry'))).toEqual([]);
  });

  onDocker('a taken tag of an immutable repository is named with both images', async () => {
    await build({ repository: 'fixed', tags: 'v1' });
    const step = await build({ repository: 'fixed', tags: 'v1', target: 'extra' });
    expect(step.exitCode).toBe(1);
    expect(step.annotations.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /The tag "v1" of fixed belongs to sha256:\w{64}, .*this image is the build sha256:/,
      ),
    ]);
  });

  onDocker('the very same build is green on an immutable repository', async () => {
    const labels = 'org.opencontainers.image.created=2026-11-20T00:00:00Z';
    const first = await build({ repository: 'fixed', tags: 'same', labels });
    const second = await build({ repository: 'fixed', tags: 'same', labels, reuse: 'false' });
    expect(second.exitCode).toBe(0);
    expect(second.outputs['digest']).toBe(first.outputs['digest']);
  });

  onDocker('without push the image stays here, and no AWS credentials are needed', async () => {
    const step = await build(
      { push: 'false', tags: 'local' },
      { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_EC2_METADATA_DISABLED: 'true' },
    );
    images.add('web:local');
    expect(step.exitCode).toBe(0);
    expect(step.outputs).toMatchObject({ 'image-tagged': 'web:local', tags: 'local' });
    await run('docker', ['image', 'inspect', 'web:local']);
  });

  onDocker('a credential helper of the user is not asked for our login', async () => {
    const bin = join(stage.workspace, 'bin');
    await mkdir(bin, { recursive: true });
    const helper = `#!/bin/sh\nread host\necho "$1 $host" >> ${bin}/asked\necho 'credentials not found in native keychain'\nexit 1\n`;
    await write('bin/docker-credential-boom', helper);
    await chmod(join(bin, 'docker-credential-boom'), 0o755);
    const user = join(stage.workspace, 'user-docker');
    await mkdir(user);
    await writeFile(join(user, 'config.json'), JSON.stringify({ credsStore: 'boom' }));
    const step = await stage.run(
      { context: 'app', tags: 'helper' },
      { DOCKER_CONFIG: user, PATH: `${bin}:${process.env['PATH']}` },
    );
    images.add(`${stage.host}/web:helper`);
    expect(step.exitCode).toBe(0);
    const asked = await readFile(join(bin, 'asked'), 'utf8').catch(() => '');
    expect(asked).not.toContain(stage.host);
    expect(await readdir(user)).toEqual(['config.json']);
  });
});

describe('build secrets', () => {
  const secret = 'correct-horse-battery-staple';

  onBuildKit('are read by the build, and are in no argv, layer, log or file', async () => {
    await write('token.txt', `${secret}-file\n`);
    for (const [secrets, tags] of [
      [`token=${secret}`, 's1'],
      ['token=@token.txt', 's2'],
    ] as const) {
      const watch = watchCommandLines();
      const step = await build(
        { file: 'app/Dockerfile.show', secrets, tags, 'build-args': `NOW=${stage.host}/${tags}` },
        buildKit,
      );
      const commandLines = await watch.stop();
      expect(step).toMatchObject({ exitCode: 0, filesLeft: [] });
      expect(step.log).not.toContain(secret);
      expect(step.log).toContain(' ***');
      expect(commandLines.some((line) => line.includes('--secret'))).toBe(true);
      const token = [...step.masks].filter((mask) => mask.length > 100);
      for (const text of [secret, ...token])
        expect(commandLines.filter((line) => line.includes(text))).toEqual([]);
      const { stdout } = await run('docker', ['save', step.outputs['image-tagged'] ?? ''], {
        encoding: 'latin1',
        maxBuffer: 1e8,
      });
      expect(stdout).not.toContain(secret);
    }
  });

  onBuildKit('do not show when the step that reads them fails', async () => {
    const step = await build(
      {
        file: 'app/Dockerfile.fail',
        secrets: `token=${secret}`,
        tags: 's3',
        'build-args': `NOW=${stage.host}`,
      },
      buildKit,
    );
    expect(step.exitCode).toBe(1);
    expect(step.annotations[0]?.message).toMatch(/exit code: 3/);
    expect([step.log, step.summary, step.annotations[0]?.message].join()).not.toContain(secret);
  });

  onDocker('are refused where only the classic builder is', async () => {
    const probe = await stage.run({ context: 'app', push: 'false', tags: 'probe' }, config);
    images.add(`${stage.host}/web:probe`);
    const step = await build({ file: 'app/Dockerfile.show', secrets: `token=${secret}`, tags: 's4' });
    const classic = probe.log.includes("docker's classic builder");
    expect(step.annotations.map(({ message }) => message.startsWith('Build secrets need BuildKit'))).toEqual(
      classic ? [true] : [],
    );
  });
});

onDocker('several platforms are refused with the fix where the daemon alone builds', async () => {
  const { stdout } = await run('docker', ['info', '--format', '{{json .DriverStatus}}']);
  const containerd = stdout.includes('io.containerd.snapshotter') && buildx;
  const step = await build(
    { platforms: 'linux/amd64,linux/arm64', tags: 'both' },
    { BUILDX_BUILDER: 'default' },
  );
  expect(step.annotations.map(({ message }) => message)).toEqual(
    containerd ? [] : [expect.stringContaining('add docker/setup-buildx-action before this step')],
  );
});

describe("with Debian's docker-registry behind a login like ECR's", () => {
  (wanted && hasDocker && hasRegistry && hasSkopeo ? it : it.skip)(
    'build and archive are pushed, and skopeo finds the digests',
    async () => {
      const registry = await startDebianRegistry(join(stage.workspace, 'debian'), 'AWS', 'debian');
      try {
        const built = await build({ tags: 'v1' });
        const archive = join(stage.workspace, 'image.tar');
        await run('docker', ['save', '--output', archive, built.outputs['image-tagged'] ?? '']);
        await run('skopeo', [
          'copy',
          '--quiet',
          `docker-archive:${archive}`,
          `oci-archive:${join(stage.workspace, 'oci.tar')}:v1`,
        ]);
        for (const inputs of [
          { context: 'app', reuse: 'false' },
          { 'image-archive': 'image.tar' },
          { 'image-archive': 'oci.tar' },
        ]) {
          const digest = await pushThrough(registry.endpoint, inputs);
          const { stdout } = await run('skopeo', [
            'inspect',
            '--tls-verify=false',
            '--creds=AWS:debian',
            `docker://${new URL(registry.endpoint).host}/web:v1`,
          ]);
          expect(JSON.parse(stdout).Digest).toBe(digest);
        }
      } finally {
        await registry.close();
      }
    },
  );

  /** ECR's API says that the registry is at Debian's address; everything but that call goes to the rehearsal. */
  async function pushThrough(endpoint: string, inputs: Record<string, string>): Promise<string> {
    const api = await startProxy(stage.aws.endpoint, (request) =>
      String(request.headers['x-amz-target']).endsWith('GetAuthorizationToken')
        ? JSON.stringify({
            authorizationData: [
              { authorizationToken: Buffer.from('AWS:debian').toString('base64'), proxyEndpoint: endpoint },
            ],
          })
        : undefined,
    );
    try {
      const step = await stage.run(
        { ...inputs, tags: 'v1\ndebian' },
        { ...config, AWS_ENDPOINT_URL: api.endpoint },
      );
      images.add(`${new URL(endpoint).host}/web:v1`);
      expect(step).toMatchObject({ exitCode: 0, annotations: [] });
      expect(step.outputs['registry']).toBe(new URL(endpoint).host);
      return step.outputs['digest'] ?? '';
    } finally {
      await api.close();
    }
  }
});

async function privateLogin(): Promise<string> {
  const directory = join(stage.workspace, 'login');
  await mkdir(directory, { recursive: true });
  const auth = Buffer.from(`AWS:${await loginOf(stage.aws.endpoint)}`).toString('base64');
  await writeFile(join(directory, 'config.json'), JSON.stringify({ auths: { [stage.host]: { auth } } }));
  return directory;
}

/** A static x86-64 program of 200 bytes that prints /run/secrets/token and exits; nothing can be pulled to run instead. */
function showSecretProgram(exitCode: number): Buffer {
  const code = Buffer.from([
    0xb8,
    2,
    0,
    0,
    0,
    0x48,
    0x8d,
    0x3d,
    54,
    0,
    0,
    0,
    0x31,
    0xf6,
    0x0f,
    0x05, // open(path, 0)
    0x89,
    0xc7,
    0x48,
    0x81,
    0xec,
    0,
    16,
    0,
    0,
    0x48,
    0x89,
    0xe6,
    0xba,
    0,
    16,
    0,
    0,
    0x31,
    0xc0,
    0x0f,
    0x05, // read(fd, stack, 4096)
    0x89,
    0xc2,
    0xbf,
    1,
    0,
    0,
    0,
    0x48,
    0x89,
    0xe6,
    0xb8,
    1,
    0,
    0,
    0,
    0x0f,
    0x05, // write(1, stack, n)
    0xbf,
    exitCode,
    0,
    0,
    0,
    0xb8,
    60,
    0,
    0,
    0,
    0x0f,
    0x05, // exit(exitCode)
    ...Buffer.from('/run/secrets/token\0'),
  ]);
  const header = Buffer.alloc(120);
  header.write('\x7fELF\x02\x01\x01', 'latin1');
  header.writeUInt16LE(2, 16); // executable
  header.writeUInt16LE(62, 18); // x86-64
  header.writeUInt32LE(1, 20);
  header.writeBigUInt64LE(0x400078n, 24); // entry: behind both headers
  header.writeBigUInt64LE(64n, 32); // program headers
  header.writeUInt16LE(64, 52);
  header.writeUInt16LE(56, 54);
  header.writeUInt16LE(1, 56);
  header.writeUInt32LE(1, 64); // load
  header.writeUInt32LE(5, 68); // read, execute
  header.writeBigUInt64LE(0x400000n, 80);
  header.writeBigUInt64LE(0x400000n, 88);
  header.writeBigUInt64LE(BigInt(120 + code.length), 96);
  header.writeBigUInt64LE(BigInt(120 + code.length), 104);
  header.writeBigUInt64LE(0x1000n, 112);
  return Buffer.concat([header, code]);
}
