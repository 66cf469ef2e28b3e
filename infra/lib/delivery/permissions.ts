import type { EnvironmentConfig } from '../config/environment-config.ts';
import { type AppNames, nameAppResources, nameBootstrapQualifier } from '../config/names.ts';
import { allow, type Place, type PolicyStatement } from './policy.ts';

const read = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'] as const;
const push = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:InitiateLayerUpload',
  'ecr:UploadLayerPart',
  'ecr:CompleteLayerUpload',
  'ecr:PutImage',
] as const;
/** Which tags may move, and what the scan found. */
const inspect = ['ecr:DescribeRepositories', 'ecr:DescribeImageScanFindings'] as const;

/** Pushes images of this environment's apps; where images are promoted, reads the source's too. */
export function permitBuild(config: EnvironmentConfig, place: Place): PolicyStatement[] {
  const repositories = (environment: string, account: string) =>
    listApps(config, environment).map(
      ({ repository }) => `arn:${place.partition}:ecr:${place.region}:${account}:repository/${repository}`,
    );
  const source = config.delivery.promotesFrom;
  return [
    allow('LogIn', ['ecr:GetAuthorizationToken'], ['*']),
    allow('Push', [...read, ...push, ...inspect], repositories(config.name, place.account)),
    ...(source === undefined
      ? []
      : [allow('ReadProved', read, repositories(source.environment, source.account ?? place.account))]),
  ];
}

export interface SiteArns {
  readonly buckets: readonly string[];
  readonly distributions: readonly string[];
}

/** Uploads sites and clears their caches. */
export function permitSites(sites: SiteArns): PolicyStatement[] {
  if (sites.buckets.length === 0) return [];
  return [
    allow('ListSite', ['s3:ListBucket'], sites.buckets),
    allow(
      'UploadSite',
      ['s3:PutObject', 's3:DeleteObject'],
      sites.buckets.map((bucket) => `${bucket}/*`),
    ),
    allow('Invalidate', ['cloudfront:CreateInvalidation', 'cloudfront:GetInvalidation'], sites.distributions),
  ];
}

/** CDK's bootstrap roles do the work; ours may only take them. */
export function permitInfra(
  config: EnvironmentConfig,
  place: Place,
  kinds: readonly string[],
): PolicyStatement[] {
  const qualifier = nameBootstrapQualifier(config.name);
  return [
    allow(
      'TakeCdkRoles',
      ['sts:AssumeRole'],
      kinds.map(
        (kind) =>
          `arn:${place.partition}:iam::${place.account}:role/cdk-${qualifier}-${kind}-role-${place.account}-${place.region}`,
      ),
    ),
  ];
}

function listApps(config: EnvironmentConfig, environment: string): AppNames[] {
  return Object.keys(config.apps).map((app) => nameAppResources(environment, app));
}
