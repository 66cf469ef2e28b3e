import type { Log } from '../message/log.ts';
import { UserError } from '../message/user-error.ts';
import type { ImageTag } from './image-tags.ts';
import { isTagImmutable, type TagMutability } from './tag-mutability.ts';

/**
 * The tags that a repository lets an image have for good reason: a moving tag, such as `main`, in a repository whose tags stay
 * would stick to the first image that gets it, and stop every later run. Such tags are left out with a warning. Nothing is
 * left out where the role may not ask how the repository keeps its tags.
 *
 * @throws UserError `tag-immutable` when no tag would be left
 */
export function keepPossibleTags(
  tags: readonly ImageTag[],
  mutability: TagMutability | undefined,
  name: string,
  log: Pick<Log, 'warning'>,
): readonly ImageTag[] {
  if (mutability === undefined) return tags;
  const stuck = tags.filter((tag) => tag.moves && isTagImmutable(mutability, tag.name));
  if (stuck.length === 0) return tags;
  const names = stuck.map((tag) => tag.name).join(', ');
  const fix = `exclude ${stuck.length === 1 ? 'it' : 'them'} from the repository's immutability (aws ecr put-image-tag-mutability)`;
  const kept = tags.filter((tag) => !stuck.includes(tag));
  if (kept.length === 0) {
    throw new UserError(
      'tag-immutable',
      `Every tag of this run moves from commit to commit (${names}), and ${name} keeps its tags: add a tag that stays, such as type=sha, or ${fix}.`,
    );
  }
  log.warning(
    `The image does not get the tag ${names}: it moves from commit to commit, and ${name} keeps its tags. To have it, ${fix}.`,
  );
  return kept;
}
