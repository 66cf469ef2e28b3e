import { parseReferrers, type Referrer, type ReferrerList, referrersTag } from '../image/referrers.ts';
import { parseEcrHost } from '../image/registry-host.ts';
import { type RetryOptions, retryTransient } from '../image/retry.ts';
import { getManifest, readLimited } from './manifest-requests.ts';
import type { RegistryTransport } from './registry-transport.ts';

export interface ReferrerSource {
  readonly transport: RegistryTransport;
  readonly origin: string;
  readonly repository: string;
  readonly retry: RetryOptions;
}

/**
 * What refers to a manifest: by the referrers API in all its pages, or from the list under the tag where the registry does not
 * have the API.
 *
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-referrers
 */
export async function listReferrers(source: ReferrerSource, digest: string): Promise<ReferrerList> {
  const { transport, repository, retry } = source;
  const what = `the referrers of ${digest} in ${repository}`;
  const referrers: Referrer[] = [];
  let next: URL | string | undefined = `/v2/${repository}/referrers/${digest}`;
  while (next !== undefined) {
    const url: URL | string = next;
    const response = await retryTransient(retry, () =>
      transport({ method: 'GET', url, what: `the list of ${what}`, expected: [200, 404] }),
    );
    if (response.status === 404) {
      await response.body?.cancel();
      return listByTag(source, digest, what);
    }
    referrers.push(...parseReferrers(await readLimited(response, what), what));
    next = nextPage(response);
  }
  return { referrers, keptByTag: false };
}

async function listByTag(
  { transport, origin, repository, retry }: ReferrerSource,
  digest: string,
  what: string,
): Promise<ReferrerList> {
  // ECR keeps lists itself, whatever it answers for a manifest that it does not have yet.
  if (parseEcrHost(new URL(origin).host) !== undefined) return { referrers: [], keptByTag: false };
  const list = await retryTransient(retry, () => getManifest(transport, repository, referrersTag(digest)));
  return { referrers: list === undefined ? [] : parseReferrers(list.bytes, what), keptByTag: true };
}

// https://www.rfc-editor.org/rfc/rfc5988#section-5
function nextPage(response: Response): URL | undefined {
  const link = /<([^>]*)>\s*;[^,]*rel="?next"?/.exec(response.headers.get('link') ?? '')?.[1];
  return link === undefined ? undefined : new URL(link, response.url);
}
