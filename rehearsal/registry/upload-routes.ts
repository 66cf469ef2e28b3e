import type { Upload } from './blob-store.ts';
import { digestPattern } from './digest.ts';
import type { Exchange, Reply } from './exchange.ts';
import { RegistryError, unsupported } from './registry-error.ts';
import type { Repository } from './repository.ts';

/**
 * `POST …/blobs/uploads/`: begins an upload, takes a whole blob (`?digest=`), or mounts one (`?mount=&from=`).
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-blobs
 */
export async function beginUpload(exchange: Exchange, repository: Repository): Promise<Reply> {
  if (exchange.method !== 'POST') throw unsupported();
  const { blobs, store } = exchange.world;
  const query = exchange.url.searchParams;
  const mount = query.get('mount');
  const from = store.repositories.get(query.get('from') ?? '');
  if (mount !== null && from?.blobs.has(mount)) {
    repository.blobs.add(mount);
    return created(exchange, repository, mount);
  }
  const upload = await blobs.beginUpload();
  const digest = query.get('digest');
  if (digest === null) return progress(exchange, repository, upload, 202);
  return completeUpload(exchange, repository, upload, digest);
}

/** `GET`, `PATCH`, `PUT` and `DELETE` of a running upload. */
export async function continueUpload(exchange: Exchange, repository: Repository, id: string): Promise<Reply> {
  const upload = exchange.world.blobs.upload(id);
  if (upload === undefined) {
    throw new RegistryError('BLOB_UPLOAD_UNKNOWN', 404, `The upload '${id}' does not exist or has ended.`);
  }
  switch (exchange.method) {
    case 'GET':
      return progress(exchange, repository, upload, 204);
    case 'PATCH':
      requireNextByte(exchange, upload);
      await upload.append(exchange.body);
      // 201 where the specification has 202: https://github.com/cirruslabs/tart/issues/273
      return progress(exchange, repository, upload, 201);
    case 'PUT':
      requireNextByte(exchange, upload);
      return completeUpload(exchange, repository, upload, exchange.url.searchParams.get('digest') ?? '');
    case 'DELETE':
      await upload.cancel();
      return { status: 204 };
    default:
      throw unsupported();
  }
}

async function completeUpload(
  exchange: Exchange,
  repository: Repository,
  upload: Upload,
  digest: string,
): Promise<Reply> {
  await upload.append(exchange.body);
  if (!digestPattern.test(digest)) {
    await upload.cancel();
    throw new RegistryError(
      'DIGEST_INVALID',
      400,
      `'${digest}' is not a digest of the form sha256:<64 hex digits>.`,
    );
  }
  if ((await upload.finish(digest)) === 'digest-mismatch') {
    throw new RegistryError(
      'DIGEST_INVALID',
      400,
      `The uploaded content does not have the digest '${digest}'.`,
    );
  }
  repository.blobs.add(digest);
  return created(exchange, repository, digest);
}

// A chunk that is not the next one is refused with where to go on, so that a client can resume.
function requireNextByte({ headers }: Exchange, upload: Upload): void {
  const start = /^(\d+)-\d+$/.exec(String(headers['content-range'] ?? ''))?.[1];
  if (start === undefined || Number(start) === upload.size) return;
  throw new RegistryError(
    'BLOB_UPLOAD_INVALID',
    416,
    `The next byte of the upload is ${upload.size}, not ${start}.`,
  );
}

function progress(exchange: Exchange, repository: Repository, upload: Upload, status: number): Reply {
  return {
    status,
    headers: {
      location: `${exchange.url.origin}/v2/${repository.name}/blobs/uploads/${upload.id}`,
      range: `0-${Math.max(0, upload.size - 1)}`,
      'docker-upload-uuid': upload.id,
    },
  };
}

function created(exchange: Exchange, repository: Repository, digest: string): Reply {
  return {
    status: 201,
    headers: {
      location: `${exchange.url.origin}/v2/${repository.name}/blobs/${digest}`,
      'docker-content-digest': digest,
    },
  };
}
