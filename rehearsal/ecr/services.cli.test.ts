import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Rehearsal, startRehearsal } from '../rehearsal.ts';
import { hasTool } from '../runner/machine-tools.ts';

// The AWS CLI is software we did not write, with botocore's own models and parsers.
const run = promisify(execFile);
const hasAws = await hasTool('aws', 'the AWS CLI against ECR, STS, SSM and Secrets Manager');

let rehearsal: Rehearsal;

beforeAll(async () => {
  rehearsal = await startRehearsal({ speed: 1 });
});
afterAll(() => rehearsal.close());

async function aws(command: string): Promise<Record<string, unknown>> {
  const env = { PATH: process.env['PATH'], HOME: '/nonexistent', ...rehearsal.environment() };
  const { stdout } = await run('aws', [...command.split(' '), '--output', 'json'], { env });
  return stdout === '' ? {} : (JSON.parse(stdout) as Record<string, unknown>);
}

(hasAws ? describe : describe.skip)('the AWS CLI', () => {
  it('creates and describes repositories, and logs in', async () => {
    const host = new URL(rehearsal.endpoint).host;
    expect(
      await aws('ecr create-repository --repository-name web --image-tag-mutability IMMUTABLE'),
    ).toMatchObject({
      repository: { repositoryUri: `${host}/web`, imageTagMutability: 'IMMUTABLE' },
    });
    const [{ repositories }, { authorizationData }, { imageIds }] = await Promise.all([
      aws('ecr describe-repositories'),
      aws('ecr get-authorization-token'),
      aws('ecr list-images --repository-name web'),
    ]);
    expect(repositories).toMatchObject([{ repositoryName: 'web' }]);
    expect(authorizationData).toMatchObject([{ proxyEndpoint: rehearsal.endpoint }]);
    expect(imageIds).toEqual([]);
    await expect(aws('ecr describe-images --repository-name gone')).rejects.toMatchObject({
      stderr: expect.stringContaining(
        "(RepositoryNotFoundException) when calling the DescribeImages operation: The repository with name 'gone' does not exist in the registry with id '123456789012'",
      ),
    });
  }, 30_000);

  it('knows the caller and assumes a role', async () => {
    const role = 'arn:aws:iam::123456789012:role/deploy';
    const [identity, assumed] = await Promise.all([
      aws('sts get-caller-identity'),
      aws(`sts assume-role --role-arn ${role} --role-session-name me`),
    ]);
    expect(identity).toMatchObject({ Account: '123456789012' });
    expect(assumed).toMatchObject({
      Credentials: { AccessKeyId: expect.stringMatching(/^ASIA/), Expiration: expect.stringMatching(/^20/) },
      AssumedRoleUser: { Arn: 'arn:aws:sts::123456789012:assumed-role/deploy/me' },
    });
  }, 30_000);

  it('keeps parameters and secrets', async () => {
    await Promise.all([
      aws('ssm put-parameter --name /app/digest --type String --value one'),
      aws('secretsmanager create-secret --name db --secret-string s3cret'),
    ]);
    const [{ Parameters }, secret] = await Promise.all([
      aws('ssm get-parameters-by-path --path /app'),
      aws('secretsmanager get-secret-value --secret-id db'),
    ]);
    expect(Parameters).toMatchObject([{ Name: '/app/digest', Value: 'one', Version: 1 }]);
    expect(secret).toMatchObject({ Name: 'db', SecretString: 's3cret' });
  }, 30_000);
});
