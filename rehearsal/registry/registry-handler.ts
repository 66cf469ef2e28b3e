import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wallDelay } from 'node:timers/promises';
import type { CallDesk, HttpHandler } from '../server/aws-server.ts';
import { download, downloadDigest, serveBlob } from './blob-routes.ts';
import { type Exchange, jsonReply, type RegistryWorld, type Reply, sendReply } from './exchange.ts';
import { findRepository } from './image-store.ts';
import { listReferrers, listTags, serveManifest } from './manifest-routes.ts';
import { RegistryError, toRegistryError, unsupported } from './registry-error.ts';
import { parseRoute, type Route } from './route.ts';
import { beginUpload, continueUpload } from './upload-routes.ts';

/**
 * The Docker side of ECR: OCI distribution under `/v2/`, behind ECR's Basic login, and the layer downloads it redirects to.
 * Requests are recorded, and hit by faults, as service `registry` with operations such as `PUT manifest`.
 *
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry_auth.html#registry_auth_http
 */
export function createRegistryHandler(world: RegistryWorld): HttpHandler {
  return async (request, response, desk) => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? '127.0.0.1'}`);
    const layer = downloadDigest(url.pathname);
    if (layer === undefined && url.pathname !== '/v2' && !url.pathname.startsWith('/v2/')) return false;
    const method = request.method ?? 'GET';
    const exchange: Exchange = { world, method, url, headers: request.headers, body: request };
    const route = parseRoute(url.pathname);
    const run = (): Promise<Reply> =>
      layer === undefined ? answer(exchange, route) : Promise.resolve().then(() => download(exchange, layer));
    await attend(request, response, desk, `${method} ${layer === undefined ? nameOf(route) : 'layer'}`, run);
    return true;
  };
}

async function attend(
  request: IncomingMessage,
  response: ServerResponse,
  desk: CallDesk,
  operation: string,
  run: () => Promise<Reply>,
): Promise<void> {
  const arrivedAt = performance.now();
  const call = { service: 'registry', operation, input: { path: request.url }, arrivedAt };
  const fault = desk.faultFor('registry', operation);
  if (fault?.delayMilliseconds !== undefined) await wallDelay(fault.delayMilliseconds);
  if (fault?.dropConnection) {
    desk.record({ ...call, status: 0, error: 'dropped' });
    request.socket.destroy();
    return;
  }
  let reply: Reply;
  let code: string | undefined;
  try {
    if (fault?.error !== undefined) throw fault.error;
    reply = await run();
  } catch (error) {
    // The client went away in the middle; nobody is left to answer.
    if (request.destroyed && !request.complete) {
      desk.record({ ...call, status: 0, error: 'aborted' });
      return;
    }
    const registryError = toRegistryError(error);
    code = registryError.code;
    reply = errorReply(registryError);
  }
  desk.record({ ...call, status: reply.status, ...(code === undefined ? {} : { error: code }) });
  await sendReply(request.method ?? 'GET', response, reply);
}

async function answer(exchange: Exchange, route: Route | undefined): Promise<Reply> {
  const refusal = checkLogin(exchange);
  if (refusal !== undefined) return refusal;
  if (route === undefined) throw new RegistryError('NAME_INVALID', 404, '404 page not found');
  if (route.kind === 'base') return jsonReply(200, {});
  if (route.kind === 'catalog')
    return jsonReply(200, { repositories: [...exchange.world.store.repositories.keys()].sort() });
  const repository = findRepository(exchange.world.store, route.repository);
  switch (route.kind) {
    case 'manifest':
      return serveManifest(exchange, repository, route.reference);
    case 'blob':
      return serveBlob(exchange, repository, route.digest);
    case 'uploads':
      return beginUpload(exchange, repository);
    case 'upload':
      return continueUpload(exchange, repository, route.id);
    case 'tags':
      return requireGet(exchange, () => listTags(exchange, repository));
    case 'referrers':
      return requireGet(exchange, () => listReferrers(exchange, repository, route.digest));
  }
}

function requireGet({ method }: Exchange, run: () => Reply): Reply {
  if (method !== 'GET' && method !== 'HEAD') throw unsupported();
  return run();
}

function checkLogin({ world, headers, url }: Exchange): Reply | undefined {
  switch (world.logins.judge(headers.authorization, world.clock.now())) {
    case 'valid':
      return undefined;
    case 'expired':
      return errorReply(
        new RegistryError(
          'DENIED',
          403,
          'Your authorization token has expired. Reauthenticate and try again.',
        ),
      );
    case 'missing':
    case 'unknown':
      return {
        status: 401,
        headers: {
          'www-authenticate': `Basic realm="https://${url.host}/",service="ecr.amazonaws.com"`,
          'content-type': 'text/plain; charset=utf-8',
        },
        body: 'Not Authorized\n',
      };
  }
}

function errorReply({ code, statusCode, message }: RegistryError): Reply {
  return jsonReply(statusCode, { errors: [{ code, message }] });
}

function nameOf(route: Route | undefined): string {
  return route?.kind ?? 'unknown';
}
