import { createHash, randomBytes } from 'node:crypto';
import {
  BatchCheckLayerAvailabilityCommand,
  BatchDeleteImageCommand,
  BatchGetImageCommand,
  CompleteLayerUploadCommand,
  CreateRepositoryCommand,
  DeleteRepositoryCommand,
  DescribeImageScanFindingsCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  GetAuthorizationTokenCommand,
  GetDownloadUrlForLayerCommand,
  GetLifecyclePolicyCommand,
  GetRepositoryPolicyCommand,
  InitiateLayerUploadCommand,
  ListImagesCommand,
  ListTagsForResourceCommand,
  PutImageCommand,
  PutImageTagMutabilityCommand,
  PutLifecyclePolicyCommand,
  SetRepositoryPolicyCommand,
  StartImageScanCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UploadLayerPartCommand,
} from '@aws-sdk/client-ecr';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { digestOf } from '../registry/digest.ts';
import {
  imageType,
  indexType,
  pushBlob,
  pushBlobsOfImage,
  putManifest,
  type RegistryFixture,
  startRegistryFixture,
} from '../registry/registry-fixture.ts';
import { imageExists } from './ecr-world.ts';

let registry: RegistryFixture;
let repositoryName: string;
let count = 0;

beforeAll(async () => {
  registry = await startRegistryFixture();
});
afterAll(() => registry.close());
beforeEach(async () => {
  repositoryName = `app${++count}`;
  await registry.ecr.send(new CreateRepositoryCommand({ repositoryName }));
});

/** Pushes an image through the registry and returns its digest. */
async function push(tag: string, content = tag): Promise<string> {
  const manifest = await pushBlobsOfImage(registry, repositoryName, content);
  await putManifest(registry, repositoryName, tag, manifest);
  return digestOf(Buffer.from(manifest));
}

it('issues a login for the registry on its own address, for twelve hours', async () => {
  const { authorizationData } = await registry.ecr.send(new GetAuthorizationTokenCommand({}));
  const data = authorizationData![0]!;
  expect(data.proxyEndpoint).toBe(registry.server.endpoint);
  expect(atob(data.authorizationToken!)).toMatch(/^AWS:.{1500,}$/);
  expect(data.expiresAt!.getTime() - registry.clock.now()).toBe(12 * 60 * 60 * 1000);
});

describe('repositories', () => {
  it('are created and described with ECR’s defaults', async () => {
    const { repositories } = await registry.ecr.send(
      new DescribeRepositoriesCommand({ repositoryNames: [repositoryName] }),
    );
    expect(repositories).toEqual([
      {
        repositoryArn: `arn:aws:ecr:eu-west-1:123456789012:repository/${repositoryName}`,
        registryId: '123456789012',
        repositoryName,
        repositoryUri: `${registry.host}/${repositoryName}`,
        createdAt: new Date(registry.clock.now()),
        imageTagMutability: 'MUTABLE',
        imageScanningConfiguration: { scanOnPush: false },
        encryptionConfiguration: { encryptionType: 'AES256' },
      },
    ]);
  });

  it('keep the settings they are created with', async () => {
    const { repository } = await registry.ecr.send(
      new CreateRepositoryCommand({
        repositoryName: `${repositoryName}/web`,
        imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
        imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: 'latest*' }],
        imageScanningConfiguration: { scanOnPush: true },
        encryptionConfiguration: { encryptionType: 'KMS', kmsKey: 'alias/images' },
        tags: [{ Key: 'team', Value: 'a' }],
      }),
    );
    expect(repository).toMatchObject({
      imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
      imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: 'latest*' }],
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: { encryptionType: 'KMS', kmsKey: 'alias/images' },
    });
    const { repositoryArn: resourceArn } = repository!;
    await registry.ecr.send(new TagResourceCommand({ resourceArn, tags: [{ Key: 'env', Value: 'dev' }] }));
    await registry.ecr.send(new UntagResourceCommand({ resourceArn, tagKeys: ['team'] }));
    const { tags } = await registry.ecr.send(new ListTagsForResourceCommand({ resourceArn }));
    expect(tags).toEqual([{ Key: 'env', Value: 'dev' }]);
  });

  it('are listed in pages', async () => {
    const names: string[] = [];
    let nextToken: string | undefined;
    do {
      const page = await registry.ecr.send(new DescribeRepositoriesCommand({ maxResults: 1, nextToken }));
      expect(page.repositories).toHaveLength(1);
      names.push(page.repositories![0]!.repositoryName!);
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    expect(names).toEqual([...registry.world.store.repositories.keys()].sort());
  });

  it('change their tag mutability', async () => {
    const answer = await registry.ecr.send(
      new PutImageTagMutabilityCommand({ repositoryName, imageTagMutability: 'IMMUTABLE' }),
    );
    expect(answer).toMatchObject({
      registryId: '123456789012',
      repositoryName,
      imageTagMutability: 'IMMUTABLE',
    });
  });

  it('are deleted when empty, or by force', async () => {
    await push('v1');
    await expect(registry.ecr.send(new DeleteRepositoryCommand({ repositoryName }))).rejects.toMatchObject({
      name: 'RepositoryNotEmptyException',
      message: `The repository with name '${repositoryName}' in registry with id '123456789012' cannot be deleted because it still contains images`,
    });
    await registry.ecr.send(new DeleteRepositoryCommand({ repositoryName, force: true }));
    expect(registry.world.store.repositories.has(repositoryName)).toBe(false);
  });

  it.each<[string, () => Promise<unknown>, string, RegExp]>([
    [
      'one that exists',
      () => registry.ecr.send(new CreateRepositoryCommand({ repositoryName })),
      'RepositoryAlreadyExistsException',
      /^The repository with name 'app\d+' already exists in the registry with id '123456789012'$/,
    ],
    [
      'an illegal name',
      () => registry.ecr.send(new CreateRepositoryCommand({ repositoryName: 'Web' })),
      'InvalidParameterException',
      /^Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must satisfy regular expression/,
    ],
    [
      'a missing one',
      () => registry.ecr.send(new DescribeImagesCommand({ repositoryName: 'nowhere' })),
      'RepositoryNotFoundException',
      /^The repository with name 'nowhere' does not exist in the registry with id '123456789012'$/,
    ],
    [
      'another account’s',
      () => registry.ecr.send(new ListImagesCommand({ repositoryName, registryId: '210987654321' })),
      'RepositoryNotFoundException',
      /in the registry with id '210987654321'$/,
    ],
    [
      'filters without exclusion',
      () =>
        registry.ecr.send(
          new PutImageTagMutabilityCommand({
            repositoryName,
            imageTagMutability: 'IMMUTABLE',
            imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: 'x' }],
          }),
        ),
      'InvalidParameterException',
      /imageTagMutabilityExclusionFilters/,
    ],
  ])('answer an error for %s', async (_name, call, name, message) => {
    await expect(call()).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
  });

  it('keep policies', async () => {
    const name = { repositoryName };
    await expect(registry.ecr.send(new GetLifecyclePolicyCommand(name))).rejects.toMatchObject({
      name: 'LifecyclePolicyNotFoundException',
    });
    await expect(registry.ecr.send(new GetRepositoryPolicyCommand(name))).rejects.toMatchObject({
      name: 'RepositoryPolicyNotFoundException',
    });
    await expect(
      registry.ecr.send(new PutLifecyclePolicyCommand({ ...name, lifecyclePolicyText: '{' })),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await registry.ecr.send(new PutLifecyclePolicyCommand({ ...name, lifecyclePolicyText: '{"rules":[]}' }));
    await registry.ecr.send(new SetRepositoryPolicyCommand({ ...name, policyText: '{}' }));
    expect(await registry.ecr.send(new GetLifecyclePolicyCommand(name))).toMatchObject({
      lifecyclePolicyText: '{"rules":[]}',
    });
    expect(await registry.ecr.send(new GetRepositoryPolicyCommand(name))).toMatchObject({ policyText: '{}' });
  });
});

describe('images', () => {
  it('are described with tags, size and media type', async () => {
    const digest = await push('v1', 'four');
    await push('v2', 'four');
    const { imageDetails } = await registry.ecr.send(
      new DescribeImagesCommand({ repositoryName, imageIds: [{ imageTag: 'v2' }] }),
    );
    expect(imageDetails).toEqual([
      {
        registryId: '123456789012',
        repositoryName,
        imageDigest: digest,
        imageTags: ['v1', 'v2'],
        imageSizeInBytes: 4,
        imagePushedAt: new Date(registry.clock.now()),
        imageManifestMediaType: imageType,
        imageStatus: 'ACTIVE',
      },
    ]);
  });

  it('are listed by tag, untagged ones too', async () => {
    const first = await push('v1');
    const second = await push('v1', 'moved');
    const list = async (tagStatus: 'TAGGED' | 'UNTAGGED') =>
      (await registry.ecr.send(new ListImagesCommand({ repositoryName, filter: { tagStatus } }))).imageIds;
    expect(await list('TAGGED')).toEqual([{ imageDigest: second, imageTag: 'v1' }]);
    expect(await list('UNTAGGED')).toEqual([{ imageDigest: first }]);
  });

  it('are given back with their manifests, and missing ones as failures', async () => {
    const digest = await push('v1');
    const { images, failures } = await registry.ecr.send(
      new BatchGetImageCommand({ repositoryName, imageIds: [{ imageTag: 'v1' }, { imageTag: 'v9' }] }),
    );
    expect(images).toMatchObject([
      { imageId: { imageDigest: digest, imageTag: 'v1' }, imageManifestMediaType: imageType },
    ]);
    expect(digestOf(Buffer.from(images![0]!.imageManifest!))).toBe(digest);
    expect(failures).toEqual([
      {
        imageId: { imageTag: 'v9' },
        failureCode: 'ImageNotFound',
        failureReason: 'Requested image not found',
      },
    ]);
  });

  it('that are missing are an error where one is described', async () => {
    await expect(
      registry.ecr.send(new DescribeImagesCommand({ repositoryName, imageIds: [{ imageTag: 'v9' }] })),
    ).rejects.toMatchObject({
      name: 'ImageNotFoundException',
      message: `The image with imageId {imageDigest:'null', imageTag:'v9'} does not exist within the repository with name '${repositoryName}' in the registry with id '123456789012'`,
    });
  });

  it('get a new tag by PutImage, but not the same one again', async () => {
    const digest = await push('v1');
    const imageManifest = await pushBlobsOfImage(registry, repositoryName, 'v1');
    const put = (imageTag: string) =>
      registry.ecr.send(new PutImageCommand({ repositoryName, imageManifest, imageTag }));
    expect((await put('prod')).image?.imageId).toEqual({ imageDigest: digest, imageTag: 'prod' });
    await expect(put('prod')).rejects.toMatchObject({
      name: 'ImageAlreadyExistsException',
      message: `Image with digest '${digest}' and tag 'prod' already exists in the repository with name '${repositoryName}' in registry with id '123456789012'`,
    });
  });

  it.each<[string, (manifest: string) => object, string]>([
    ['a taken immutable tag', () => ({ imageTag: 'v1' }), 'ImageTagAlreadyExistsException'],
    [
      'another digest',
      () => ({ imageDigest: digestOf(Buffer.from('x')) }),
      'ImageDigestDoesNotMatchException',
    ],
    [
      'layers that were never pushed',
      (manifest) => ({ imageManifest: manifest.replaceAll(/sha256:\w/g, 'sha256:f') }),
      'LayersNotFoundException',
    ],
  ])('are refused by PutImage with %s', async (_name, change, error) => {
    await push('v1');
    await registry.ecr.send(
      new PutImageTagMutabilityCommand({ repositoryName, imageTagMutability: 'IMMUTABLE' }),
    );
    const imageManifest = await pushBlobsOfImage(registry, repositoryName, 'second');
    await expect(
      registry.ecr.send(new PutImageCommand({ repositoryName, imageManifest, ...change(imageManifest) })),
    ).rejects.toMatchObject({ name: error });
  });

  it('are deleted by tag or digest, but not under an index', async () => {
    const digest = await push('v1');
    const index = JSON.stringify({
      schemaVersion: 2,
      mediaType: indexType,
      manifests: [{ mediaType: imageType, digest, size: 1 }],
    });
    await putManifest(registry, repositoryName, 'multi', index, indexType);
    const remove = (imageIds: { imageTag?: string; imageDigest?: string }[]) =>
      registry.ecr.send(new BatchDeleteImageCommand({ repositoryName, imageIds }));
    const indexDigest = digestOf(Buffer.from(index));
    expect((await remove([{ imageDigest: digest }])).failures).toEqual([
      {
        imageId: { imageDigest: digest },
        failureCode: 'ImageReferencedByManifestList',
        failureReason: `Requested image referenced by manifest list: [${indexDigest}]`,
      },
    ]);
    expect((await remove([{ imageTag: 'multi' }, { imageDigest: digest }])).imageIds).toEqual([
      { imageDigest: indexDigest, imageTag: 'multi' },
      { imageDigest: digest, imageTag: 'v1' },
    ]);
  });

  it('exist by tag and digest, in this registry only', async () => {
    const digest = await push('v1');
    const at = `${registry.host}/${repositoryName}`;
    const other = digestOf(Buffer.from('x'));
    const references = [
      `${at}:v1`,
      `${at}@${digest}`,
      `${at}:gone@${digest}`,
      at,
      `${at}:v2`,
      `${at}@${other}`,
      `${at}x:v1`,
      `docker.io/${repositoryName}:v1`,
      '',
    ];
    expect(references.filter((reference) => imageExists(registry.world, reference))).toEqual(
      references.slice(0, 3),
    );
  });
});

describe('layers by API', () => {
  it('are uploaded in parts and can be downloaded', async () => {
    const content = randomBytes(1000);
    const layerDigest = `sha256:${createHash('sha256').update(content).digest('hex')}`;
    const { uploadId } = await registry.ecr.send(new InitiateLayerUploadCommand({ repositoryName }));
    const part = (first: number, last: number) =>
      registry.ecr.send(
        new UploadLayerPartCommand({
          repositoryName,
          uploadId,
          partFirstByte: first,
          partLastByte: last,
          layerPartBlob: content.subarray(first, last + 1),
        }),
      );
    await part(0, 599);
    await expect(part(700, 999)).rejects.toMatchObject({
      name: 'InvalidLayerPartException',
      lastValidByteReceived: 599,
    });
    expect((await part(600, 999)).lastByteReceived).toBe(999);
    await registry.ecr.send(
      new CompleteLayerUploadCommand({ repositoryName, uploadId, layerDigests: [layerDigest] }),
    );
    const { downloadUrl } = await registry.ecr.send(
      new GetDownloadUrlForLayerCommand({ repositoryName, layerDigest }),
    );
    const downloaded = await (await fetch(downloadUrl!)).arrayBuffer();
    expect(content.equals(Buffer.from(downloaded))).toBe(true);
  });

  it('say which are there', async () => {
    const there = await pushBlob(registry, repositoryName, 'layer');
    const missing = digestOf(Buffer.from('x'));
    const { layers, failures } = await registry.ecr.send(
      new BatchCheckLayerAvailabilityCommand({ repositoryName, layerDigests: [there, missing, 'sha256:1'] }),
    );
    expect(layers).toMatchObject([
      { layerDigest: there, layerAvailability: 'AVAILABLE', layerSize: 5 },
      { layerDigest: missing, layerAvailability: 'UNAVAILABLE' },
    ]);
    expect(failures).toMatchObject([{ layerDigest: 'sha256:1', failureCode: 'InvalidLayerDigest' }]);
  });

  it.each<[string, string[], string]>([
    ['a wrong digest', [digestOf(Buffer.from('x'))], 'InvalidLayerException'],
    ['no digest', ['latest'], 'InvalidParameterException'],
  ])('are refused with %s', async (_name, layerDigests, name) => {
    const { uploadId } = await registry.ecr.send(new InitiateLayerUploadCommand({ repositoryName }));
    await expect(
      registry.ecr.send(new CompleteLayerUploadCommand({ repositoryName, uploadId, layerDigests })),
    ).rejects.toMatchObject({ name });
  });
});

describe('scans', () => {
  const find = (imageTag: string) =>
    registry.ecr.send(new DescribeImageScanFindingsCommand({ repositoryName, imageId: { imageTag } }));

  it('find what they are told to, after a while, once a day', async () => {
    const imageDigest = await push('v1');
    registry.world.findings.set(imageDigest, [
      { name: 'CVE-2026-0001', severity: 'HIGH', attributes: { package_name: 'zlib' } },
      { name: 'CVE-2026-0002', severity: 'HIGH' },
    ]);
    await expect(find('v1')).rejects.toMatchObject({ name: 'ScanNotFoundException' });
    const start = () =>
      registry.ecr.send(new StartImageScanCommand({ repositoryName, imageId: { imageDigest } }));
    expect((await start()).imageScanStatus).toEqual({ status: 'IN_PROGRESS' });
    expect((await find('v1')).imageScanStatus?.status).toBe('IN_PROGRESS');
    registry.clock.advance(20_000);
    const { imageScanStatus, imageScanFindings } = await find('v1');
    expect(imageScanStatus?.status).toBe('COMPLETE');
    expect(imageScanFindings).toMatchObject({
      findingSeverityCounts: { HIGH: 2 },
      findings: [
        { name: 'CVE-2026-0001', severity: 'HIGH', attributes: [{ key: 'package_name', value: 'zlib' }] },
        { name: 'CVE-2026-0002', severity: 'HIGH' },
      ],
    });
    await expect(start()).rejects.toMatchObject({ name: 'LimitExceededException' });
    const { imageDetails } = await registry.ecr.send(new DescribeImagesCommand({ repositoryName }));
    expect(imageDetails![0]!.imageScanFindingsSummary?.findingSeverityCounts).toEqual({ HIGH: 2 });
  });

  it('start with the push where the repository says so', async () => {
    registry.world.store.repositories.get(repositoryName)!.scanOnPush = true;
    await push('v1');
    expect((await find('v1')).imageScanStatus?.status).toBe('IN_PROGRESS');
  });
});
