import { digestOf, shortDigest } from '../image/digest.ts';
import { type BlobContent, untilAborted } from '../image/image-content.ts';
import type { RegistryLogin } from '../image/image-repository.ts';
import type { Descriptor } from '../image/manifest.ts';
import type { BlobOutcome, SourceRepository, TargetRepository } from '../image/promotion-repository.ts';
import { type RetryOptions, retryTransient, TransientFailure } from '../image/retry.ts';
import { UserError } from '../message/user-error.ts';
import { openRemoteBlob } from './blob-download.ts';
import { hasBlob, mountBlob, sendBlob, type UploadTarget } from './blob-upload.ts';
import { getManifest, putManifest, readLimited } from './manifest-requests.ts';
import { listReferrers } from './referrer-requests.ts';
import { createRegistryTransport, type RegistryTransport } from './registry-transport.ts';

/** Opens a repository to read from. Nothing is called yet. */
export function openSourceRepository(
  login: RegistryLogin,
  repository: string,
  retry: RetryOptions,
): SourceRepository {
  const transport = createRegistryTransport(login);
  const source = { transport, origin: login.origin, repository, retry };
  return {
    findManifest: (reference) => retryTransient(retry, () => getManifest(transport, repository, reference)),
    readConfig: (config) => retryTransient(retry, () => readConfig(transport, repository, config)),
    listReferrers: (digest) => listReferrers(source, digest),
    openBlob: (blob) => openRemoteBlob(source, blob),
  };
}

/** Opens a repository to write to, but for what only ECR's API tells of it. Nothing is called yet. */
export function openTargetRepository(
  login: RegistryLogin,
  repository: string,
  retry: RetryOptions,
): Omit<TargetRepository, 'findTagMutability'> {
  const transport = createRegistryTransport(login);
  const target: UploadTarget = { transport, origin: login.origin, repository, retry, damaged };
  return {
    findManifest: (reference) => retryTransient(retry, () => getManifest(transport, repository, reference)),
    listReferrers: (digest) => listReferrers(target, digest),
    copyBlob: (blob, mountFrom, signal) => copyBlob(target, untilAborted(blob, signal), mountFrom),
    putManifest: (reference, manifest) =>
      retryTransient(retry, () => putManifest(transport, repository, reference, manifest)),
  };
}

async function copyBlob(
  target: UploadTarget,
  blob: BlobContent,
  mountFrom: string | undefined,
): Promise<BlobOutcome> {
  if (await hasBlob(target, blob.digest)) return 'present';
  const session = mountFrom === undefined ? undefined : await tryMount(target, blob.digest, mountFrom);
  if (session === 'mounted') return 'mounted';
  await sendBlob(target, blob, session);
  return 'uploaded';
}

/** A target's role may push here and still not read there, and the source's role the other way round: then bytes are sent. */
async function tryMount(
  target: UploadTarget,
  digest: string,
  from: string,
): Promise<'mounted' | URL | undefined> {
  try {
    return await mountBlob(target, digest, from);
  } catch (error) {
    if (error instanceof UserError && error.code === 'access-denied') return undefined;
    throw error;
  }
}

async function readConfig(
  transport: RegistryTransport,
  repository: string,
  { digest }: Descriptor,
): Promise<Uint8Array> {
  const what = `configuration ${shortDigest(digest)} of ${repository}`;
  const response = await transport({
    method: 'GET',
    url: `/v2/${repository}/blobs/${digest}`,
    what: `the read of ${what}`,
    expected: [200],
  });
  const bytes = await readLimited(response, what);
  if (digestOf(bytes) === digest) return bytes;
  throw damaged(digest);
}

// What came over a network may come right the next time.
function damaged(digest: string): TransientFailure {
  return new TransientFailure(
    new UserError(
      'digest-mismatch',
      `The source registry sent content for blob ${digest} that is not what its digest says.`,
    ),
  );
}
