import { sayBytes } from '../lib/image/byte-size.ts';
import { createImageFinder, type ImageFacts } from '../lib/image/image-facts.ts';
import { treeSizeBytes } from '../lib/image/image-tree.ts';
import { copyImage, isPromoted } from '../lib/image/promotion-copy.ts';
import { type PromotionEnds, type PromotionPlan, planPromotion } from '../lib/image/promotion-plan.ts';
import type { PromotionReport } from '../lib/image/promotion-report.ts';
import type { SourceRepository, TargetRepository } from '../lib/image/promotion-repository.ts';
import { referenceByDigest } from '../lib/image/reference.ts';
import { sayImage } from '../lib/image/registry-place.ts';
import type { Log } from '../lib/message/log.ts';
import { UserError } from '../lib/message/user-error.ts';
import type { Clock } from '../lib/rollout/clock.ts';
import type { PromoteInputs } from './inputs.ts';

/** A repository that can be spoken to, and the host of its registry. */
export interface Opened<T> {
  readonly registry: string;
  readonly repository: T;
}

export interface PromotePorts {
  /** Logs in to the registry of `from`. */
  openSource(end: PromoteInputs['from']): Promise<Opened<SourceRepository>>;
  /** Logs in to the registry of `to`. */
  openTarget(end: PromoteInputs['to']): Promise<Opened<TargetRepository>>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Promotes the image. The order is: the image and its digest, the target and all that can be missing or refused there, then the
 * writes; nothing is written after a failed check, and nothing at all when the target has everything.
 *
 * @throws UserError `image-not-found`, `digest-mismatch`, `repository-not-found`, `tag-immutable`, and what registries refuse
 */
export async function promoteImage(inputs: PromoteInputs, ports: PromotePorts): Promise<PromotionReport> {
  const { from, to, tags } = inputs;
  const { clock, log } = ports;
  const startedAt = clock.now();
  const source = await ports.openSource(from);
  const image = await requireImage(source, inputs);
  const target = await ports.openTarget(to);
  const ends: PromotionEnds = {
    source: source.repository,
    target: target.repository,
    from: `${source.registry}/${from.repository}`,
    to: `${target.registry}/${to.repository}`,
    log,
  };
  const plan = await planPromotion(ends, image, tags);
  log.info(describe(inputs, plan));
  const copied = !isPromoted(plan);
  const mountFrom = source.registry === target.registry ? from.repository : undefined;
  const count = await copyImage(ends, plan, mountFrom);
  const { digest } = image.manifest;
  const endedAt = clock.now();
  return {
    from: sayImage({ ...from, host: source.registry }),
    image: referenceByDigest(target.registry, to.repository, digest),
    digest,
    tags,
    replaced: findReplaced(plan),
    copied,
    platforms: image.platforms,
    labels: image.labels,
    sizeBytes: treeSizeBytes(plan.tree),
    count,
    referrers: countReferrers(plan),
    endedAt,
    durationSeconds: (endedAt - startedAt) / 1000,
  };
}

async function requireImage(
  { registry, repository }: Opened<SourceRepository>,
  { from, expectDigest }: PromoteInputs,
): Promise<ImageFacts> {
  const name = sayImage({ ...from, host: registry });
  const image = await createImageFinder(repository).findImage(from.digest ?? from.tag ?? '');
  if (image === undefined) {
    throw new UserError(
      'image-not-found',
      `There is no image ${name}. Check the tag or digest, the region, and that a lifecycle policy has not expired it.`,
    );
  }
  const { digest } = image.manifest;
  if (expectDigest === undefined || expectDigest === digest) return image;
  throw new UserError(
    'digest-mismatch',
    `${name} is ${digest}, and expect-digest is ${expectDigest}: it is not the image that was tested. Nothing was written. Promote by digest, or find out who moved the tag.`,
  );
}

function describe({ from }: PromoteInputs, { image, tree }: PromotionPlan): string {
  const platforms = image.platforms.length === 0 ? '' : `${image.platforms.join(', ')}; `;
  return `${sayImage(from)} is ${image.manifest.digest} (${platforms}${sayBytes(treeSizeBytes(tree))})`;
}

function findReplaced({ state, image }: PromotionPlan): Map<string, string> {
  const moved = [...state].filter(([, { digest }]) => digest !== image.manifest.digest);
  return new Map(moved.map(([tag, { digest }]) => [tag, digest]));
}

function countReferrers({ attachments }: PromotionPlan): number {
  return attachments.reduce((sum, { trees }) => sum + trees.length, 0);
}
