import { CreateRepositoryCommand, PutImageCommand, PutImageTagMutabilityCommand } from '@aws-sdk/client-ecr';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  pushBlobsOfImage,
  type RegistryFixture,
  startRegistryFixture,
} from '../../../rehearsal/registry/registry-fixture.ts';
import { AwsError } from '../../../rehearsal/server/service.ts';
import { digestOf } from '../image/digest.ts';
import { openEcrRepository } from './ecr-repository.ts';

const before = { ...process.env };
let registry: RegistryFixture;

beforeEach(async () => {
  registry = await startRegistryFixture();
  await registry.ecr.send(new CreateRepositoryCommand({ repositoryName: 'web' }));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: registry.server.endpoint,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIAREHEARSAL0000000',
    AWS_SECRET_ACCESS_KEY: 'rehearsal',
  });
});
afterEach(async () => {
  process.env = { ...before };
  await registry.close();
});

const open = (repository = 'web', registryId?: string, region?: string) =>
  openEcrRepository({ repository, registryId, maxRetries: 0, region });
const inputsOf = (operation: string): unknown[] =>
  registry.server.calls.filter((call) => call.operation === operation).map(({ input }) => input);

async function pushTags(...tags: string[]): Promise<string> {
  const imageManifest = await pushBlobsOfImage(registry, 'web', 'layer');
  for (const imageTag of tags) {
    await registry.ecr.send(new PutImageCommand({ repositoryName: 'web', imageManifest, imageTag }));
  }
  return imageManifest;
}

describe('a login', () => {
  it('has the address that the API gives, scheme kept', async () => {
    const login = await open().authorize();
    expect(login.origin).toBe(registry.server.endpoint);
    expect(login.username).toBe('AWS');
    const authorization = `Basic ${Buffer.from(`AWS:${login.password}`).toString('base64')}`;
    expect((await fetch(`${login.origin}/v2/`, { headers: { authorization } })).status).toBe(200);
  });

  it('is asked for the registry given', async () => {
    await open('web', '123456789012').authorize();
    expect(inputsOf('GetAuthorizationToken').at(-1)).toEqual({ registryIds: ['123456789012'] });
  });

  it('is asked for in the region given, else in the environment’s', async () => {
    const host = '999999999999.dkr.ecr';
    expect((await open('web', '999999999999').authorize()).origin).toBe(
      `https://${host}.eu-west-1.amazonaws.com`,
    );
    const { origin } = await open('web', '999999999999', 'us-east-1').authorize();
    expect(origin).toBe(`https://${host}.us-east-1.amazonaws.com`);
  });

  it.each([
    ['AccessDeniedException', 'access-denied', 'AWS denied ecr:GetAuthorizationToken'],
    ['ExpiredTokenException', 'credentials-expired', 'credentials expired'],
  ])('that AWS refuses with %s is a clear error', async (name, code, sentence) => {
    registry.server.faults.push({
      service: 'ecr',
      operation: 'GetAuthorizationToken',
      fault: { error: new AwsError(name, 'No.') },
    });
    await expect(open().authorize()).rejects.toMatchObject({
      code,
      message: expect.stringContaining(sentence),
    });
  });
});

describe('the images under tags', () => {
  it('are found with their bytes, and missing tags left out', async () => {
    const manifest = await pushTags('v1', 'main');
    const found = await open().findTagged(['v1', 'v2', 'main']);
    expect([...found.keys()].sort()).toEqual(['main', 'v1']);
    expect(found.get('v1')).toMatchObject({ digest: digestOf(Buffer.from(manifest)) });
    expect(Buffer.from(found.get('v1')?.bytes ?? []).toString()).toBe(manifest);
  });

  it('are asked for by the hundred', async () => {
    await pushTags('t150');
    const tags = Array.from({ length: 201 }, (_, number) => `t${number}`);
    expect([...(await open().findTagged(tags)).keys()]).toEqual(['t150']);
    expect(inputsOf('BatchGetImage')).toHaveLength(3);
  });

  it('of a missing repository: the error names it and how to create it', async () => {
    await expect(open('other').findTagged(['v1'])).rejects.toMatchObject({
      code: 'repository-not-found',
      message: expect.stringContaining('aws ecr create-repository --repository-name other'),
    });
  });

  it('need ecr:BatchGetImage, and the error says so', async () => {
    const error = new AwsError('AccessDeniedException', 'not authorized to perform: ecr:BatchGetImage');
    registry.server.faults.push({ service: 'ecr', operation: 'BatchGetImage', fault: { error } });
    await expect(open().findTagged(['v1'])).rejects.toMatchObject({
      code: 'access-denied',
      message: expect.stringContaining('ecr:BatchGetImage on repository web'),
    });
  });
});

describe('which tags can never move', () => {
  it('is said by the repository', async () => {
    expect(await open().findTagMutability()).toEqual({ immutable: false, exclusions: [] });
    await registry.ecr.send(
      new PutImageTagMutabilityCommand({
        repositoryName: 'web',
        imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
        imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: 'dev-*' }],
      }),
    );
    expect(await open().findTagMutability()).toEqual({ immutable: true, exclusions: ['dev-*'] });
  });

  it('is not known to a role that may not ask', async () => {
    const error = new AwsError(
      'AccessDeniedException',
      'not authorized to perform: ecr:DescribeRepositories',
    );
    registry.server.faults.push({ service: 'ecr', operation: 'DescribeRepositories', fault: { error } });
    expect(await open().findTagMutability()).toBeUndefined();
  });

  it('is never taken for unknown because of another failure', async () => {
    const error = new AwsError('ServerException', 'Down.', { statusCode: 500 });
    registry.server.faults.push({ service: 'ecr', operation: 'DescribeRepositories', fault: { error } });
    await expect(open().findTagMutability()).rejects.toMatchObject({ code: 'aws-unavailable' });
  });
});
