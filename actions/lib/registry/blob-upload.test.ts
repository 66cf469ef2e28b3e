import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CreateRepositoryCommand } from '@aws-sdk/client-ecr';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type RegistryFixture, startRegistryFixture } from '../../../rehearsal/registry/registry-fixture.ts';
import { AwsError } from '../../../rehearsal/server/service.ts';
import type { BlobContent } from '../image/image-content.ts';
import { UserError } from '../message/user-error.ts';
import { hasBlob, mountBlob, sendBlob, type UploadTarget } from './blob-upload.ts';
import { type CuttingProxy, startCuttingProxy } from './cutting-proxy.test-support.ts';
import { createRegistryTransport } from './registry-transport.ts';

const megabyte = 1024 * 1024;
let registry: RegistryFixture;
let proxy: CuttingProxy;
let login: { username: string; password: string };
/** Offsets from which the blob was read. */
let opened: number[];

beforeEach(async () => {
  opened = [];
  registry = await startRegistryFixture();
  for (const repositoryName of ['web', 'web-dev']) {
    await registry.ecr.send(new CreateRepositoryCommand({ repositoryName }));
  }
  const basic = (await registry.authorization()).slice('Basic '.length);
  const [username = '', password = ''] = Buffer.from(basic, 'base64').toString().split(':');
  login = { username, password };
  proxy = await startCuttingProxy(registry.server.endpoint);
});
afterEach(async () => {
  await proxy.close();
  await registry.close();
});

function open(origin = proxy.origin, repository = 'web'): UploadTarget {
  return {
    transport: createRegistryTransport({ origin, ...login }),
    origin,
    repository,
    retry: {
      clock: { now: () => 0, sleep: settle },
      random: () => 0,
      maxRetries: 2,
      log: { info() {}, warning() {}, group() {} },
    },
    damaged: (digest) => new UserError('archive-invalid', `${digest} is damaged`),
  };
}

/** Waits until the registry has noticed every cut: what it had received by then is stored. */
async function settle(): Promise<void> {
  const aborted = (): number => registry.server.calls.filter(({ error }) => error === 'aborted').length;
  while (aborted() < proxy.cuts) await new Promise((resolve) => setImmediate(resolve));
}

function blob(megabytes: number, seed = 7): BlobContent {
  const bytes = Buffer.alloc(megabytes * megabyte, seed);
  bytes.writeUInt32LE(1234, bytes.length - 4);
  return {
    digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
    sizeBytes: bytes.length,
    async *open(start = 0) {
      opened.push(start);
      for (let at = start; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
    },
  };
}

const requests = (): string[] =>
  registry.server.calls.filter(({ service }) => service === 'registry').map(({ operation }) => operation);

describe('an upload that breaks off', () => {
  it('goes on where the registry says it stands, and reads no more again than it must', async () => {
    const content = blob(40);
    proxy.cut('up', 24 * megabyte);
    await sendBlob(open(), content);
    expect(await hasBlob(open(), content.digest)).toBe(true);
    expect(requests().filter((name) => name === 'POST uploads')).toHaveLength(1);
    expect(requests()).toContain('GET upload');
    expect(opened).toHaveLength(2);
    expect(opened[1]).toBeGreaterThanOrEqual(8 * megabyte);
    expect(proxy.carried.up).toBeLessThan(42 * megabyte);
  });

  it('goes on more than once', async () => {
    const content = blob(40);
    proxy.cut('up', 10 * megabyte, 2);
    await sendBlob(open(), content);
    expect(proxy.cuts).toBe(2);
    expect(await hasBlob(open(), content.digest)).toBe(true);
  });

  it('asks again when the registry was still taking bytes of the broken connection', async () => {
    const content = blob(20);
    proxy.cut('up', 10 * megabyte);
    const range = new AwsError('BLOB_UPLOAD_INVALID', 'The next byte is another.', { statusCode: 416 });
    registry.server.faults.push({
      service: 'registry',
      operation: 'PATCH upload',
      skip: 1,
      times: 1,
      fault: { error: range },
    });
    await sendBlob(open(), content);
    expect(requests().filter((name) => name === 'POST uploads')).toHaveLength(1);
    expect(requests().filter((name) => name === 'GET upload')).toHaveLength(2);
  });

  it('starts again where the registry has forgotten it', async () => {
    const content = blob(20);
    proxy.cut('up', 10 * megabyte);
    registry.server.faults.push({
      service: 'registry',
      operation: 'GET upload',
      fault: { error: new AwsError('BLOB_UPLOAD_UNKNOWN', 'No such upload.', { statusCode: 404 }) },
    });
    await sendBlob(open(), content);
    expect(await hasBlob(open(), content.digest)).toBe(true);
    expect(opened).toEqual([0, 0]);
  });

  it('starts again in ECR, which drops what comes after the first part', async () => {
    const content = blob(20);
    proxy.cut('up', 10 * megabyte);
    await sendBlob({ ...open(), origin: 'https://123456789012.dkr.ecr.eu-west-1.amazonaws.com' }, content);
    expect(await hasBlob(open(), content.digest)).toBe(true);
    expect(requests()).not.toContain('GET upload');
    expect(opened).toEqual([0, 0]);
  });

  it('starts again, once, when what it went on with is refused', async () => {
    const content = blob(20);
    proxy.cut('up', 10 * megabyte);
    registry.server.faults.push({
      service: 'registry',
      operation: 'PUT upload',
      times: 1,
      fault: { error: new AwsError('DIGEST_INVALID', 'Other content.', { statusCode: 400 }) },
    });
    await sendBlob(open(), content);
    expect(await hasBlob(open(), content.digest)).toBe(true);
    expect(requests().filter((name) => name === 'POST uploads')).toHaveLength(2);
    expect(requests().filter((name) => name === 'GET upload')).toHaveLength(1);
  });

  it('that lost only its last answer is closed without a byte sent twice', async () => {
    const content = blob(20);
    const slow = new AwsError('SLOW', 'Later.', { statusCode: 503 });
    registry.server.faults.push({
      service: 'registry',
      operation: 'PUT upload',
      times: 1,
      fault: { error: slow },
    });
    await sendBlob(open(), content);
    expect(requests()).toEqual(['POST uploads', 'PATCH upload', 'PUT upload', 'GET upload', 'PUT upload']);
  });

  it('fails after all retries', async () => {
    proxy.cut('up', megabyte, 3);
    await expect(sendBlob(open(), blob(5))).rejects.toMatchObject({ code: 'connection-failed' });
  });
});

it('never sends the end of content that is not what its digest says', async () => {
  const wrong = { ...blob(2), digest: blob(2, 8).digest };
  await expect(sendBlob(open(), wrong)).rejects.toMatchObject({ code: 'archive-invalid' });
  expect(requests()).not.toContain('PUT upload');
});

it('sends the bytes whole again when the registry asks for a fresh token in the middle', async () => {
  const content = blob(1);
  const received: string[] = [];
  const server = createServer((request, response) => {
    let sizeBytes = 0;
    request.on('data', (chunk: Buffer) => {
      sizeBytes += chunk.length;
    });
    request.on('end', () => {
      const origin = `http://${request.headers.host}`;
      received.push(`${request.method} ${sizeBytes}`);
      const expired =
        request.method === 'PATCH' && received.filter((line) => line === received.at(-1)).length === 1;
      if (request.url?.startsWith('/token')) return response.writeHead(200).end('{"token":"fresh"}');
      if (expired)
        return response.writeHead(401, { 'www-authenticate': `Bearer realm="${origin}/token"` }).end();
      return response.writeHead(request.method === 'PUT' ? 201 : 202, { location: '/upload' }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await sendBlob(open(`http://127.0.0.1:${port}`), content);
  server.closeAllConnections();
  server.close();
  expect(received).toEqual(['POST 0', `PATCH ${megabyte}`, 'GET 0', `PATCH ${megabyte}`, 'PUT 0']);
});

describe('a mount', () => {
  it('takes the blob from the other repository', async () => {
    const content = blob(1);
    await sendBlob(open(proxy.origin, 'web-dev'), content);
    expect(await mountBlob(open(), content.digest, 'web-dev')).toBe('mounted');
    expect(await hasBlob(open(), content.digest)).toBe(true);
  });

  it('that the registry does not do begins an upload to go on with', async () => {
    const content = blob(1);
    const session = await mountBlob(open(), content.digest, 'web-dev');
    expect(session).toBeInstanceOf(URL);
    await sendBlob(open(), content, session as URL);
    expect(await hasBlob(open(), content.digest)).toBe(true);
    expect(requests().filter((name) => name === 'POST uploads')).toHaveLength(1);
  });
});
