import {
  type AuthorizationData,
  BatchGetImageCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  GetAuthorizationTokenCommand,
  type Repository,
} from '@aws-sdk/client-ecr';
import { digestOf } from '../image/digest.ts';
import type { RegistryLogin } from '../image/image-repository.ts';
import { manifestMediaType, manifestTypes, type StoredManifest } from '../image/manifest.ts';
import type { TagMutability } from '../image/tag-mutability.ts';
import { UserError } from '../message/user-error.ts';
import { attempt, awsFailureKind, isAwsError } from './aws-failure.ts';
import { clientConfig } from './client-config.ts';
import { readSharedProfile } from './shared-profile.ts';

/** What ECR's API tells of one repository, with the permissions that a role needs for pushing anyway. */
export interface EcrRepository {
  /** A login for the registry, good for 12 hours. The registry's address is the API's own answer. */
  authorize(): Promise<RegistryLogin>;
  /** The manifests under these tags; tags that do not exist are left out. Throws UserError `repository-not-found`. */
  findTagged(tags: readonly string[]): Promise<Map<string, StoredManifest>>;
  /** Which tags can never move; undefined for a role without ecr:DescribeRepositories. */
  findTagMutability(): Promise<TagMutability | undefined>;
}

export interface EcrRepositoryOptions {
  readonly repository: string;
  /** The account whose registry it is; the caller's own when undefined. */
  readonly registryId: string | undefined;
  readonly maxRetries: number;
  /** The SDK's own choice when undefined. */
  readonly region?: string | undefined;
  /** A profile of the shared configuration, instead of the SDK's default chain. */
  readonly profile?: string | undefined;
}

// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchGetImage.html
const imagesPerCall = 100;

/** Opens a repository through ECR's API. Nothing is called yet. */
export function openEcrRepository({
  repository,
  registryId,
  maxRetries,
  region,
  profile,
}: EcrRepositoryOptions): EcrRepository {
  const owner = registryId === undefined ? {} : { registryId };
  const base = { ...clientConfig({ maxRetries }), ...(region === undefined ? {} : { region }) };
  let client: ECRClient | undefined;

  async function connect(): Promise<ECRClient> {
    client ??= new ECRClient(
      profile === undefined ? base : { ...base, ...(await readSharedProfile(profile)) },
    );
    return client;
  }

  async function findPart(tags: readonly string[]): Promise<[string, StoredManifest][]> {
    const command = new BatchGetImageCommand({
      ...owner,
      repositoryName: repository,
      imageIds: tags.map((imageTag) => ({ imageTag })),
      acceptedMediaTypes: [...manifestTypes],
    });
    const { images = [] } = await attempt(`ecr:BatchGetImage on repository ${repository}`, () =>
      connect()
        .then((ecr) => ecr.send(command))
        .catch((error: unknown) => {
          throw isAwsError(error, 'RepositoryNotFoundException')
            ? repositoryNotFound(repository, registryId)
            : error;
        }),
    );
    return images.flatMap(({ imageId, imageManifest, imageManifestMediaType }) => {
      if (imageId?.imageTag === undefined || imageManifest === undefined) return [];
      const bytes = Buffer.from(imageManifest, 'utf8');
      const mediaType = imageManifestMediaType ?? manifestMediaType(bytes, `image ${imageId.imageTag}`);
      return [[imageId.imageTag, { digest: imageId.imageDigest ?? digestOf(bytes), mediaType, bytes }]];
    });
  }

  return {
    async authorize() {
      const command = new GetAuthorizationTokenCommand(
        registryId === undefined ? {} : { registryIds: [registryId] },
      );
      const { authorizationData } = await attempt('ecr:GetAuthorizationToken', () =>
        connect().then((ecr) => ecr.send(command)),
      );
      return readLogin(authorizationData?.[0] ?? {});
    },
    async findTagged(tags) {
      const found = new Map<string, StoredManifest>();
      for (let from = 0; from < tags.length; from += imagesPerCall) {
        for (const [tag, manifest] of await findPart(tags.slice(from, from + imagesPerCall))) {
          found.set(tag, manifest);
        }
      }
      return found;
    },
    async findTagMutability() {
      const command = new DescribeRepositoriesCommand({ ...owner, repositoryNames: [repository] });
      const { repositories = [] } = await attempt(`ecr:DescribeRepositories on ${repository}`, () =>
        connect()
          .then((ecr) => ecr.send(command))
          .catch((error: unknown) => {
            if (awsFailureKind(error) === 'access-denied') return { repositories: [] };
            throw error;
          }),
      );
      return repositories[0] === undefined ? undefined : readMutability(repositories[0]);
    },
  };
}

/** @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_Repository.html */
function readMutability({
  imageTagMutability = 'MUTABLE',
  imageTagMutabilityExclusionFilters = [],
}: Repository): TagMutability {
  const exclusions = imageTagMutabilityExclusionFilters.flatMap(({ filter }) => filter ?? []);
  return { immutable: imageTagMutability.startsWith('IMMUTABLE'), exclusions };
}

/**
 * The token is `base64(AWS:password)`, and proxyEndpoint the registry's address with its scheme. Building the address from
 * account and region instead would miss FIPS, dual-stack and the other partitions.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_AuthorizationData.html
 */
function readLogin(data: AuthorizationData): RegistryLogin {
  const [username, ...rest] = Buffer.from(data.authorizationToken ?? '', 'base64')
    .toString('utf8')
    .split(':');
  const password = rest.join(':');
  if (!username || password === '' || data.proxyEndpoint === undefined || !URL.canParse(data.proxyEndpoint)) {
    throw new UserError('request-rejected', 'ECR answered ecr:GetAuthorizationToken without a usable login');
  }
  return { origin: new URL(data.proxyEndpoint).origin, username, password };
}

function repositoryNotFound(repository: string, registryId: string | undefined): UserError {
  const place = registryId === undefined ? "the caller's registry" : `registry ${registryId}`;
  return new UserError(
    'repository-not-found',
    `ECR has no repository "${repository}" in ${place} in this region. Create it (aws ecr create-repository --repository-name ${repository}), or correct the inputs repository and registry-id or AWS_REGION.`,
  );
}
