import type { Log } from '../message/log.ts';
import { UserError } from '../message/user-error.ts';
import type { BuildRequest } from './build-command.ts';
import { sayBytes } from './byte-size.ts';
import type { ImageBuilder } from './image-builder.ts';
import type { ImageContent } from './image-content.ts';
import type { ImageRepository } from './image-repository.ts';
import type { StoredManifest } from './manifest.ts';
import { tagImmutable } from './tag-image.ts';
import { findSameImage, orderForPush, type TagState } from './tag-state.ts';

/** An image whose content the registry has; its tags may still be missing. */
export interface StoredImage {
  readonly manifest: StoredManifest;
  /** How the image came to be, for people. */
  readonly origin: string;
  readonly platforms: readonly string[];
  /** The tag that docker pushed it under. */
  readonly pushedTag: string | undefined;
  /** True when nothing was built and nothing uploaded. */
  readonly reused: boolean;
}

/** Where an image goes, and what is there. */
export interface Destination {
  readonly repository: ImageRepository;
  /** Name of the repository, for messages. */
  readonly name: string;
  /** The tags that the image is to have. */
  readonly tags: readonly string[];
  readonly state: TagState;
}

/** Uploads an archive's image, unless all its tags have it already. */
export async function storeArchive(
  path: string,
  content: ImageContent,
  { repository, tags, state }: Destination,
  log: Log,
): Promise<StoredImage> {
  const reused = tags.every((tag) => state.get(tag)?.digest === content.root.digest);
  if (!reused) {
    const { uploadedBlobs, uploadedBytes, presentBlobs } = await repository.uploadContent(content);
    log.info(`Uploaded ${uploadedBlobs} blobs (${sayBytes(uploadedBytes)}); ${presentBlobs} were there`);
  }
  const origin = `the archive ${path}`;
  return { manifest: content.root, origin, platforms: content.platforms, pushedTag: undefined, reused };
}

/**
 * Builds an image and pushes it, under one tag or, where the builder can, under none.
 *
 * @throws UserError `tag-immutable` with both images where that tag is kept; `push-failed` when the registry does not have
 *   what docker says it pushed
 */
export async function storeBuild(
  builder: ImageBuilder,
  request: BuildRequest,
  destination: Destination,
): Promise<StoredImage> {
  const { repository, state } = destination;
  const built = await builder.build(request);
  const facts = { origin: built.builder, platforms: built.platforms, reused: false };
  const same = findSameImage(built.imageId, state);
  if (same !== undefined) return { ...facts, manifest: same, pushedTag: undefined };
  const [tag = ''] = orderForPush(request.tags, state);
  const digest =
    built.pushedDigest ??
    (await builder.push(`${request.name}:${tag}`).catch((error: unknown) => {
      if (!(error instanceof UserError) || error.code !== 'tag-immutable') throw error;
      throw tagImmutable(destination, tag, `the build ${built.imageId}`, error);
    }));
  const manifest = await repository.findManifest(digest);
  if (manifest !== undefined) {
    return { ...facts, manifest, pushedTag: built.pushedDigest === undefined ? tag : undefined };
  }
  throw new UserError(
    'push-failed',
    `After the push of ${request.name} the registry does not have ${digest}.`,
  );
}
