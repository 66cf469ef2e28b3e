import type { Log } from '../message/log.ts';
import { UserError } from '../message/user-error.ts';
import type { ImageTag } from './image-tags.ts';
import { keepPossibleTags } from './kept-tags.ts';
import { type NewRepository, planRepository } from './new-repository.ts';
import type { TagMutability } from './tag-mutability.ts';
import { findReusableImage, type TagState } from './tag-state.ts';

export interface PushTargetPorts {
  /** What the repository has under these tags. Throws UserError `repository-not-found`. */
  findTagged(tags: readonly string[]): Promise<TagState>;
  /** Which tags can never move; undefined for a role that may not ask. */
  findTagMutability(): Promise<TagMutability | undefined>;
  createRepository(settings: NewRepository): Promise<void>;
  readonly log: Log;
}

export interface PushTarget {
  /** The tags that the image can have there, of those wanted. */
  readonly tags: readonly ImageTag[];
  readonly state: TagState;
}

/**
 * Finds out what a repository has under the tags wanted, and which of them it lets an image have. A missing repository is
 * created, where that is wanted. A run whose tags are all there already costs one call.
 */
export async function findPushTarget(
  tags: readonly ImageTag[],
  { name, create }: { readonly name: string; readonly create: boolean },
  ports: PushTargetPorts,
): Promise<PushTarget> {
  const state = await findState(tags, create, ports);
  if (!tags.some(({ moves }) => moves) || findReusableImage(tags, state) !== undefined)
    return { tags, state };
  return { tags: keepPossibleTags(tags, await ports.findTagMutability(), name, ports.log), state };
}

async function findState(
  tags: readonly ImageTag[],
  create: boolean,
  ports: PushTargetPorts,
): Promise<TagState> {
  try {
    return await ports.findTagged(tags.map(({ name }) => name));
  } catch (error) {
    const missing = error instanceof UserError && error.code === 'repository-not-found';
    if (!create || !missing) throw error;
    await ports.createRepository(planRepository(tags));
    return new Map();
  }
}
