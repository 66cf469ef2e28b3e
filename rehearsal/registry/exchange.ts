import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '../clock/clock.ts';
import type { BlobStore } from './blob-store.ts';
import type { ImageStore } from './image-store.ts';
import type { Logins } from './logins.ts';

/** Everything a registry is made of; the ECR API works on the same. */
export interface RegistryWorld {
  readonly clock: Clock;
  readonly store: ImageStore;
  readonly blobs: BlobStore;
  readonly logins: Logins;
}

/** One request to the registry. */
export interface Exchange {
  readonly world: RegistryWorld;
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: AsyncIterable<Uint8Array>;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | number>>;
  readonly body?: string | Uint8Array | Readable;
}

export function jsonReply(status: number, value: unknown, contentType = 'application/json'): Reply {
  return { status, headers: { 'content-type': contentType }, body: JSON.stringify(value) };
}

/** Writes the reply; to a HEAD request only its headers. */
export async function sendReply(method: string, response: ServerResponse, reply: Reply): Promise<void> {
  const { body } = reply;
  const length = body === undefined ? 0 : body instanceof Readable ? undefined : Buffer.byteLength(body);
  response.writeHead(reply.status, {
    'docker-distribution-api-version': 'registry/2.0',
    ...(length === undefined || reply.status === 204 ? {} : { 'content-length': length }),
    ...reply.headers,
  });
  if (method === 'HEAD' || body === undefined) {
    if (body instanceof Readable) body.destroy();
    response.end();
  } else if (body instanceof Readable) {
    await pipeline(body, response);
  } else {
    response.end(body);
  }
}

export async function readWhole(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks);
}
