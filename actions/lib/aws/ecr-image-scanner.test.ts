import { CreateRepositoryCommand, GetLifecyclePolicyCommand, PutImageCommand } from '@aws-sdk/client-ecr';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  pushBlobsOfImage,
  type RegistryFixture,
  startRegistryFixture,
} from '../../../rehearsal/registry/registry-fixture.ts';
import { startProxy } from '../../../rehearsal/server/proxy.ts';
import { AwsError } from '../../../rehearsal/server/service.ts';
import { planRepository } from '../image/new-repository.ts';
import { openEcrImageScanner } from './ecr-image-scanner.ts';
import { openEcrRepository } from './ecr-repository.ts';
import { createEcrRepository } from './ecr-repository-creation.ts';

const before = { ...process.env };
let registry: RegistryFixture;

beforeEach(async () => {
  registry = await startRegistryFixture();
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

const place = { repository: 'web', registryId: undefined, maxRetries: 0 };
const warnings: string[] = [];
const log = { info() {}, warning: (text: string) => void warnings.push(text), group() {} };
const fail = (operation: string, name: string, message = 'No.'): void => {
  registry.server.faults.push({ service: 'ecr', operation, fault: { error: new AwsError(name, message) } });
};

async function pushImage(scanOnPush = false): Promise<string> {
  await registry.ecr.send(
    new CreateRepositoryCommand({ repositoryName: 'web', imageScanningConfiguration: { scanOnPush } }),
  );
  const imageManifest = await pushBlobsOfImage(registry, 'web', 'layer');
  const { image } = await registry.ecr.send(
    new PutImageCommand({ repositoryName: 'web', imageManifest, imageTag: 'v1' }),
  );
  return image?.imageId?.imageDigest ?? '';
}

describe('a scan', () => {
  it('is missing until it is asked for, then runs', async () => {
    const digest = await pushImage();
    const scanner = openEcrImageScanner(place);
    expect(await scanner.findScan(digest)).toEqual({ kind: 'missing' });
    expect(await scanner.startScan(digest)).toBeUndefined();
    expect(await scanner.findScan(digest)).toEqual({ kind: 'running' });
    expect(await scanner.startScan(digest)).toBeUndefined();
  });

  it.each([
    ['ValidationException', 'This feature is disabled', 'This feature is disabled'],
    ['AccessDeniedException', 'No.', 'the role may not call ecr:StartImageScan'],
  ])('that is refused with %s says why', async (name, message, reason) => {
    const digest = await pushImage();
    fail('StartImageScan', name, message);
    expect(await openEcrImageScanner(place).startScan(digest)).toBe(reason);
  });

  it('that the role may not read is an error that names the action', async () => {
    const digest = await pushImage();
    fail('DescribeImageScanFindings', 'AccessDeniedException');
    await expect(openEcrImageScanner(place).findScan(digest)).rejects.toMatchObject({
      code: 'access-denied',
      message: expect.stringContaining('ecr:DescribeImageScanFindings on repository web'),
    });
  });

  it.each<[string, object, object]>([
    [
      'a basic scan',
      {
        imageScanStatus: { status: 'COMPLETE' },
        imageScanFindings: {
          findings: [
            {
              name: 'CVE-1',
              severity: 'HIGH',
              attributes: [
                { key: 'package_name', value: 'openssl' },
                { key: 'package_version', value: '3.0.2' },
              ],
            },
          ],
        },
      },
      {
        kind: 'done',
        continuous: false,
        findings: [{ name: 'CVE-1', severity: 'high', packageName: 'openssl 3.0.2', fixedIn: undefined }],
      },
    ],
    [
      'an enhanced scan, without what is suppressed or closed',
      {
        imageScanStatus: { status: 'ACTIVE' },
        imageScanFindings: {
          enhancedFindings: [
            {
              severity: 'CRITICAL',
              status: 'ACTIVE',
              title: 'CVE-2 - openssl',
              packageVulnerabilityDetails: {
                vulnerabilityId: 'CVE-2',
                vulnerablePackages: [{ name: 'openssl', version: '3.0.2', fixedInVersion: '3.0.3' }],
              },
            },
            { severity: 'CRITICAL', status: 'SUPPRESSED', title: 'CVE-3' },
            { severity: 'UNTRIAGED', status: 'ACTIVE', title: 'CVE-4' },
          ],
        },
      },
      {
        kind: 'done',
        continuous: true,
        findings: [
          { name: 'CVE-2', severity: 'critical', packageName: 'openssl 3.0.2', fixedIn: '3.0.3' },
          { name: 'CVE-4', severity: 'undefined', packageName: undefined, fixedIn: undefined },
        ],
      },
    ],
    ['one that waits', { imageScanStatus: { status: 'PENDING' } }, { kind: 'running' }],
    [
      'one of an unknown system',
      { imageScanStatus: { status: 'UNSUPPORTED_IMAGE', description: 'No known OS.' } },
      { kind: 'unscannable', reason: 'UNSUPPORTED_IMAGE No known OS.' },
    ],
  ])('%s is read as ECR writes it', async (_name, answer, state) => {
    const ecr = await startProxy(registry.server.endpoint, () => JSON.stringify(answer));
    process.env['AWS_ENDPOINT_URL'] = ecr.endpoint;
    expect(await openEcrImageScanner(place).findScan(`sha256:${'0'.repeat(64)}`)).toEqual(state);
    await ecr.close();
  });
});

describe('a new repository', () => {
  const plan = planRepository([
    { name: '4f9c2d7', namesCommit: true, moves: false },
    { name: 'main', namesCommit: false, moves: true },
  ]);

  it('keeps its tags, scans, is encrypted and expires nothing in use', async () => {
    await createEcrRepository(place, plan, log);
    expect(await openEcrRepository(place).findTagMutability()).toEqual({
      immutable: true,
      exclusions: ['buildcache', 'main'],
    });
    expect(
      registry.server.calls.find(({ operation }) => operation === 'CreateRepository')?.input,
    ).toMatchObject({
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: { encryptionType: 'AES256' },
    });
    const policy = await registry.ecr.send(new GetLifecyclePolicyCommand({ repositoryName: 'web' }));
    expect(policy.lifecyclePolicyText).toBe(plan.lifecyclePolicy);
  });

  it('that another job was quicker to create is left as it is', async () => {
    await pushImage();
    await createEcrRepository(place, plan, log);
    expect(await openEcrRepository(place).findTagMutability()).toEqual({ immutable: false, exclusions: [] });
  });

  it('needs ecr:CreateRepository, and the error says so', async () => {
    fail('CreateRepository', 'AccessDeniedException');
    await expect(createEcrRepository(place, plan, log)).rejects.toMatchObject({
      code: 'access-denied',
      message: expect.stringContaining('ecr:CreateRepository of web'),
    });
  });

  it('is there without a policy where the role may set none, with a warning', async () => {
    fail('PutLifecyclePolicy', 'AccessDeniedException');
    await createEcrRepository(place, plan, log);
    expect(warnings).toEqual([expect.stringContaining('has no lifecycle policy')]);
  });
});
