import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CreateRepositoryCommand, DescribeImagesCommand } from '@aws-sdk/client-ecr';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hasTool } from '../runner/machine-tools.ts';
import { type RegistryFixture, startRegistryFixture } from './registry-fixture.ts';

const run = promisify(execFile);
const hasDocker = await hasTool('docker', 'docker against the registry');
const hasSkopeo = await hasTool('skopeo', 'skopeo against the registry');

let registry: RegistryFixture;
let directory: string;
let image: string;
const built: string[] = [];

beforeAll(async () => {
  registry = await startRegistryFixture();
  directory = await mkdtemp(join(tmpdir(), 'rehearsal-docker-test-'));
  image = `${registry.host}/team/app`;
  await registry.ecr.send(new CreateRepositoryCommand({ repositoryName: 'team/app' }));
  const auth = (await registry.authorization()).slice('Basic '.length);
  await mkdir(join(directory, 'login'));
  await writeFile(
    join(directory, 'login', 'config.json'),
    JSON.stringify({ auths: { [registry.host]: { auth } } }),
  );
});
afterAll(async () => {
  if (built.length > 0) await run('docker', ['image', 'rm', '--force', ...built]);
  await registry.close();
  await rm(directory, { recursive: true });
});

const docker = (...args: string[]) => run('docker', ['--config', join(directory, 'login'), ...args]);

/** Builds an image of one file of random bytes. */
async function build(tag: string, megabytes: number): Promise<void> {
  const context = await mkdtemp(join(directory, 'context-'));
  const file = await open(join(context, 'content'), 'w');
  const block = randomBytes(1024 * 1024);
  for (let at = 0; at < megabytes; at += 1) {
    block.writeUInt32BE(at);
    await file.write(block);
  }
  await file.close();
  await writeFile(join(context, 'Dockerfile'), 'FROM scratch\nCOPY content /content\nCMD ["/content"]\n');
  await docker('build', '--quiet', '--tag', `${image}:${tag}`, context);
  built.push(`${image}:${tag}`);
}

(hasDocker ? describe : describe.skip)('docker', () => {
  it('needs the login', async () => {
    await build('refused', 0);
    await expect(run('docker', ['push', `${image}:refused`])).rejects.toMatchObject({
      stderr: expect.stringContaining('no basic auth credentials'),
    });
  });

  it('pushes a layer of 200 MB, and pulls the same image back by digest', async () => {
    await build('v1', 200);
    const { stdout } = await docker('push', `${image}:v1`);
    const digest = /digest: (sha256:[0-9a-f]{64})/.exec(stdout)![1]!;
    const id = async (reference: string) =>
      (await docker('image', 'inspect', '--format', '{{.Id}}', reference)).stdout;
    const before = await id(`${image}:v1`);
    await docker('image', 'rm', '--force', `${image}:v1`);
    await docker('pull', '--quiet', `${image}@${digest}`);
    built.push(`${image}@${digest}`);
    expect(await id(`${image}@${digest}`)).toBe(before);
    const { imageDetails } = await registry.ecr.send(
      new DescribeImagesCommand({ repositoryName: 'team/app' }),
    );
    expect(imageDetails).toMatchObject([{ imageDigest: digest, imageTags: ['v1'] }]);
    expect(imageDetails![0]!.imageSizeInBytes).toBeGreaterThan(100 * 1024 * 1024);
  }, 120_000);

  it('is told in ECR’s words that a tag is immutable, and that a repository is missing', async () => {
    registry.world.store.repositories.get('team/app')!.tagMutability = { mode: 'IMMUTABLE', exclusions: [] };
    await build('once', 1);
    await docker('push', `${image}:once`);
    await build('once', 1);
    await expect(docker('push', `${image}:once`)).rejects.toMatchObject({
      stderr: expect.stringContaining(
        "tag invalid: The image tag 'once' already exists in the 'team/app' repository and cannot be overwritten because the tag is immutable.",
      ),
    });
    await docker('tag', `${image}:once`, `${registry.host}/nowhere:v1`);
    built.push(`${registry.host}/nowhere:v1`);
    await expect(docker('push', `${registry.host}/nowhere:v1`)).rejects.toMatchObject({
      stderr: expect.stringContaining(
        "name unknown: The repository with name 'nowhere' does not exist in the registry with id '123456789012'",
      ),
    });
  }, 60_000);
});

(hasSkopeo ? describe : describe.skip)('skopeo', () => {
  it('copies an image out and in again without changing its digest', async () => {
    registry.world.store.repositories.get('team/app')!.tagMutability = { mode: 'MUTABLE', exclusions: [] };
    await build('out', 1);
    await docker('push', `${image}:out`);
    await registry.ecr.send(new CreateRepositoryCommand({ repositoryName: 'copy' }));
    const skopeo = (...args: string[]) => run('skopeo', args);
    const login = join(directory, 'login', 'config.json');
    const source = ['--src-tls-verify=false', '--src-authfile', login, `docker://${image}:out`];
    const target = ['--dest-tls-verify=false', '--dest-authfile', login, `docker://${registry.host}/copy:in`];
    await skopeo('copy', ...source, `dir:${join(directory, 'dir')}`);
    await skopeo('copy', '--preserve-digests', `dir:${join(directory, 'dir')}`, ...target);
    const digestOf = async (reference: string): Promise<string> => {
      const { stdout } = await skopeo(
        'inspect',
        '--tls-verify=false',
        '--authfile',
        login,
        `docker://${reference}`,
      );
      return (JSON.parse(stdout) as { Digest: string }).Digest;
    };
    expect(await digestOf(`${registry.host}/copy:in`)).toBe(await digestOf(`${image}:out`));
  }, 60_000);
});
