import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startDebianRegistry } from '../../rehearsal/registry/debian-registry.ts';
import { findImage } from '../../rehearsal/registry/image-store.ts';
import {
  type SeededDescriptor,
  seedImage,
  seedIndex,
  seedReferrer,
} from '../../rehearsal/registry/seed-image.ts';
import { type Rehearsal, startRehearsal } from '../../rehearsal/rehearsal.ts';
import { runStep, type StepResult } from '../../rehearsal/runner/run-step.ts';

const run = promisify(execFile);
const answers = (command: string): Promise<boolean> =>
  run(command, ['--version']).then(
    () => true,
    () => false,
  );
const wanted = process.env['SLIPWAY_REQUIRE'] === 'docker';
const ready = (await answers('docker-registry')) && (await answers('skopeo'));
if (wanted && !ready) throw new Error('SLIPWAY_REQUIRE=docker, and docker-registry or skopeo is missing');
if (!wanted) process.stderr.write("SKIPPED: promote-image's docker tests; npm run test:docker runs them.\n");
const onRegistry = wanted ? it : it.skip;

let directory: string;
let aws: Rehearsal;
let debian: Awaited<ReturnType<typeof startDebianRegistry>>;
let index: SeededDescriptor;
let signature: SeededDescriptor;

beforeAll(async () => {
  if (!wanted) return;
  directory = await mkdtemp(join(tmpdir(), 'slipway-promote-'));
  aws = await startRehearsal({ speed: 1 });
  await mkdir(join(directory, 'debian'));
  debian = await startDebianRegistry(join(directory, 'debian'), 'me', 'secret');
  const auth = Buffer.from('me:secret').toString('base64');
  await writeFile(join(directory, 'config.json'), JSON.stringify({ auths: { [hostOf(debian)]: { auth } } }));
  for (const repositoryName of ['web', 'back']) await aws.call('ecr', 'CreateRepository', { repositoryName });
  const platforms = ['amd64', 'arm64'];
  const images: object[] = [];
  for (const architecture of platforms) {
    const image = await seedImage(aws.ecr, 'web', { layers: [randomBytes(100_000)], architecture });
    images.push({ ...image, platform: { os: 'linux', architecture } });
  }
  index = seedIndex(aws.ecr, 'web', images, 'v1');
  signature = await seedReferrer(aws.ecr, 'web', index, 'application/x-signature', Buffer.from('signed'));
});
afterAll(async () => {
  if (!wanted) return;
  await debian.close();
  await aws.close();
  await rm(directory, { recursive: true, force: true });
});

const hostOf = ({ endpoint }: { readonly endpoint: string }): string => new URL(endpoint).host;

async function promote(from: string, to: string): Promise<StepResult> {
  const env = { ...aws.environment(), DOCKER_CONFIG: directory };
  const step = await runStep({ action: 'promote-image', inputs: { from, to }, workspace: directory, env });
  expect(step.annotations).toEqual([]);
  return step;
}

async function inspect(reference: string): Promise<string> {
  const options = ['--raw', '--tls-verify=false', '--creds=me:secret'];
  const { stdout } = await run('skopeo', ['inspect', ...options, `docker://${hostOf(debian)}/${reference}`]);
  return stdout;
}

const sha256 = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;

onRegistry('an index goes to Debian’s registry and back, with its signature, digests untouched', async () => {
  const there = await promote('web:v1', `${hostOf(debian)}/team/web`);
  expect(there.outputs).toMatchObject({ digest: index.digest, copied: 'true' });
  expect(sha256(await inspect('team/web:v1'))).toBe(index.digest);
  expect(sha256(await inspect(`team/web@${signature.digest}`))).toBe(signature.digest);
  const listed = JSON.parse(await inspect(`team/web:${index.digest.replace(':', '-')}`));
  expect(listed.manifests).toMatchObject([
    { digest: signature.digest, artifactType: 'application/x-signature' },
  ]);
  expect((await promote('web:v1', `${hostOf(debian)}/team/web`)).outputs['copied']).toBe('false');

  const within = await promote(`${hostOf(debian)}/team/web:v1`, `${hostOf(debian)}/team/web-prod`);
  expect(within.summary).toMatch(/\| Uploaded\s+\| 0 B/);
  expect(sha256(await inspect('team/web-prod:v1'))).toBe(index.digest);

  await promote(`${hostOf(debian)}/team/web:v1`, 'back');
  const back = aws.ecr.store.repositories.get('back')!;
  expect(findImage(back, { tag: 'v1' })?.digest).toBe(index.digest);
  expect(findImage(back, { digest: signature.digest })).toBeDefined();
  expect([...back.imageTags.keys()]).toEqual(['v1']);
});
