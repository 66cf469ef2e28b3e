import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CreateRepositoryCommand, PutImageTagMutabilityCommand } from '@aws-sdk/client-ecr';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type RegistryFixture, startRegistryFixture } from '../../../rehearsal/registry/registry-fixture.ts';
import { AwsError } from '../../../rehearsal/server/service.ts';
import { digestOf } from '../image/digest.ts';
import type { BlobContent, ImageContent } from '../image/image-content.ts';
import type { ImageRepository, RegistryLogin } from '../image/image-repository.ts';
import { ociIndex, ociManifest, type StoredManifest } from '../image/manifest.ts';
import { UserError } from '../message/user-error.ts';
import { openRegistryRepository } from './registry-repository.ts';

const waits: number[] = [];
const lines: string[] = [];
const options = {
  maxRetries: 2,
  random: () => 0.5,
  clock: { now: () => 0, sleep: async (milliseconds: number) => void waits.push(milliseconds) },
  log: { info: (line: string) => void lines.push(line), warning() {}, group() {} },
};

function blob(text: string): BlobContent {
  const bytes = Buffer.from(text);
  return {
    digest: digestOf(bytes),
    sizeBytes: bytes.length,
    async *open() {
      yield bytes.subarray(0, 3);
      yield bytes.subarray(3);
    },
  };
}

function manifest(value: object, mediaType = ociManifest): StoredManifest {
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, ...value }));
  return { bytes, digest: digestOf(bytes), mediaType };
}

function image(text: string): ImageContent {
  const [config, layer] = [blob('{}'), blob(text)];
  const part = ({ digest, sizeBytes }: BlobContent) => ({
    mediaType: 'application/octet-stream',
    digest,
    size: sizeBytes,
  });
  const root = manifest({ config: part(config), layers: [part(layer)] });
  return { root, children: [], blobs: [config, layer], platforms: [] };
}

function indexOf(...images: ImageContent[]): ImageContent {
  const manifests = images.map(({ root }) => ({
    mediaType: root.mediaType,
    digest: root.digest,
    size: root.bytes.length,
  }));
  return {
    root: manifest({ manifests }, ociIndex),
    children: images.map(({ root }) => root),
    blobs: images.flatMap(({ blobs }) => blobs),
    platforms: [],
  };
}

async function failureOf(promise: Promise<unknown>): Promise<UserError> {
  const error = await promise.catch((caught: unknown) => caught);
  if (error instanceof UserError) return error;
  throw error instanceof Error ? error : new Error('it did not fail');
}

beforeEach(() => {
  waits.length = 0;
  lines.length = 0;
});

describe('with ECR’s registry', () => {
  let registry: RegistryFixture;
  let login: RegistryLogin;
  let web: ImageRepository;

  beforeEach(async () => {
    registry = await startRegistryFixture();
    await registry.ecr.send(new CreateRepositoryCommand({ repositoryName: 'web' }));
    const basic = (await registry.authorization()).slice('Basic '.length);
    const [username = '', password = ''] = Buffer.from(basic, 'base64').toString().split(':');
    login = { origin: registry.server.endpoint, username, password };
    web = openRegistryRepository(login, 'web', options);
  });
  afterEach(() => registry.close());

  const operations = (): string[] =>
    registry.server.calls.filter(({ service }) => service === 'registry').map(({ operation }) => operation);

  it('uploads an image, and the next time only what is new', async () => {
    const [first, second] = [image('first layer'), image('second layer')];
    expect(await web.uploadContent(first)).toEqual({ uploadedBlobs: 2, uploadedBytes: 13, presentBlobs: 0 });
    await web.putManifest('v1', first.root);
    expect(await web.uploadContent(second)).toEqual({ uploadedBlobs: 1, uploadedBytes: 12, presentBlobs: 1 });
    await web.putManifest('v2', second.root);
    expect(await web.findManifest('v1')).toEqual(first.root);
    expect(await web.findManifest(second.root.digest)).toEqual(second.root);
  });

  it('puts the manifests of an index before the index', async () => {
    const index = indexOf(image('amd64 layer'), image('arm64 layer'));
    await web.uploadContent(index);
    await web.putManifest('v1', index.root);
    expect((await web.findManifest('v1'))?.digest).toBe(index.root.digest);
  });

  it('sends a blob again, and only that, after a lost connection', async () => {
    registry.server.faults.push({
      service: 'registry',
      operation: 'PATCH upload',
      times: 1,
      fault: { dropConnection: true },
    });
    const count = await web.uploadContent(image('a layer'));
    expect(count.uploadedBlobs).toBe(2);
    expect(operations().filter((operation) => operation === 'PATCH upload')).toHaveLength(3);
    expect(lines.filter((line) => line.includes('Trying again'))).toHaveLength(1);
  });

  it.each([
    ['a server error', 503],
    ['throttling', 429],
    ['a token that is refused now and then', 401],
  ])('goes on after %s', async (_name, statusCode) => {
    const error = new AwsError('SLOW', 'Later.', { statusCode });
    registry.server.faults.push({
      service: 'registry',
      operation: 'PUT manifest',
      times: 2,
      fault: { error },
    });
    const content = image('a layer');
    await web.uploadContent(content);
    await web.putManifest('v1', content.root);
    expect(waits).toEqual([250, 500]);
  });

  it.each([
    [503, 'push-failed', 'The registry refused the push of web:v1: 503 SLOW: Later.'],
    [429, 'throttled', 'The registry kept throttling the push of web:v1'],
    [401, 'access-denied', 'The registry denied the push of web:v1'],
  ])('gives up after all retries of %i', async (statusCode, code, sentence) => {
    const error = new AwsError('SLOW', 'Later.', { statusCode });
    registry.server.faults.push({ service: 'registry', operation: 'PUT manifest', fault: { error } });
    const failure = await failureOf(web.putManifest('v1', image('x').root));
    expect(failure.code).toBe(code);
    expect(failure.message).toContain(sentence);
    expect(operations().filter((operation) => operation === 'PUT manifest')).toHaveLength(3);
  });

  it('says which immutable tag was refused, at once', async () => {
    const immutable = { repositoryName: 'web', imageTagMutability: 'IMMUTABLE' } as const;
    await registry.ecr.send(new PutImageTagMutabilityCommand(immutable));
    const [first, second] = [image('first layer'), image('second layer')];
    await web.uploadContent(first);
    await web.putManifest('v1', first.root);
    await web.uploadContent(second);
    expect((await failureOf(web.putManifest('v1', second.root))).code).toBe('tag-immutable');
    expect(waits).toEqual([]);
  });

  it('tells a missing repository from a missing tag', async () => {
    expect(await web.findManifest('v1')).toBeUndefined();
    const other = openRegistryRepository(login, 'other', options);
    expect((await failureOf(other.findManifest('v1'))).code).toBe('repository-not-found');
    expect((await failureOf(other.uploadContent(image('x')))).code).toBe('repository-not-found');
  });

  it('says that its token has expired', async () => {
    registry.clock.advance(12 * 60 * 60 * 1000);
    expect((await failureOf(web.findManifest('v1'))).code).toBe('credentials-expired');
  });

  it('refuses content that is not what its digest says, and stores nothing', async () => {
    const wrong = { ...blob('a layer'), digest: blob('another').digest };
    const failure = await failureOf(web.uploadContent({ ...image('x'), blobs: [wrong] }));
    expect(failure.code).toBe('archive-invalid');
    expect(failure.message).toContain(`blob ${wrong.digest} changed while it was uploaded`);
    expect(operations()).not.toContain('PUT upload');
  });

  it('refuses content that grew', async () => {
    const grown = { ...blob('a layer'), sizeBytes: 5 };
    expect((await failureOf(web.uploadContent({ ...image('x'), blobs: [grown] }))).code).toBe(
      'archive-invalid',
    );
  });

  it('ends with one sentence when nobody answers', async () => {
    await registry.server.close();
    const nobody = openRegistryRepository(login, 'web', options);
    const failure = await failureOf(nobody.findManifest('v1'));
    expect(failure.code).toBe('connection-failed');
    expect(failure.message).toContain(login.origin);
    expect(failure.message).toContain('ECONNREFUSED');
    expect(waits).toHaveLength(2);
  });
});

describe('with another registry', () => {
  const closers: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });

  async function serve(listener: RequestListener): Promise<string> {
    const server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(
      () =>
        new Promise((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    );
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  const open = (origin: string): ImageRepository =>
    openRegistryRepository({ origin, username: 'me', password: 'secret' }, 'web', options);
  const answer = (response: ServerResponse, status: number, headers = {}, body = ''): void => {
    response.writeHead(status, headers).end(body);
  };
  const basic = `Basic ${Buffer.from('me:secret').toString('base64')}`;

  it('fetches a token where the registry asks for one', async () => {
    const asked: string[] = [];
    const stored = image('x').root;
    const origin: string = await serve((request, response) => {
      if (request.url?.startsWith('/token')) {
        asked.push(`${request.url} ${request.headers.authorization}`);
        return answer(response, 200, {}, '{"token":"t0"}');
      }
      if (request.headers.authorization === 'Bearer t0') {
        return answer(response, 200, { 'content-type': ociManifest }, stored.bytes.toString());
      }
      const challenge = `Bearer realm="${origin}/token",service="reg",scope="repository:web:pull repository:base:pull"`;
      return answer(response, 401, { 'www-authenticate': challenge });
    });
    const repository = open(origin);
    expect(await repository.findManifest('v1')).toEqual(stored);
    await repository.findManifest('v1');
    expect(asked).toEqual([
      `/token?service=reg&scope=${encodeURIComponent('repository:web:pull')}&scope=${encodeURIComponent('repository:base:pull')} ${basic}`,
    ]);
    expect(waits).toEqual([]);
  });

  it('sends its login nowhere but to that registry', async () => {
    const seen: (string | undefined)[] = [];
    const storage = await serve((request, response) => {
      seen.push(request.headers.authorization);
      request
        .resume()
        .on('end', () => answer(response, request.method === 'PATCH' ? 202 : 201, { location: '/next' }));
    });
    const origin = await serve((request, response) => {
      if (request.method === 'HEAD') return answer(response, 404);
      return answer(response, 202, { location: `${storage}/upload?id=1` });
    });
    await open(origin).uploadContent({ ...image('x'), blobs: [blob('a layer')] });
    expect(seen).toEqual([undefined, undefined]);
  });

  it('keeps the parameters of an upload’s location beside the digest', async () => {
    const urls: string[] = [];
    const origin = await serve((request, response) => {
      if (request.method === 'HEAD') return answer(response, 404);
      urls.push(`${request.method} ${request.url} ${request.headers['content-length']}`);
      request.resume().on('end', () =>
        answer(response, request.method === 'PUT' ? 201 : 202, {
          location: `/u?state=a%2Bb&at=${urls.length}`,
        }),
      );
    });
    const layer = blob('a layer');
    await open(origin).uploadContent({ ...image('x'), blobs: [layer] });
    expect(urls).toEqual([
      'POST /v2/web/blobs/uploads/ 0',
      'PATCH /u?state=a%2Bb&at=1 7',
      `PUT /u?state=a%2Bb&at=2&digest=${encodeURIComponent(layer.digest)} 0`,
    ]);
  });

  it.each<[string, string, RegExp]>([
    ['lies about content', 'push-failed', /with content whose digest is sha256:/],
    ['sends a manifest without end', 'push-failed', /larger than 4 MiB/],
  ])('that %s is not believed', async (name, code, sentence) => {
    const body = name.startsWith('lies') ? '{"config":{}}' : 'x'.repeat(5 * 1024 * 1024);
    const origin = await serve((_request, response) =>
      answer(response, 200, { 'content-type': ociManifest }, body),
    );
    const failure = await failureOf(open(origin).findManifest(image('x').root.digest));
    expect(failure.code).toBe(code);
    expect(failure.message).toMatch(sentence);
  });

  it('that stores another digest than was sent is not believed', async () => {
    const origin = await serve((request, response) => {
      request.resume().on('end', () => answer(response, 201, { 'docker-content-digest': blob('x').digest }));
    });
    expect((await failureOf(open(origin).putManifest('v1', image('x').root))).message).toContain(
      `holds ${blob('x').digest}`,
    );
  });

  it('that asks for patience gets it', async () => {
    let calls = 0;
    const origin = await serve((_request, response) => {
      calls += 1;
      answer(response, calls === 1 ? 429 : 404, calls === 1 ? { 'retry-after': '7' } : {});
    });
    expect(await open(origin).findManifest('v1')).toBeUndefined();
    expect(waits).toEqual([7000]);
  });

  it('cannot smuggle workflow commands into our log', async () => {
    const origin = await serve((_request, response) =>
      answer(response, 400, {}, '\n::set-output name=x::y\u001b[2J'),
    );
    expect((await failureOf(open(origin).findManifest('v1'))).message).not.toMatch(/^::|\u001b|\n::/);
  });
});
