import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { UserError } from '../message/user-error.ts';
import { listReferrers } from './referrer-requests.ts';
import { createRegistryTransport } from './registry-transport.ts';

const digest = (digit: string): string => `sha256:${digit.repeat(64)}`;
const entry = (digit: string) => ({ mediaType: 'm', digest: digest(digit), size: 3, artifactType: 't' });
const ecr = 'https://123456789012.dkr.ecr.eu-west-1.amazonaws.com';
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

type Answer = { status?: number; link?: string; manifests?: object[]; body?: string };

/** Lists the referrers of `a…` in a registry that answers these paths. */
async function list(answers: Record<string, Answer>, origin?: string) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const answer = answers[request.url ?? ''] ?? { status: 404, body: '{}' };
    response.writeHead(answer.status ?? 200, answer.link === undefined ? {} : { link: answer.link });
    response.end(answer.body ?? JSON.stringify({ schemaVersion: 2, manifests: answer.manifests }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise((resolve) => server.close(() => resolve()).closeAllConnections()));
  const own = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { referrers, keptByTag } = await listReferrers(
    {
      transport: createRegistryTransport({ origin: own, username: '', password: '' }),
      origin: origin ?? own,
      repository: 'web',
      retry: {
        clock: { now: () => 0, sleep: async () => {} },
        random: () => 0,
        maxRetries: 0,
        log: { info() {}, warning() {}, group() {} },
      },
    },
    digest('a'),
  );
  return { digests: referrers.map((referrer) => referrer.digest), keptByTag, asked };
}

const api = `/v2/web/referrers/${digest('a')}`;
const tag = `/v2/web/manifests/sha256-${'a'.repeat(64)}`;

describe('listReferrers', () => {
  it('reads every page', async () => {
    const found = await list({
      [api]: { manifests: [entry('b')], link: `<${api}?last=b>; rel="next"` },
      [`${api}?last=b`]: { manifests: [entry('c')], link: '<?x>; rel="prev"' },
    });
    expect(found).toMatchObject({ digests: [digest('b'), digest('c')], keptByTag: false });
  });

  it('reads the list under the tag where there is no API', async () => {
    const found = await list({ [tag]: { manifests: [entry('b')] } });
    expect(found).toEqual({ digests: [digest('b')], keptByTag: true, asked: [api, tag] });
  });

  it('finds none where there is neither', async () => {
    expect(await list({})).toMatchObject({ digests: [], keptByTag: true });
  });

  it('looks for no tag in ECR', async () => {
    expect(await list({}, ecr)).toEqual({ digests: [], keptByTag: false, asked: [api] });
  });

  it.each<[string, Answer, string]>([
    ['a refusal', { status: 403, body: '{"errors":[{"code":"DENIED"}]}' }, 'access-denied'],
    ['what is no list', { body: 'welcome' }, 'archive-invalid'],
  ])('fails for %s', async (_name, answer, code) => {
    const failure = await list({ [api]: answer }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UserError);
    expect(failure).toMatchObject({ code });
  });
});
