import {
  type Repository,
  repositoryNotFound,
  type TagMutability,
  type TagMutabilityMode,
  tagMutabilityModes,
} from '../registry/repository.ts';
import { AwsError, type Json, type Operation } from '../server/service.ts';
import {
  invalidParameter,
  nameRepository,
  paginate,
  readList,
  readOptionalText,
  readRepository,
  readStructure,
  readText,
} from './ecr-input.ts';
import type { EcrWorld } from './ecr-world.ts';

const namePattern = /^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/;

interface ResourceTag {
  readonly Key: string;
  readonly Value: string;
}

/** Repositories and their settings. @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_Operations.html */
export function repositoryOperations(world: EcrWorld): Record<string, Operation> {
  const { store } = world;
  return {
    CreateRepository(input, { now, region }) {
      const name = readText(input, 'repositoryName');
      if (name.length < 2 || !namePattern.test(name))
        throw invalidParameter('repositoryName', `must satisfy regular expression '${namePattern.source}'`);
      if (store.repositories.has(name)) throw alreadyExists(name, store.registryId);
      const repository: Repository = {
        name,
        registryId: store.registryId,
        arn: `arn:aws:ecr:${region}:${store.registryId}:repository/${name}`,
        createdAt: now,
        encryption: { encryptionType: 'AES256', ...readStructure(input, 'encryptionConfiguration') },
        tagMutability: readMutability(input),
        scanOnPush: readStructure(input, 'imageScanningConfiguration')['scanOnPush'] === true,
        lifecyclePolicy: undefined,
        policyText: undefined,
        resourceTags: new Map(readList<ResourceTag>(input, 'tags').map(({ Key, Value }) => [Key, Value])),
        blobs: new Set(),
        images: new Map(),
        imageTags: new Map(),
        scans: new Map(),
      };
      store.repositories.set(name, repository);
      return { repository: describe(world, repository) };
    },
    DescribeRepositories(input) {
      const names = readList<string>(input, 'repositoryNames');
      const all =
        names.length > 0
          ? names.map((repositoryName) => readRepository(world, { ...input, repositoryName }))
          : [...store.repositories.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
      const { page, next } = paginate(input, all);
      return { repositories: page.map((repository) => describe(world, repository)), ...next };
    },
    DeleteRepository(input) {
      const repository = readRepository(world, input);
      if (repository.images.size > 0 && input['force'] !== true) throw notEmpty(repository);
      store.repositories.delete(repository.name);
      return { repository: describe(world, repository) };
    },
    PutImageTagMutability(input) {
      const repository = readRepository(world, input);
      readText(input, 'imageTagMutability');
      repository.tagMutability = readMutability(input);
      return { ...nameRepository(repository), ...describeMutability(repository.tagMutability) };
    },
    PutImageScanningConfiguration(input) {
      const repository = readRepository(world, input);
      repository.scanOnPush = readStructure(input, 'imageScanningConfiguration')['scanOnPush'] === true;
      return {
        ...nameRepository(repository),
        imageScanningConfiguration: { scanOnPush: repository.scanOnPush },
      };
    },
    TagResource(input) {
      const { resourceTags } = findByArn(world, input);
      for (const { Key, Value } of readList<ResourceTag>(input, 'tags')) resourceTags.set(Key, Value);
      return {};
    },
    UntagResource(input) {
      const { resourceTags } = findByArn(world, input);
      for (const key of readList<string>(input, 'tagKeys')) resourceTags.delete(key);
      return {};
    },
    ListTagsForResource(input) {
      const { resourceTags } = findByArn(world, input);
      return { tags: [...resourceTags].map(([Key, Value]) => ({ Key, Value })) };
    },
  };
}

function describe(world: EcrWorld, repository: Repository): Json {
  return {
    repositoryArn: repository.arn,
    ...nameRepository(repository),
    repositoryUri: `${new URL(world.endpoint()).host}/${repository.name}`,
    createdAt: new Date(repository.createdAt),
    ...describeMutability(repository.tagMutability),
    imageScanningConfiguration: { scanOnPush: repository.scanOnPush },
    encryptionConfiguration: repository.encryption,
  };
}

function describeMutability({ mode, exclusions }: TagMutability): Json {
  if (exclusions.length === 0) return { imageTagMutability: mode };
  return {
    imageTagMutability: mode,
    imageTagMutabilityExclusionFilters: exclusions.map((filter) => ({ filterType: 'WILDCARD', filter })),
  };
}

function readMutability(input: Json): TagMutability {
  const text = readOptionalText(input, 'imageTagMutability') ?? 'MUTABLE';
  const mode: TagMutabilityMode | undefined = tagMutabilityModes.find((candidate) => candidate === text);
  if (mode === undefined)
    throw invalidParameter(
      'imageTagMutability',
      `must satisfy enum value set: [${tagMutabilityModes.join(', ')}]`,
    );
  const exclusions = readList<{ filter: string }>(input, 'imageTagMutabilityExclusionFilters').map(
    ({ filter }) => filter,
  );
  if (mode.endsWith('_WITH_EXCLUSION') !== exclusions.length > 0)
    throw invalidParameter('imageTagMutabilityExclusionFilters', `does not fit imageTagMutability ${mode}`);
  return { mode, exclusions };
}

function findByArn(world: EcrWorld, input: Json): Repository {
  const arn = readText(input, 'resourceArn');
  const name = arn.slice(arn.indexOf(':repository/') + ':repository/'.length);
  const repository = world.store.repositories.get(name);
  if (repository?.arn !== arn) throw repositoryNotFound(name, world.store.registryId);
  return repository;
}

function alreadyExists(name: string, registryId: string): AwsError {
  return new AwsError(
    'RepositoryAlreadyExistsException',
    `The repository with name '${name}' already exists in the registry with id '${registryId}'`,
  );
}

function notEmpty({ name, registryId }: Repository): AwsError {
  return new AwsError(
    'RepositoryNotEmptyException',
    `The repository with name '${name}' in registry with id '${registryId}' cannot be deleted because it still contains images`,
  );
}
