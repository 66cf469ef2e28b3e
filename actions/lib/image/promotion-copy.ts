import { sayBytes } from './byte-size.ts';
import { shortDigest } from './digest.ts';
import { forEachParallel } from './for-each-parallel.ts';
import { type ImageTree, treeSizeBytes } from './image-tree.ts';
import type { PromotionEnds, PromotionPlan } from './promotion-plan.ts';
import type { BlobOutcome } from './promotion-repository.ts';
import { referrersTag } from './referrers.ts';
import { tagImage } from './tag-image.ts';

/** Bytes of configurations and layers by what had to be done for them. */
export type TransferCount = Readonly<Record<BlobOutcome, number>>;

/**
 * Writes what a plan found missing: blobs, then manifests with their children first, then what refers to them, and the tags
 * last, so that whoever pulls by tag finds everything there. Manifests keep their bytes.
 *
 * @param mountFrom the source's name where both repositories are in one registry
 */
export async function copyImage(
  ends: PromotionEnds,
  plan: PromotionPlan,
  mountFrom: string | undefined,
): Promise<TransferCount> {
  const { target, to } = ends;
  const count = { present: 0, mounted: 0, uploaded: 0 };
  const done = new Set<string>();
  const copy = (tree: ImageTree): Promise<void> => copyTree(ends, tree, { mountFrom, count, done });

  if (plan.present) count.present += treeSizeBytes(plan.tree);
  else await copy(plan.tree);
  for (const { subject, trees, list } of plan.attachments) {
    for (const tree of trees) await copy(tree);
    if (list !== undefined) await target.putManifest(referrersTag(subject), list);
  }
  const { tags, tagged, state, image } = plan;
  await tagImage({ repository: target, name: to, manifest: image.manifest, tags, tagged, state });
  return count;
}

/** True where a plan has nothing to write. */
export function isPromoted({ present, attachments, tags, tagged }: PromotionPlan): boolean {
  return present && attachments.length === 0 && tagged.length === tags.length;
}

interface Progress {
  readonly mountFrom: string | undefined;
  readonly count: Record<BlobOutcome, number>;
  /** Digests of blobs that the target has by now. */
  readonly done: Set<string>;
}

async function copyTree(
  { source, target, log }: PromotionEnds,
  tree: ImageTree,
  { mountFrom, count, done }: Progress,
): Promise<void> {
  const blobs = tree.blobs.filter(({ digest }) => !done.has(digest));
  await forEachParallel(blobs, async (blob, signal) => {
    const outcome = await target.copyBlob(source.openBlob(blob), mountFrom, signal);
    count[outcome] += blob.sizeBytes;
    done.add(blob.digest);
    if (outcome !== 'present') {
      const what = outcome === 'mounted' ? 'Mounted' : 'Copied';
      log.info(`${what} ${shortDigest(blob.digest)} (${sayBytes(blob.sizeBytes)})`);
    }
  });
  for (const manifest of tree.manifests) await target.putManifest(manifest.digest, manifest);
}
