import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { digestOf } from '../image/digest.ts';
import { UserError } from '../message/user-error.ts';
import { openRemoteBlob } from './blob-download.ts';
import { createRegistryTransport } from './registry-transport.ts';

const content = Buffer.from(Array.from({ length: 300_000 }, (_value, index) => index % 251));
const blob = { digest: digestOf(content), sizeBytes: content.length, mediaType: '', platform: undefined };
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** Requests by their Range header. */
let asked: (string | undefined)[];

async function open(listener: RequestListener, maxRetries = 2): Promise<ReturnType<typeof openRemoteBlob>> {
  asked = [];
  const server = createServer((request, response) => {
    asked.push(request.headers.range);
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return openRemoteBlob(
    {
      transport: createRegistryTransport({ origin, username: 'me', password: 'secret' }),
      repository: 'web',
      retry: {
        clock: { now: () => 0, sleep: async () => {} },
        random: () => 0,
        maxRetries,
        log: { info() {}, warning() {}, group() {} },
      },
    },
    blob,
  );
}

/** Answers as registries do, and breaks off after so many bytes of each answer. */
const serve =
  (breaks: number[], knowsRanges = true): RequestListener =>
  (request, response) => {
    const start = knowsRanges ? Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0) : 0;
    const rest = content.subarray(start);
    const headers = { 'content-length': rest.length };
    if (start > 0)
      response.writeHead(206, {
        ...headers,
        'content-range': `bytes ${start}-${content.length - 1}/${content.length}`,
      });
    else response.writeHead(200, headers);
    const limit = breaks.shift();
    if (limit === undefined) response.end(rest);
    else response.write(rest.subarray(0, limit), () => setImmediate(() => response.destroy()));
  };

async function read(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function failureOf(promise: Promise<unknown>): Promise<UserError> {
  const error = await promise.catch((caught: unknown) => caught);
  if (error instanceof UserError) return error;
  throw error instanceof Error ? error : new Error('it did not fail');
}

describe('reading a blob', () => {
  it('takes one request where nothing breaks', async () => {
    const remote = await open(serve([]));
    expect(await read(remote.open())).toEqual(content);
    expect(asked).toEqual([undefined]);
  });

  it('begins at an offset', async () => {
    const remote = await open(serve([]));
    expect(await read(remote.open(1000))).toEqual(content.subarray(1000));
    expect(asked).toEqual(['bytes=1000-']);
  });

  it('goes on where it broke off, more often than it has retries, as long as there is progress', async () => {
    const remote = await open(serve([60_000, 60_000, 60_000, 60_000]), 1);
    expect(await read(remote.open())).toEqual(content);
    expect(asked).toHaveLength(5);
    const offsets = asked.slice(1).map((range) => Number(/\d+/.exec(range ?? '')?.[0]));
    expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
  });

  it('reads from the start again where the registry knows no ranges', async () => {
    const remote = await open(serve([100_000], false));
    expect(await read(remote.open())).toEqual(content);
    expect(asked).toHaveLength(2);
  });

  it('fails when there is no progress after all retries', async () => {
    const remote = await open(serve([0, 0, 0, 0]));
    expect((await failureOf(read(remote.open()))).code).toBe('connection-failed');
    expect(asked).toHaveLength(3);
  });

  it('fails when the registry has less than it says', async () => {
    const remote = await open(
      (_request, response) => response.writeHead(200).end(content.subarray(0, 10)),
      0,
    );
    const failure = await failureOf(read(remote.open()));
    expect(failure.code).toBe('connection-failed');
    expect(failure.message).toContain('broke off after 10 of 300000 bytes');
  });

  it('refuses another part than it asked for', async () => {
    const remote = await open((_request, response) =>
      response
        .writeHead(206, { 'content-range': 'bytes 2000-2999/300000' })
        .end(content.subarray(2000, 3000)),
    );
    expect((await failureOf(read(remote.open(1000)))).message).toContain('another part than asked for');
  });

  it('says at once that the repository does not have it', async () => {
    const remote = await open((_request, response) => response.writeHead(404).end());
    expect((await failureOf(read(remote.open()))).message).toContain('404');
    expect(asked).toHaveLength(1);
  });

  it('sends its login to the registry, and not to the storage it is sent on to', async () => {
    const seen: (string | undefined)[] = [];
    const storage = createServer((request, response) => {
      seen.push(request.headers.authorization, request.headers.range);
      response.writeHead(206, { 'content-range': 'bytes 5-9/10' }).end(content.subarray(5));
    });
    await new Promise<void>((resolve) => storage.listen(0, '127.0.0.1', resolve));
    closers.push(() => new Promise((resolve) => storage.close(() => resolve())));
    const location = `http://127.0.0.1:${(storage.address() as AddressInfo).port}/signed`;
    const remote = await open((request, response) => {
      seen.push(request.headers.authorization?.split(' ')[0]);
      response.writeHead(307, { location }).end();
    });
    expect(await read(remote.open(5))).toEqual(content.subarray(5));
    expect(seen).toEqual(['Basic', undefined, 'bytes=5-']);
    storage.closeAllConnections();
  });

  it('lets go of the connection when nobody reads on', async () => {
    let ended = false;
    const remote = await open((_request, response) => {
      response.on('close', () => {
        ended = true;
      });
      response.writeHead(200, { 'content-length': content.length }).write(content.subarray(0, 70_000));
    });
    for await (const chunk of remote.open()) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    while (!ended) await new Promise((resolve) => setImmediate(resolve));
    expect(asked).toHaveLength(1);
  });
});
