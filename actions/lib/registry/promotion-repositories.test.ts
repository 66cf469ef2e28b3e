import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CreateRepositoryCommand } from '@aws-sdk/client-ecr';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type RegistryFixture, startRegistryFixture } from '../../../rehearsal/registry/registry-fixture.ts';
import { seedImage } from '../../../rehearsal/registry/seed-image.ts';
import { AwsError } from '../../../rehearsal/server/service.ts';
import { digestOf } from '../image/digest.ts';
import type { BlobContent } from '../image/image-content.ts';
import { type Descriptor, parseManifest } from '../image/manifest.ts';
import type { SourceRepository } from '../image/promotion-repository.ts';
import { openSourceRepository, openTargetRepository } from './promotion-repositories.ts';

let registry: RegistryFixture;
let source: SourceRepository;
let target: ReturnType<typeof openTargetRepository>;
let layer: Descriptor;
let config: Descriptor;
const never = new AbortController().signal;

const retry = {
  clock: { now: () => 0, sleep: async () => {} },
  random: () => 0,
  maxRetries: 2,
  log: { info() {}, warning() {}, group() {} },
};

beforeEach(async () => {
  registry = await startRegistryFixture();
  for (const repositoryName of ['web', 'web-prod']) {
    await registry.ecr.send(new CreateRepositoryCommand({ repositoryName }));
  }
  const basic = (await registry.authorization()).slice('Basic '.length);
  const [username = '', password = ''] = Buffer.from(basic, 'base64').toString().split(':');
  const login = { origin: registry.server.endpoint, username, password };
  source = openSourceRepository(login, 'web', retry);
  target = openTargetRepository(login, 'web-prod', retry);
  const image = await seedImage(registry.world, 'web', { layers: [randomBytes(200_000)], tag: 'v1' });
  const manifest = await source.findManifest(image.digest);
  const content = parseManifest(manifest!.bytes, 'the image');
  if (content.kind !== 'image' || content.layers[0] === undefined) throw new Error('seeded something else');
  layer = content.layers[0];
  config = content.config;
});
afterEach(() => registry.close());

const fail = (operation: string, statusCode: number, times?: number): void => {
  const error = new AwsError(statusCode === 403 ? 'DENIED' : 'SLOW', 'No.', { statusCode });
  registry.server.faults.push({
    service: 'registry',
    operation,
    ...(times === undefined ? {} : { times }),
    fault: { error },
  });
};
const uploads = (): number =>
  registry.server.calls.filter(({ operation }) => operation === 'PUT upload').length;

describe('copyBlob', () => {
  it('mounts, leaves what is there, and uploads without a place to mount from', async () => {
    expect(await target.copyBlob(source.openBlob(layer), 'web', never)).toBe('mounted');
    expect(await target.copyBlob(source.openBlob(layer), 'web', never)).toBe('present');
    expect(uploads()).toBe(0);
    expect(await target.copyBlob(source.openBlob(config), undefined, never)).toBe('uploaded');
    expect(uploads()).toBe(1);
  });

  it('uploads where mounting is denied', async () => {
    fail('POST uploads', 403, 1);
    expect(await target.copyBlob(source.openBlob(layer), 'web', never)).toBe('uploaded');
  });

  it('uploads where the other repository does not have it', async () => {
    expect(await target.copyBlob(source.openBlob(layer), 'web-prod', never)).toBe('uploaded');
  });

  it('reads again what came damaged', async () => {
    const right = source.openBlob(layer);
    let times = 0;
    const damaged: BlobContent = {
      ...right,
      async *open(start) {
        times += 1;
        for await (const chunk of right.open(start))
          yield times === 1 ? chunk.map((byte) => byte ^ 1) : chunk;
      },
    };
    expect(await target.copyBlob(damaged, undefined, never)).toBe('uploaded');
    expect(times).toBe(2);
  });

  it('gives up on what stays damaged, and never sends it complete', async () => {
    const damaged: BlobContent = {
      ...source.openBlob(layer),
      async *open() {
        yield randomBytes(layer.sizeBytes);
      },
    };
    await expect(target.copyBlob(damaged, undefined, never)).rejects.toMatchObject({
      code: 'digest-mismatch',
    });
    expect(uploads()).toBe(0);
  });

  it('ends when it is told to', async () => {
    const stop = new AbortController();
    const reason = new Error('another blob failed');
    const right = source.openBlob(layer);
    const stopping: BlobContent = {
      ...right,
      async *open(start) {
        stop.abort(reason);
        yield* right.open(start);
      },
    };
    await expect(target.copyBlob(stopping, undefined, stop.signal)).rejects.toBe(reason);
    expect(uploads()).toBe(0);
  });

  it('copies a blob of no bytes', async () => {
    const empty: BlobContent = { digest: digestOf(Buffer.from('')), sizeBytes: 0, async *open() {} };
    expect(await target.copyBlob(empty, undefined, never)).toBe('uploaded');
  });
});

describe('readConfig', () => {
  it('reads a configuration after a throttle', async () => {
    fail('GET blob', 429, 1);
    expect(digestOf(await source.readConfig(config))).toBe(config.digest);
  });

  it('refuses one that is larger than any', async () => {
    const image = await seedImage(registry.world, 'web', { layers: [randomBytes(5_000_000)] });
    const manifest = await source.findManifest(image.digest);
    const content = parseManifest(manifest!.bytes, 'the image');
    const large = content.kind === 'image' ? content.layers[0]! : config;
    await expect(source.readConfig(large)).rejects.toMatchObject({ code: 'push-failed' });
  });
});

it('reads as nobody without a login, and believes no content that is not what its digest says', async () => {
  const seen: unknown[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers.authorization);
    response.end('{"os":"linux"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const nobody = { origin: `http://127.0.0.1:${port}`, username: '', password: '' };
  const reading = openSourceRepository(nobody, 'web', retry).readConfig(config);
  await expect(reading).rejects.toMatchObject({ code: 'digest-mismatch' });
  server.closeAllConnections();
  server.close();
  expect(seen).toEqual([undefined, undefined, undefined]);
});
