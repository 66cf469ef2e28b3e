import type { Repository } from '../registry/repository.ts';
import { AwsError, type Json, type Operation } from '../server/service.ts';
import { nameRepository, paginate, readRepository, readStructure } from './ecr-input.ts';
import type { EcrWorld, Finding } from './ecr-world.ts';
import { type ImageId, requireImage } from './image-id.ts';

const scanMilliseconds = 20_000;
// https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-basic.html: once per image in 24 hours.
const quotaMilliseconds = 24 * 60 * 60 * 1000;

/** Basic scanning. What it finds is up to `world.findings`. */
export function scanOperations(world: EcrWorld): Record<string, Operation> {
  return {
    StartImageScan(input, { now }) {
      const repository = readRepository(world, input);
      const id = readImageId(input);
      const { digest, manifest } = requireImage(repository, id);
      if (manifest.kind === 'index')
        throw new AwsError(
          'UnsupportedImageTypeException',
          `The image type of '${digest}' is not supported for scanning.`,
        );
      const earlier = repository.scans.get(digest);
      if (earlier !== undefined && now - earlier.startedAt < quotaMilliseconds)
        throw new AwsError(
          'LimitExceededException',
          'The scan quota per image has been exceeded. Wait and try again.',
        );
      repository.scans.set(digest, { startedAt: now });
      return {
        ...nameRepository(repository),
        imageId: { ...id, imageDigest: digest },
        imageScanStatus: { status: 'IN_PROGRESS' },
      };
    },
    DescribeImageScanFindings(input, { now }) {
      const repository = readRepository(world, input);
      const id = readImageId(input);
      const { digest } = requireImage(repository, id);
      const scan = repository.scans.get(digest);
      if (scan === undefined) throw scanNotFound(repository, { ...id, imageDigest: digest });
      const common = { ...nameRepository(repository), imageId: { ...id, imageDigest: digest } };
      const completedAt = scan.startedAt + scanMilliseconds;
      if (now < completedAt) return { ...common, imageScanStatus: { status: 'IN_PROGRESS' } };
      const all = world.findings.get(digest) ?? [];
      const { page, next } = paginate(input, all);
      return {
        ...common,
        imageScanStatus: { status: 'COMPLETE', description: 'The scan was completed successfully.' },
        imageScanFindings: { ...summarize(all, completedAt), findings: page.map(describeFinding) },
        ...next,
      };
    },
  };
}

/** The scan's part of an image's details; nothing where it was never scanned. */
export function describeScan(world: EcrWorld, repository: Repository, digest: string, now: number): Json {
  const scan = repository.scans.get(digest);
  if (scan === undefined) return {};
  const completedAt = scan.startedAt + scanMilliseconds;
  if (now < completedAt) return { imageScanStatus: { status: 'IN_PROGRESS' } };
  return {
    imageScanStatus: { status: 'COMPLETE', description: 'The scan was completed successfully.' },
    imageScanFindingsSummary: summarize(world.findings.get(digest) ?? [], completedAt),
  };
}

function summarize(findings: readonly Finding[], completedAt: number): Json {
  const counts: Record<string, number> = {};
  for (const { severity } of findings) counts[severity] = (counts[severity] ?? 0) + 1;
  return {
    imageScanCompletedAt: new Date(completedAt),
    vulnerabilitySourceUpdatedAt: new Date(completedAt),
    findingSeverityCounts: counts,
  };
}

function describeFinding({ attributes = {}, ...finding }: Finding): Json {
  return { ...finding, attributes: Object.entries(attributes).map(([key, value]) => ({ key, value })) };
}

function readImageId(input: Json): ImageId {
  return readStructure(input, 'imageId');
}

function scanNotFound(repository: Repository, { imageDigest, imageTag }: ImageId): AwsError {
  return new AwsError(
    'ScanNotFoundException',
    `Image scan does not exist for the image with '{imageDigest:'${imageDigest ?? 'null'}', imageTag:'${imageTag ?? 'null'}'}' in the repository with name '${repository.name}' in the registry with id '${repository.registryId}'`,
  );
}
