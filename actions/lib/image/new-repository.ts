import { cacheTag } from './build-cache.ts';
import type { ImageTag } from './image-tags.ts';

/** How a repository is created for images of this kind. */
export interface NewRepository {
  /** Tags that may move, as wildcards; every other one stays with its image. At most five, as ECR has it. */
  readonly movingTags: readonly string[];
  /** JSON of a lifecycle policy; undefined where none would be safe. */
  readonly lifecyclePolicy: string | undefined;
}

// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageTagMutabilityExclusionFilter.html
const filterLimit = 5;
const untaggedDays = 30;

/**
 * The settings for a new repository: tags stay, but for those of this run that move and for the cache's.
 *
 * The lifecycle policy expires what no tag holds, after 30 days: leftovers of broken pushes and replaced caches. It can expire
 * nothing that a service may still run: services run images of this action by digest, each of those digests has at least one
 * tag that never leaves it, and tagged images never expire; neither do the untagged manifests of a tagged index, which ECR
 * keeps as long as the index (https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html). Where every tag
 * moves, older digests lose theirs while services may run them, so then there is no policy.
 */
export function planRepository(tags: readonly ImageTag[]): NewRepository {
  const moving = tags.filter(({ moves }) => moves).map(({ name }) => name);
  const hasLasting = tags.some(({ moves, name }) => !moves && name !== cacheTag);
  return {
    movingTags: [...new Set([cacheTag, ...moving])].slice(0, filterLimit),
    lifecyclePolicy: hasLasting ? JSON.stringify({ rules: [expireUntagged] }) : undefined,
  };
}

// https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
const expireUntagged = {
  rulePriority: 1,
  description: `Expire what no tag has held for ${untaggedDays} days; tagged images never expire`,
  selection: {
    tagStatus: 'untagged',
    countType: 'sinceImagePushed',
    countUnit: 'days',
    countNumber: untaggedDays,
  },
  action: { type: 'expire' },
};
