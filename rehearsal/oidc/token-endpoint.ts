import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Clock } from '../clock/clock.ts';
import type { HttpHandler } from '../server/aws-server.ts';

/** GitHub's side of OpenID Connect: where a job with `id-token: write` asks for a token. */
export interface TokenEndpoint {
  readonly handler: HttpHandler;
  /** ACTIONS_ID_TOKEN_REQUEST_URL and ACTIONS_ID_TOKEN_REQUEST_TOKEN, as the runner gives them to every step. */
  environment(endpoint: string): Readonly<Record<string, string>>;
}

const PATH = '/actions-id-token';
// A token is good for five minutes. https://docs.github.com/en/actions/reference/security/oidc
const LIFETIME_SECONDS = 300;
const ISSUER = 'https://token.actions.githubusercontent.com';

/**
 * `GET …?audience=…` with the request token answers `{count, value}`. Requests are recorded, and hit by faults, as service
 * `github`, operation `GetIdToken`. https://docs.github.com/en/actions/reference/security/oidc
 */
export function createTokenEndpoint(clock: Clock): TokenEndpoint {
  const requestToken = randomBytes(24).toString('base64url');
  return {
    environment: (endpoint) => ({
      // GitHub's own URL carries a query, to which the audience is appended.
      ACTIONS_ID_TOKEN_REQUEST_URL: `${endpoint}${PATH}?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
    }),
    async handler(request, response, desk) {
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      if (url.pathname !== PATH) return false;
      const call = { service: 'github', operation: 'GetIdToken', input: {}, arrivedAt: performance.now() };
      const fault = desk.faultFor(call.service, call.operation);
      if (fault?.dropConnection) {
        desk.record({ ...call, status: 0, error: 'dropped' });
        request.socket.destroy();
        return true;
      }
      const [, given = ''] = /^bearer (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
      const status = fault?.error?.statusCode ?? (isSame(given, requestToken) ? 200 : 401);
      desk.record({ ...call, status });
      if (status === 200)
        reply(response, 200, { count: 1, value: sign(clock, url.searchParams.get('audience')) });
      else reply(response, status, { message: fault?.error?.message ?? 'Bad credentials' });
      return true;
    },
  };
}

function isSame(given: string, wanted: string): boolean {
  return given.length === wanted.length && timingSafeEqual(Buffer.from(given), Buffer.from(wanted));
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

// Nobody here checks the signature: STS's stand-in reads the claims alone.
function sign(clock: Clock, audience: string | null): string {
  const issuedAt = Math.floor(clock.now() / 1000);
  const claims = {
    iss: ISSUER,
    sub: 'repo:octo-org/hello:ref:refs/heads/main',
    aud: audience ?? 'https://github.com/octo-org',
    iat: issuedAt,
    nbf: issuedAt,
    exp: issuedAt + LIFETIME_SECONDS,
  };
  return [{ alg: 'RS256', typ: 'JWT' }, claims, 'rehearsal']
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
}
