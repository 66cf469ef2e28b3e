import type { Log } from '../message/log.ts';
import { UserError } from '../message/user-error.ts';
import type { ImageFacts } from './image-facts.ts';
import { type ImageTree, readImageTree } from './image-tree.ts';
import type { StoredManifest } from './manifest.ts';
import type { SourceRepository, TargetRepository } from './promotion-repository.ts';
import { mergeReferrers, type Referrer, type ReferrerList } from './referrers.ts';
import { tagImmutable } from './tag-image.ts';
import { isTagImmutable } from './tag-mutability.ts';
import type { TagState } from './tag-state.ts';

/** Both ends of a promotion, opened. */
export interface PromotionEnds {
  readonly source: SourceRepository;
  readonly target: TargetRepository;
  /** How messages name the repositories. */
  readonly from: string;
  readonly to: string;
  readonly log: Log;
}

/** What a promotion has to write; everything about it that could fail by itself has been checked. */
export interface PromotionPlan {
  readonly image: ImageFacts;
  readonly tree: ImageTree;
  /** True where the target has the image, under whatever tags. */
  readonly present: boolean;
  readonly attachments: readonly Attachment[];
  readonly tags: readonly string[];
  /** Tags that point to the image already. */
  readonly tagged: readonly string[];
  /** What the target has under the tags. */
  readonly state: TagState;
}

/** What the target lacks of what refers to one manifest. */
export interface Attachment {
  readonly subject: string;
  /** Signatures, SBOMs and attestations to copy. */
  readonly trees: readonly ImageTree[];
  /** The list to keep under the subject's tag, where the target's registry keeps none itself. */
  readonly list: StoredManifest | undefined;
}

/**
 * Finds out what is missing in the target. Nothing is written.
 *
 * @throws UserError `repository-not-found`, `tag-immutable` for a tag that another image holds for good, and what
 *   readImageTree throws
 */
export async function planPromotion(
  ends: PromotionEnds,
  image: ImageFacts,
  tags: readonly string[],
): Promise<PromotionPlan> {
  const { source, target, from } = ends;
  const { digest } = image.manifest;
  const state = await readTags(target, tags);
  const tagged = tags.filter((tag) => state.get(tag)?.digest === digest);
  await refuseImmutableTags(ends, digest, state);
  const present = tagged.length > 0 || (await target.findManifest(digest)) !== undefined;
  const tree = await readImageTree(source, image.manifest, from);
  return { image, tree, present, attachments: await planAttachments(ends, tree), tags, tagged, state };
}

async function readTags(target: TargetRepository, tags: readonly string[]): Promise<TagState> {
  const state = new Map<string, StoredManifest>();
  for (const tag of tags) {
    const manifest = await target.findManifest(tag);
    if (manifest !== undefined) state.set(tag, manifest);
  }
  return state;
}

async function refuseImmutableTags(
  { target, to, log }: PromotionEnds,
  digest: string,
  state: TagState,
): Promise<void> {
  const taken = [...state].filter(([, manifest]) => manifest.digest !== digest).map(([tag]) => tag);
  if (taken.length === 0) return;
  const mutability = await target.findTagMutability();
  if (mutability === undefined) {
    log.info(`The registry does not say whether ${taken.join(', ')} of ${to} may move; trying shows it.`);
    return;
  }
  const refused = taken.find((tag) => isTagImmutable(mutability, tag));
  if (refused !== undefined) throw tagImmutable({ name: to, state }, refused, digest, undefined);
}

/** Follows referrers to the last: what refers to the image or one of its manifests, and what refers to that. */
async function planAttachments(ends: PromotionEnds, tree: ImageTree): Promise<Attachment[]> {
  const seen = new Set(tree.manifests.map(({ digest }) => digest));
  const subjects = tree.manifests.map(({ digest }) => digest);
  const attachments: Attachment[] = [];
  const list = createLister(ends);
  for (const subject of subjects) {
    const { referrers } = await list(subject);
    if (referrers.length === 0) continue;
    const there = await ends.target.listReferrers(subject);
    const missing = referrers.filter(
      ({ digest }) => !there.referrers.some((other) => other.digest === digest),
    );
    const trees: ImageTree[] = [];
    const lost = new Set<string>();
    for (const { digest } of referrers) {
      if (seen.has(digest)) continue;
      const found = await readReferrer(ends, digest);
      if (found === undefined) lost.add(digest);
      for (const manifest of found?.manifests ?? []) {
        if (!seen.has(manifest.digest)) subjects.push(manifest.digest);
        seen.add(manifest.digest);
      }
      if (found !== undefined && missing.some((referrer) => referrer.digest === digest)) trees.push(found);
    }
    attachments.push({ subject, trees, list: listToKeep(there, missing, lost) });
  }
  return attachments.filter((attachment) => attachment.trees.length > 0 || attachment.list !== undefined);
}

async function readReferrer(
  { source, from, log }: PromotionEnds,
  digest: string,
): Promise<ImageTree | undefined> {
  const manifest = await source.findManifest(digest);
  if (manifest !== undefined) return await readImageTree(source, manifest, from);
  log.info(`${from} lists the referrer ${digest}, but does not have it; it is left out.`);
  return undefined;
}

function listToKeep(
  there: ReferrerList,
  missing: readonly Referrer[],
  lost: ReadonlySet<string>,
): StoredManifest | undefined {
  const added = missing.filter(({ digest }) => !lost.has(digest));
  return there.keptByTag && added.length > 0 ? mergeReferrers(there.referrers, added) : undefined;
}

/** Lists referrers of the source, or none, with a warning, where the credentials may not. */
function createLister({ source, from, log }: PromotionEnds): (digest: string) => Promise<ReferrerList> {
  const none: ReferrerList = { referrers: [], keptByTag: false };
  let denied = false;
  return async (digest) => {
    if (denied) return none;
    try {
      return await source.listReferrers(digest);
    } catch (error) {
      if (!(error instanceof UserError) || error.code !== 'access-denied') throw error;
      denied = true;
      log.warning(`Signatures and attestations of ${from} are not promoted: ${error.message}`);
      return none;
    }
  };
}
