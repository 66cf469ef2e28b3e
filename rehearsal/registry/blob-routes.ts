import type { Exchange, Reply } from './exchange.ts';
import { RegistryError, unsupported } from './registry-error.ts';
import type { Repository } from './repository.ts';

const downloadPath = '/_layers/';

/** `HEAD` and `GET …/blobs/<digest>`. ECR answers GET with a redirect to a signed URL of S3. */
export function serveBlob(exchange: Exchange, repository: Repository, digest: string): Reply {
  const size = repository.blobs.has(digest) ? exchange.world.blobs.size(digest) : undefined;
  if (size === undefined) {
    throw new RegistryError(
      'BLOB_UNKNOWN',
      404,
      `The layer with digest '${digest}' does not exist within the repository with name '${repository.name}' in the registry with id '${repository.registryId}'`,
    );
  }
  switch (exchange.method) {
    case 'HEAD':
      return {
        status: 200,
        headers: {
          'content-length': size,
          'content-type': 'application/octet-stream',
          'docker-content-digest': digest,
          'accept-ranges': 'bytes',
        },
      };
    case 'GET':
      return { status: 307, headers: { location: downloadUrl(exchange.url.origin, digest) } };
    default:
      throw unsupported();
  }
}

/** Where a layer can be fetched from without a login, as with ecr:GetDownloadUrlForLayer. */
export function downloadUrl(endpoint: string, digest: string): string {
  return `${endpoint}${downloadPath}${digest}`;
}

/** The digest in the path of a download URL; undefined for any other path. */
export function downloadDigest(path: string): string | undefined {
  return path.startsWith(downloadPath) ? path.slice(downloadPath.length) : undefined;
}

/** Streams a blob, whole or the range asked for, as S3 would. */
export function download({ world, headers, method }: Exchange, digest: string): Reply {
  const size = world.blobs.size(digest);
  if (method !== 'GET' && method !== 'HEAD') throw unsupported();
  if (size === undefined)
    throw new RegistryError('BLOB_UNKNOWN', 404, `No layer has the digest '${digest}'.`);
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '') ?? [];
  const common = { 'content-type': 'application/octet-stream', 'accept-ranges': 'bytes' };
  if (first === undefined) {
    return { status: 200, headers: { ...common, 'content-length': size }, body: world.blobs.read(digest) };
  }
  const start = Number(first);
  const end = Math.min(size - 1, last ? Number(last) : size - 1);
  if (start > end) return { status: 416, headers: { 'content-range': `bytes */${size}` } };
  return {
    status: 206,
    headers: {
      ...common,
      'content-length': end - start + 1,
      'content-range': `bytes ${start}-${end}/${size}`,
    },
    body: world.blobs.read(digest, { start, end }),
  };
}
