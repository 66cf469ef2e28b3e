import { UserError } from '../message/user-error.ts';
import type { ImageRepository } from './image-repository.ts';
import type { StoredManifest } from './manifest.ts';
import { orderForPush, type TagState } from './tag-state.ts';

export interface TagRequest {
  readonly repository: Pick<ImageRepository, 'putManifest'>;
  /** Name of the repository, for messages. */
  readonly name: string;
  readonly manifest: StoredManifest;
  /** Every tag the image is to have. */
  readonly tags: readonly string[];
  /** Tags that point to it already. */
  readonly tagged: readonly string[];
  /** What the tags pointed to before. */
  readonly state: TagState;
}

/**
 * Puts the very same manifest under every tag that lacks it.
 *
 * @throws UserError that also names the tags which already have the image, so that nobody is left with a half-tagged image
 *   unknowingly; `tag-immutable` names the digest that holds the tag
 */
export async function tagImage(request: TagRequest): Promise<void> {
  const { repository, manifest, state } = request;
  const done = [...request.tagged];
  const missing = request.tags.filter((tag) => !done.includes(tag));
  for (const tag of orderForPush(missing, state)) {
    try {
      await repository.putManifest(tag, manifest);
    } catch (error) {
      throw explainTagFailure(error, tag, done, request);
    }
    done.push(tag);
  }
}

/** The error for a tag that an immutable repository keeps, naming both digests. */
export function tagImmutable(
  { name, state }: Pick<TagRequest, 'name' | 'state'>,
  tag: string,
  ours: string,
  cause: unknown,
): UserError {
  const holder = state.get(tag)?.digest ?? 'another digest';
  return new UserError(
    'tag-immutable',
    `The tag "${tag}" of ${name} belongs to ${holder}, and the repository's tags are immutable; this image is ${ours}. Give it a tag of its own, or exclude the tag from immutability if it is meant to move.`,
    { cause },
  );
}

function explainTagFailure(
  error: unknown,
  tag: string,
  done: readonly string[],
  request: TagRequest,
): unknown {
  if (!(error instanceof UserError)) return error;
  const explained =
    error.code === 'tag-immutable' ? tagImmutable(request, tag, request.manifest.digest, error) : error;
  if (done.length === 0) return explained;
  const rest = request.tags.filter((other) => !done.includes(other));
  return new UserError(
    explained.code,
    `${explained.message} The image has the tags ${done.join(', ')} and lacks ${rest.join(', ')}.`,
    { cause: error },
  );
}
