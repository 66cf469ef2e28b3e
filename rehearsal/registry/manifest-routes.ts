import { digestPattern } from './digest.ts';
import { type Exchange, jsonReply, type Reply, readWhole } from './exchange.ts';
import { deleteImage, findImage, putImage } from './image-store.ts';
import { manifestUnknown, RegistryError, unsupported } from './registry-error.ts';
import type { Image, Repository } from './repository.ts';

const tagPattern = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;

/** `GET`, `HEAD`, `PUT` and `DELETE …/manifests/<tag or digest>`. */
export async function serveManifest(
  exchange: Exchange,
  repository: Repository,
  reference: string,
): Promise<Reply> {
  const id = readReference(reference);
  switch (exchange.method) {
    case 'GET':
    case 'HEAD':
      return sendManifest(exchange, findImage(repository, id));
    case 'PUT':
      return storeManifest(exchange, repository, id);
    case 'DELETE': {
      const result = deleteImage(repository, id);
      if ('deleted' in result) return { status: 202 };
      if (result.code === 'ImageNotFound') throw manifestUnknown();
      throw new RegistryError('DENIED', 405, result.reason);
    }
    default:
      throw unsupported();
  }
}

/** `GET …/tags/list`, in pages when asked for (`?n=&last=`). */
export function listTags({ url }: Exchange, repository: Repository): Reply {
  const all = [...repository.imageTags.keys()].sort();
  const last = url.searchParams.get('last');
  const rest = last === null ? all : all.filter((tag) => tag > last);
  const limit = Number(url.searchParams.get('n') ?? Number.MAX_SAFE_INTEGER);
  if (!Number.isInteger(limit) || limit < 1)
    throw new RegistryError('PAGINATION_NUMBER_INVALID', 400, 'n must be a whole number above 0.');
  const tags = rest.slice(0, limit);
  const reply = jsonReply(200, { name: repository.name, tags });
  if (tags.length === rest.length) return reply;
  const next = `/v2/${repository.name}/tags/list?n=${limit}&last=${tags.at(-1) ?? ''}`;
  return { ...reply, headers: { ...reply.headers, link: `<${next}>; rel="next"` } };
}

/** `GET …/referrers/<digest>`: what was pushed about an image, of every type or one. */
export function listReferrers({ url }: Exchange, repository: Repository, digest: string): Reply {
  const artifactType = url.searchParams.get('artifactType');
  const manifests = [...repository.images.values()]
    .filter(({ manifest }) => manifest.subject === digest)
    .filter(({ manifest }) => artifactType === null || manifest.artifactType === artifactType)
    .map(({ manifest, bytes, digest: own }) => ({
      mediaType: manifest.mediaType,
      digest: own,
      size: bytes.length,
      ...(manifest.artifactType === undefined ? {} : { artifactType: manifest.artifactType }),
      ...(manifest.annotations === undefined ? {} : { annotations: manifest.annotations }),
    }));
  const mediaType = 'application/vnd.oci.image.index.v1+json';
  const reply = jsonReply(200, { schemaVersion: 2, mediaType, manifests }, mediaType);
  if (artifactType === null) return reply;
  return { ...reply, headers: { ...reply.headers, 'oci-filters-applied': 'artifactType' } };
}

function readReference(reference: string): { digest: string } | { tag: string } {
  if (digestPattern.test(reference)) return { digest: reference };
  if (tagPattern.test(reference)) return { tag: reference };
  // Such as a `+` in a tag: https://github.com/bazel-contrib/rules_oci/issues/720
  throw new RegistryError('TAG_INVALID', 400, `'${reference}' is neither a tag nor a digest.`);
}

function sendManifest(exchange: Exchange, image: Image | undefined): Reply {
  if (image === undefined) throw manifestUnknown();
  image.lastPulledAt = exchange.world.clock.now();
  return {
    status: 200,
    headers: { 'content-type': image.manifest.mediaType, 'docker-content-digest': image.digest },
    body: image.bytes,
  };
}

async function storeManifest(
  exchange: Exchange,
  repository: Repository,
  id: { digest: string } | { tag: string },
): Promise<Reply> {
  const bytes = await readWhole(exchange.body);
  const image = putImage(repository, {
    ...id,
    bytes,
    mediaType: exchange.headers['content-type'],
    now: exchange.world.clock.now(),
  });
  const reference = 'tag' in id ? id.tag : id.digest;
  return {
    status: 201,
    headers: {
      location: `${exchange.url.origin}/v2/${repository.name}/manifests/${reference}`,
      'docker-content-digest': image.digest,
      ...(image.manifest.subject === undefined ? {} : { 'oci-subject': image.manifest.subject }),
    },
  };
}
