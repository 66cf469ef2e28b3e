import type { RegistryLogin } from '../image/image-repository.ts';
import { parseBearerChallenge, tokenUrl } from './challenge.ts';
import { connectionFailure, registryFailure } from './registry-failure.ts';

export interface RegistryRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PATCH' | 'PUT';
  /** A path under the registry's origin, or a location that the registry gave. */
  readonly url: string | URL;
  /** How messages name the request. */
  readonly what: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Called once for every time the request is sent. */
  readonly body?: () => Uint8Array | AsyncIterable<Uint8Array>;
  /** Statuses to return; any other is thrown as UserError or TransientFailure. */
  readonly expected: readonly number[];
}

/** Sends one authorized request. */
export type RegistryTransport = (request: RegistryRequest) => Promise<Response>;

/**
 * Sends requests to one registry with its login: Basic at once, as ECR wants it, or a token from the registry's Bearer
 * challenge. The login goes to the registry's own origin and to the token server it names, nowhere else; one without a user
 * name is nobody's, as public images need none. Nothing is retried here but a challenged request.
 */
export function createRegistryTransport(login: RegistryLogin): RegistryTransport {
  const basic = basicAuthorization(login);
  let authorization = basic;

  async function send(request: RegistryRequest): Promise<Response> {
    const url = new URL(request.url, login.origin);
    const body = request.body?.();
    const watch: { failure?: unknown } = {};
    try {
      return await fetch(url, {
        method: request.method,
        headers: { ...request.headers, ...(url.origin === login.origin ? authorization : {}) },
        ...bodyOptions(body, watch),
      });
    } catch (error) {
      throw watch.failure ?? connectionFailure(error, login.origin, request.what);
    }
  }

  async function answerChallenge(response: Response, what: string): Promise<boolean> {
    const challenge = parseBearerChallenge(response.headers.get('www-authenticate'));
    if (challenge === undefined) return false;
    await response.body?.cancel();
    const url = tokenUrl(challenge);
    const headers = mayReceiveLogin(url, login.origin) ? basic : {};
    let answer: Response;
    try {
      answer = await fetch(url, { headers });
    } catch (error) {
      throw connectionFailure(error, url.origin, what);
    }
    if (!answer.ok) throw await registryFailure(answer, what);
    const { token, access_token } = (await answer.json()) as { token?: string; access_token?: string };
    authorization = { authorization: `Bearer ${token ?? access_token ?? ''}` };
    return true;
  }

  return async (request) => {
    let response = await send(request);
    if (response.status === 401 && (await answerChallenge(response, request.what))) {
      response = await send(request);
    }
    if (request.expected.includes(response.status)) return response;
    throw await registryFailure(response, request.what);
  };
}

function basicAuthorization({ username, password }: RegistryLogin): { authorization?: string } {
  if (username === '') return {};
  return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
}

function bodyOptions(
  body: Uint8Array | AsyncIterable<Uint8Array> | undefined,
  watch: { failure?: unknown },
): RequestInit {
  if (body === undefined) return {};
  if (body instanceof Uint8Array) return { body: body as Uint8Array<ArrayBuffer> };
  const stream = watchBody(body, watch) as unknown as ReadableStream;
  // fetch keeps a copy of the body, in memory and whole, for the redirect or login prompt that these two rule out
  // (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch, step 3). A stream could not be sent again anyway.
  return { body: stream, duplex: 'half', redirect: 'error', window: null };
}

/** Keeps what a body fails with: fetch only tells that something did. */
async function* watchBody(
  body: AsyncIterable<Uint8Array>,
  watch: { failure?: unknown },
): AsyncGenerator<Uint8Array> {
  try {
    // fetch copies what is no Buffer once more.
    for await (const chunk of body) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  } catch (error) {
    watch.failure = error;
    throw error;
  }
}

// A registry in the clear may name any realm to whoever listens; passwords leave a secure origin for a secure one only.
function mayReceiveLogin(url: URL, origin: string): boolean {
  return url.protocol === 'https:' || url.origin === origin || new URL(origin).hostname === url.hostname;
}
