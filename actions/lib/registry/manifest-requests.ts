import { digestOf, isDigest } from '../image/digest.ts';
import { manifestMediaType, manifestTypes, type StoredManifest } from '../image/manifest.ts';
import { TransientFailure } from '../image/retry.ts';
import { UserError } from '../message/user-error.ts';
import { connectionFailure, registryFailure } from './registry-failure.ts';
import type { RegistryTransport } from './registry-transport.ts';

// Registries accept manifests up to 4 MiB. https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-manifests
const jsonLimitBytes = 4 * 1024 * 1024;

/** One attempt at the manifest under a tag or digest, its bytes checked against its digest. */
export async function getManifest(
  transport: RegistryTransport,
  repository: string,
  reference: string,
): Promise<StoredManifest | undefined> {
  const what = `manifest ${reference} of ${repository}`;
  const response = await transport({
    method: 'GET',
    url: `/v2/${repository}/manifests/${reference}`,
    what: `the read of ${what}`,
    headers: { accept: manifestTypes.join(', ') },
    expected: [200, 404],
  });
  if (response.status === 404) return await requireRepository(response, what);
  const bytes = await readLimited(response, what);
  const digest = digestOf(bytes);
  if (isDigest(reference) && digest !== reference) {
    throw new TransientFailure(
      new UserError('push-failed', `The registry answered ${what} with content whose digest is ${digest}`),
    );
  }
  const mediaType = response.headers.get('content-type')?.split(';')[0]?.trim();
  return { digest, bytes, mediaType: mediaType || manifestMediaType(bytes, what) };
}

/** One attempt to store a manifest under a tag or its digest. */
export async function putManifest(
  transport: RegistryTransport,
  repository: string,
  reference: string,
  manifest: StoredManifest,
): Promise<void> {
  const what = `the push of ${repository}${isDigest(reference) ? '@' : ':'}${reference}`;
  const response = await transport({
    method: 'PUT',
    url: `/v2/${repository}/manifests/${reference}`,
    what,
    headers: { 'content-type': manifest.mediaType },
    body: () => manifest.bytes,
    expected: [200, 201, 202],
  });
  await response.body?.cancel();
  const stored = response.headers.get('docker-content-digest');
  if (stored === null || stored === manifest.digest) return;
  throw new UserError('push-failed', `After ${what} the registry holds ${stored}, not ${manifest.digest}`);
}

/** The body of an answer that must be small: a manifest, an index or a configuration. */
export async function readLimited(response: Response, what: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  try {
    for await (const chunk of response.body ?? []) {
      sizeBytes += chunk.length;
      if (sizeBytes > jsonLimitBytes) break;
      chunks.push(chunk);
    }
  } catch (error) {
    throw connectionFailure(error, new URL(response.url).origin, `the read of ${what}`);
  }
  if (sizeBytes <= jsonLimitBytes) return Buffer.concat(chunks);
  throw new UserError('push-failed', `The ${what} is larger than 4 MiB`);
}

/** A 404 may stand for the manifest or for the whole repository; only the body tells. */
async function requireRepository(response: Response, what: string): Promise<undefined> {
  const failure = await registryFailure(response, what);
  if (failure instanceof UserError && failure.code === 'repository-not-found') throw failure;
  return undefined;
}
