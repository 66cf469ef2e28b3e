import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { findImage } from '../../rehearsal/registry/image-store.ts';
import {
  type SeededDescriptor,
  seedImage,
  seedIndex,
  seedReferrer,
} from '../../rehearsal/registry/seed-image.ts';
import { type Rehearsal, startRehearsal } from '../../rehearsal/rehearsal.ts';
import { runStep, type StepResult } from '../../rehearsal/runner/run-step.ts';
import { AwsError } from '../../rehearsal/server/service.ts';
import { type CuttingProxy, startCuttingProxy } from '../lib/registry/cutting-proxy.test-support.ts';

let directory: string;
let dev: Rehearsal;
let prod: Rehearsal;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'slipway-promote-'));
  dev = await startRehearsal({ speed: 1 });
  prod = await startRehearsal({ speed: 1 });
  const profile = (name: string, { endpoint }: Rehearsal): string =>
    `[profile ${name}]\nregion = eu-west-1\nendpoint_url = ${endpoint}\naws_access_key_id = AKIA\naws_secret_access_key = x\n`;
  await mkdir(join(directory, '.aws'));
  await writeFile(join(directory, '.aws', 'config'), profile('dev', dev) + profile('prod', prod));
});
afterAll(async () => {
  await dev.close();
  await prod.close();
  await rm(directory, { recursive: true, force: true });
});

let serial = 0;
/** A repository that nobody has used before. */
let web: string;
beforeEach(async () => {
  serial += 1;
  web = `team/web-${serial}`;
  await dev.call('ecr', 'CreateRepository', { repositoryName: web });
  await dev.call('ecr', 'CreateRepository', { repositoryName: `${web}-prod` });
  await prod.call('ecr', 'CreateRepository', { repositoryName: web });
});

function promote(
  inputs: Record<string, string>,
  env: Readonly<Record<string, string>> = {},
): Promise<StepResult> {
  return runStep({
    action: 'promote-image',
    inputs,
    workspace: directory,
    env: { HOME: directory, AWS_EC2_METADATA_DISABLED: 'true', ...env },
  });
}

/** Within one registry, with the job's credentials. */
const within = (inputs: Record<string, string>): Promise<StepResult> => promote(inputs, dev.environment());
/** From the registry of dev to that of prod. */
const across = (inputs: Record<string, string> = {}): Promise<StepResult> =>
  promote({ from: `${web}:v1`, to: web, 'from-profile': 'dev', 'to-profile': 'prod', ...inputs });

const labels = {
  'org.opencontainers.image.revision': '4f9c2d7a61be08f35d1c6e9ab27f4031c85de6b2',
  'org.opencontainers.image.source': 'https://github.com/octo-org/hello',
};
const seed = (tag: string, layer: Uint8Array = randomBytes(5000)): Promise<SeededDescriptor> =>
  seedImage(dev.ecr, web, { layers: [layer], labels, tag });
const stored = (aws: Rehearsal, repository: string, id: { tag: string } | { digest: string }) =>
  findImage(aws.ecr.store.repositories.get(repository)!, id);
const registryCalls = (aws: Rehearsal, from = 0): string[] =>
  aws.calls.slice(from).flatMap(({ service, operation }) => (service === 'registry' ? [operation] : []));
const isWrite = (operation: string): boolean => /^(POST|PUT|PATCH|DELETE) /.test(operation);
const errorsOf = ({ annotations }: StepResult): string[] =>
  annotations.flatMap(({ level, message }) => (level === 'error' ? [message] : []));

describe('within one registry', () => {
  it('mounts the layers, uploads none, and keeps manifest and digest', async () => {
    const image = await seed('v1');
    const before = dev.calls.length;
    const step = await within({ from: `${web}:v1`, to: `${web}-prod` });
    expect(errorsOf(step)).toEqual([]);
    const host = new URL(dev.endpoint).host;
    expect(step.outputs).toEqual({
      image: `${host}/${web}-prod@${image.digest}`,
      digest: image.digest,
      copied: 'true',
    });
    expect(stored(dev, `${web}-prod`, { tag: 'v1' })?.bytes).toEqual(stored(dev, web, { tag: 'v1' })?.bytes);
    expect(registryCalls(dev, before).filter((name) => /^(PATCH|PUT) upload/.test(name))).toEqual([]);
    expect(step.summary).toMatch(/\| Uploaded\s+\| 0 B\s+\|/);
    expect(step.summary).toContain(
      `[\`4f9c2d7\`](https://github.com/octo-org/hello/commit/${labels['org.opencontainers.image.revision']})`,
    );
    expect(step.summary).toContain('`linux/amd64`');
  });

  it('takes the references that the other actions give, host and digest', async () => {
    const image = await seed('v1');
    const host = new URL(dev.endpoint).host;
    const step = await within({
      from: `${host}/${web}@${image.digest}`,
      to: `${host}/${web}-prod`,
      tags: 'stable\nv1.0.0',
      'expect-digest': image.digest,
    });
    expect(errorsOf(step)).toEqual([]);
    for (const tag of ['stable', 'v1.0.0'])
      expect(stored(dev, `${web}-prod`, { tag })?.digest).toBe(image.digest);
    expect(stored(dev, `${web}-prod`, { tag: 'v1' })).toBeUndefined();
  });

  it('gives a tag to an image in its own repository without moving a byte', async () => {
    const image = await seed('v1');
    const before = dev.calls.length;
    const step = await within({ from: `${web}:v1`, to: web, tags: 'stable' });
    expect(step.outputs['copied']).toBe('true');
    expect(stored(dev, web, { tag: 'stable' })?.digest).toBe(image.digest);
    expect(registryCalls(dev, before).filter(isWrite)).toEqual(['PUT manifest']);
  });

  it('a second time writes nothing', async () => {
    await seed('v1');
    await within({ from: `${web}:v1`, to: `${web}-prod` });
    const before = dev.calls.length;
    const step = await within({ from: `${web}:v1`, to: `${web}-prod` });
    expect(step.outputs['copied']).toBe('false');
    expect(step.summary).toContain('## Image already promoted');
    expect(registryCalls(dev, before).filter(isWrite)).toEqual([]);
  });
});

describe('across registries', () => {
  it('copies an index with its platforms, attestation, signature and the signature’s own attestation', async () => {
    const shared = randomBytes(3000);
    const [amd64, arm64] = [
      await seedImage(dev.ecr, web, { layers: [shared, randomBytes(2000)], labels }),
      await seedImage(dev.ecr, web, { layers: [shared, randomBytes(2000)], labels, architecture: 'arm64' }),
    ];
    const attestation = await seedImage(dev.ecr, web, { layers: [Buffer.from('{"_type":"in-toto"}')] });
    const index = seedIndex(
      dev.ecr,
      web,
      [
        { ...amd64, platform: { os: 'linux', architecture: 'amd64' } },
        { ...arm64, platform: { os: 'linux', architecture: 'arm64' } },
        {
          ...attestation,
          platform: { os: 'unknown', architecture: 'unknown' },
          annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
        },
      ],
      'v1',
    );
    const signature = await seedReferrer(
      dev.ecr,
      web,
      index,
      'application/x-signature',
      Buffer.from('signed'),
    );
    const sbom = await seedReferrer(dev.ecr, web, arm64, 'application/x-sbom', Buffer.from('{}'));
    const nested = await seedReferrer(dev.ecr, web, signature, 'application/x-proof', Buffer.from('proof'));

    const step = await across();
    expect(errorsOf(step)).toEqual([]);
    expect(step.outputs).toMatchObject({ digest: index.digest, copied: 'true' });
    expect(stored(prod, web, { tag: 'v1' })?.digest).toBe(index.digest);
    for (const { digest } of [amd64, arm64, attestation, index, signature, sbom, nested]) {
      expect(stored(prod, web, { digest })?.bytes).toEqual(stored(dev, web, { digest })?.bytes);
    }
    expect(step.summary).toMatch(/`linux\/amd64`, `linux\/arm64`/);
    expect(step.summary).toMatch(/Signatures and attestations added\s+\| 3/);
    expect(step.summary).toContain('4f9c2d7');

    const before = prod.calls.length;
    expect((await across()).outputs['copied']).toBe('false');
    expect(registryCalls(prod, before).filter(isWrite)).toEqual([]);
  });

  it('brings a signature that was made after the image had been promoted', async () => {
    const image = await seed('v1');
    await across();
    const signature = await seedReferrer(dev.ecr, web, image, 'application/x-signature', Buffer.from('late'));
    const step = await across();
    expect(step.outputs['copied']).toBe('true');
    expect(stored(prod, web, { digest: signature.digest })).toBeDefined();
  });

  it('sends only layers that the target lacks', async () => {
    const base = randomBytes(50_000);
    await seedImage(dev.ecr, web, { layers: [base, randomBytes(10)], tag: 'v1' });
    await across();
    await seedImage(dev.ecr, web, { layers: [base, randomBytes(10)], tag: 'v2' });
    const before = prod.calls.length;
    const step = await across({ from: `${web}:v2` });
    expect(registryCalls(prod, before).filter((name) => name === 'PUT upload')).toHaveLength(1);
    expect(step.summary).toMatch(/\| Already there\s+\| 50\.\d kB/);
  });

  it('never shows a password', async () => {
    await seed('v1');
    const step = await across();
    expect(step.masks.size).toBe(4);
    for (const secret of step.masks) expect(step.log + step.summary).not.toContain(secret);
  });

  it('moves a tag where tags may move, and leaves the old image', async () => {
    const old = await seedImage(prod.ecr, web, { layers: [randomBytes(9)], tag: 'v1' });
    const image = await seed('v1');
    await across();
    expect(stored(prod, web, { tag: 'v1' })?.digest).toBe(image.digest);
    expect(stored(prod, web, { digest: old.digest })).toBeDefined();
  });
});

describe('a connection that breaks off', () => {
  let proxies: { from: CuttingProxy; to: CuttingProxy };
  beforeEach(async () => {
    proxies = { from: await startCuttingProxy(dev.endpoint), to: await startCuttingProxy(prod.endpoint) };
  });

  /** Through the proxies, with logins as `docker login` writes them. */
  async function promoteThroughProxies(): Promise<StepResult> {
    const auths: Record<string, { auth: string }> = {};
    for (const [aws, { origin }] of [
      [dev, proxies.from],
      [prod, proxies.to],
    ] as const) {
      const answer = (await aws.call('ecr', 'GetAuthorizationToken', {})) as {
        authorizationData: { authorizationToken: string }[];
      };
      auths[new URL(origin).host] = { auth: answer.authorizationData[0]!.authorizationToken };
    }
    const config = join(directory, `docker-${serial}`);
    await mkdir(config);
    await writeFile(join(config, 'config.json'), JSON.stringify({ auths }));
    const step = await promote(
      {
        from: `${new URL(proxies.from.origin).host}/${web}:v1`,
        to: `${new URL(proxies.to.origin).host}/${web}`,
      },
      { DOCKER_CONFIG: config },
    );
    await proxies.from.close();
    await proxies.to.close();
    return step;
  }

  it('at 60 % of a layer’s download goes on from there', async () => {
    const image = await seed('v1', randomBytes(10_000_000));
    proxies.from.cut('down', 6_000_000);
    const step = await promoteThroughProxies();
    expect(errorsOf(step)).toEqual([]);
    expect(proxies.from.cuts).toBe(1);
    expect(stored(prod, web, { tag: 'v1' })?.digest).toBe(image.digest);
    expect(proxies.from.carried.down).toBeLessThan(11_000_000);
    expect(proxies.to.carried.up).toBeLessThan(10_500_000);
  });

  it('at 60 % of a layer’s upload goes on from there', async () => {
    const image = await seed('v1', randomBytes(10_000_000));
    proxies.to.cut('up', 6_000_000);
    const step = await promoteThroughProxies();
    expect(errorsOf(step)).toEqual([]);
    expect(proxies.to.cuts).toBe(1);
    expect(stored(prod, web, { tag: 'v1' })?.digest).toBe(image.digest);
  });
});

describe('nothing is written, and one line says why, when', () => {
  async function fails(inputs: Record<string, string>, ...said: string[]): Promise<void> {
    const before = { dev: dev.calls.length, prod: prod.calls.length };
    const step = await across(inputs);
    expect(step.exitCode).toBe(1);
    const [error = '', ...more] = errorsOf(step);
    expect(more).toEqual([]);
    for (const part of said) expect(error).toContain(part);
    expect(step.outputs).toEqual({});
    expect(step.log).not.toContain('Stack');
    expect(registryCalls(dev, before.dev).filter(isWrite)).toEqual([]);
    expect(registryCalls(prod, before.prod).filter(isWrite)).toEqual([]);
  }

  it('the digest is not the one expected', async () => {
    const image = await seed('v1');
    const expected = `sha256:${'0'.repeat(64)}`;
    await fails({ 'expect-digest': expected }, image.digest, expected, 'Nothing was written');
  });

  it('there is no such image', () => fails({ from: `${web}:v9` }, 'There is no image', `${web}:v9`));

  it('there is no such source repository', () =>
    fails({ from: 'nowhere:v1' }, 'does not know the repository', 'nowhere'));

  it('there is no such target repository', async () => {
    await seed('v1');
    await fails({ to: 'nowhere' }, 'does not know the repository', 'nowhere');
  });

  it('an immutable tag belongs to another image', async () => {
    const image = await seed('v1');
    const other = await seedImage(prod.ecr, web, { layers: [randomBytes(9)], tag: 'v1' });
    await prod.call('ecr', 'PutImageTagMutability', { repositoryName: web, imageTagMutability: 'IMMUTABLE' });
    await fails({}, 'The tag "v1"', other.digest, image.digest, 'immutable');
  });

  it('the profile is unknown', () =>
    fails({ 'from-profile': 'staging' }, 'There is no AWS profile "staging"'));

  it('inputs are wrong, all at once', () =>
    fails(
      {
        from: 'web',
        to: 'web:v1',
        tags: 'ok\na b',
        'expect-digest': 'sha256:1',
        'from-region': 'Europe',
        'max-retries': '99',
      },
      '6 inputs need correction',
      'input "from"',
      'input "to"',
      'input "tags"',
      'input "expect-digest"',
      'input "from-region"',
      'input "max-retries"',
    ));
});

it('an immutable tag that is on the image already is no obstacle', async () => {
  await seed('v1');
  await across();
  await prod.call('ecr', 'PutImageTagMutability', { repositoryName: web, imageTagMutability: 'IMMUTABLE' });
  expect((await across()).outputs['copied']).toBe('false');
});

it('a role that may not list referrers promotes the image, with a warning', async () => {
  await seed('v1');
  const denied = new AwsError('DENIED', 'not authorized to perform: ecr:BatchGetImage', { statusCode: 403 });
  dev.faults.push({ service: 'registry', operation: 'GET referrers', fault: { error: denied } });
  const step = await across();
  dev.faults.length = 0;
  expect(step.exitCode).toBe(0);
  expect(step.annotations).toHaveLength(1);
  expect(step.annotations[0]?.message).toContain('Signatures and attestations');
});
