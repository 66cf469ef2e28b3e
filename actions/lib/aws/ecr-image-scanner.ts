import {
  type DescribeImageScanFindingsCommandOutput,
  ECRClient,
  type EnhancedImageScanFinding,
  type ImageScanFinding,
  paginateDescribeImageScanFindings,
  StartImageScanCommand,
} from '@aws-sdk/client-ecr';
import type { ImageScanner, ScanState } from '../image/image-scanner.ts';
import { parseSeverity, type ScanFinding } from '../image/scan-finding.ts';
import { cleanRemoteLine } from '../message/remote-text.ts';
import { attempt, awsFailureKind, isAwsError } from './aws-failure.ts';
import { clientConfig } from './client-config.ts';
import type { EcrRepositoryOptions } from './ecr-repository.ts';

/**
 * Scans by ECR: basic scanning, which ends, or enhanced scanning by Amazon Inspector, which goes on for ever.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html
 */
export function openEcrImageScanner({
  repository,
  registryId,
  maxRetries,
}: Pick<EcrRepositoryOptions, 'repository' | 'registryId' | 'maxRetries'>): ImageScanner {
  const client = new ECRClient(clientConfig({ maxRetries }));
  const nameImage = (imageDigest: string) => ({
    repositoryName: repository,
    imageId: { imageDigest },
    ...(registryId === undefined ? {} : { registryId }),
  });

  async function readPages(digest: string): Promise<DescribeImageScanFindingsCommandOutput[]> {
    const pages: DescribeImageScanFindingsCommandOutput[] = [];
    const paging = paginateDescribeImageScanFindings({ client, pageSize: 1000 }, nameImage(digest));
    try {
      for await (const page of paging) pages.push(page);
    } catch (error) {
      if (!isAwsError(error, 'ScanNotFoundException')) throw error;
    }
    return pages;
  }

  return {
    async findScan(digest) {
      const what = `ecr:DescribeImageScanFindings on repository ${repository}`;
      return readState(await attempt(what, () => readPages(digest)));
    },
    async startScan(digest) {
      const what = `ecr:StartImageScan on repository ${repository}`;
      return attempt(what, () =>
        client.send(new StartImageScanCommand(nameImage(digest))).then(() => undefined, refusalOf),
      );
    },
  };
}

/** Why there will be no scan. A scan that was asked for in the last 24 hours is as good as one that is asked for now. */
function refusalOf(error: unknown): string | undefined {
  if (isAwsError(error, 'LimitExceededException')) return undefined;
  if (awsFailureKind(error) === 'access-denied') return 'the role may not call ecr:StartImageScan';
  const refused = ['ValidationException', 'UnsupportedImageTypeException'].some((name) =>
    isAwsError(error, name),
  );
  if (refused && error instanceof Error) return cleanRemoteLine(error.message);
  throw error;
}

// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageScanStatus.html
function readState(pages: readonly DescribeImageScanFindingsCommandOutput[]): ScanState {
  const { status, description = '' } = pages[0]?.imageScanStatus ?? {};
  switch (status) {
    case undefined:
      return { kind: 'missing' };
    case 'IN_PROGRESS':
    case 'PENDING':
      return { kind: 'running' };
    case 'COMPLETE':
    case 'ACTIVE':
      return { kind: 'done', continuous: status === 'ACTIVE', findings: pages.flatMap(readFindings) };
    default:
      return { kind: 'unscannable', reason: cleanRemoteLine(`${status} ${description}`).trim() };
  }
}

function readFindings({ imageScanFindings = {} }: DescribeImageScanFindingsCommandOutput): ScanFinding[] {
  const { findings = [], enhancedFindings = [] } = imageScanFindings;
  return [...findings.map(readBasic), ...enhancedFindings.filter(isOpen).map(readEnhanced)];
}

function readBasic({ name = '', severity, attributes = [] }: ImageScanFinding): ScanFinding {
  const attribute = (key: string): string | undefined => attributes.find((one) => one.key === key)?.value;
  return {
    name,
    severity: parseSeverity(severity),
    packageName: joinWords(attribute('package_name'), attribute('package_version')),
    // Basic scanning does not say.
    fixedIn: undefined,
  };
}

// Inspector keeps what was suppressed by a rule, and what is mended.
function isOpen({ status = 'ACTIVE' }: EnhancedImageScanFinding): boolean {
  return status === 'ACTIVE';
}

function readEnhanced({
  title = '',
  severity,
  packageVulnerabilityDetails,
}: EnhancedImageScanFinding): ScanFinding {
  const { vulnerabilityId, vulnerablePackages = [] } = packageVulnerabilityDetails ?? {};
  const [first] = vulnerablePackages;
  return {
    name: vulnerabilityId ?? title,
    severity: parseSeverity(severity === 'UNTRIAGED' ? 'undefined' : severity),
    packageName: joinWords(first?.name, first?.version),
    fixedIn: first?.fixedInVersion,
  };
}

function joinWords(name: string | undefined, version: string | undefined): string | undefined {
  return name === undefined ? undefined : [name, version].filter((word) => word !== undefined).join(' ');
}
