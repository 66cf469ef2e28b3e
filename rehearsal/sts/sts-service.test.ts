import { DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  type Credentials,
  GetCallerIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSteppingClock } from '../clock/clock.ts';
import { createEcrService } from '../ecr/ecr-service.ts';
import { createEcrWorld, type EcrWorld } from '../ecr/ecr-world.ts';
import { type AwsServer, startAwsServer } from '../server/aws-server.ts';
import { createSessions } from './sessions.ts';
import { createStsService } from './sts-service.ts';

const clock = createSteppingClock(Date.parse('2026-11-20T08:00:00Z'));
const accountId = '123456789012';
const roleArn = `arn:aws:iam::${accountId}:role/ci/deploy`;
let server: AwsServer;
let world: EcrWorld;

beforeAll(async () => {
  const sessions = createSessions(clock);
  world = createEcrWorld({ clock, registryId: accountId, endpoint: () => server.endpoint });
  server = await startAwsServer({
    clock,
    services: [createStsService({ accountId, sessions }), createEcrService(world)],
    authorize: sessions.refuseExpired,
  });
});
afterAll(async () => {
  await server.close();
  await world.blobs.close();
});

const longTerm = { accessKeyId: 'AKIAREHEARSAL0000000', secretAccessKey: 'rehearsal' };
function client(given?: Credentials): STSClient {
  return new STSClient({
    endpoint: server.endpoint,
    region: 'eu-west-1',
    maxAttempts: 1,
    credentials: sdk(given),
  });
}
function sdk(given?: Credentials) {
  if (given === undefined) return longTerm;
  return {
    accessKeyId: given.AccessKeyId!,
    secretAccessKey: given.SecretAccessKey!,
    sessionToken: given.SessionToken!,
  };
}
const jwt = ['{}', '{"sub":"repo:octo-org/hello:ref:refs/heads/main","aud":"sts.amazonaws.com"}', 'x']
  .map((part) => Buffer.from(part).toString('base64url'))
  .join('.');

it('knows long-term keys as a user', async () => {
  expect(await client().send(new GetCallerIdentityCommand({}))).toMatchObject({
    Account: accountId,
    Arn: `arn:aws:iam::${accountId}:user/rehearsal`,
  });
});

it('gives a role’s credentials, and knows them again', async () => {
  const answer = await client().send(
    new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'me', DurationSeconds: 900 }),
  );
  const arn = `arn:aws:sts::${accountId}:assumed-role/deploy/me`;
  expect(answer.AssumedRoleUser).toMatchObject({
    Arn: arn,
    AssumedRoleId: expect.stringMatching(/^AROA\w{17}:me$/),
  });
  expect(answer.Credentials?.Expiration).toEqual(new Date(clock.now() + 900_000));
  expect((await client(answer.Credentials).send(new GetCallerIdentityCommand({}))).Arn).toBe(arn);
});

it('gives credentials for a web identity token, unsigned', async () => {
  const answer = await client().send(
    new AssumeRoleWithWebIdentityCommand({ RoleArn: roleArn, RoleSessionName: 'me', WebIdentityToken: jwt }),
  );
  expect(answer).toMatchObject({
    SubjectFromWebIdentityToken: 'repo:octo-org/hello:ref:refs/heads/main',
    Audience: 'sts.amazonaws.com',
  });
});

describe('credentials that have expired', () => {
  it.each([
    [
      'a JSON service',
      'ExpiredTokenException',
      (credentials: Credentials) => {
        const ecr = new ECRClient({
          endpoint: server.endpoint,
          region: 'eu-west-1',
          maxAttempts: 1,
          credentials: sdk(credentials),
        });
        return ecr.send(new DescribeRepositoriesCommand({}));
      },
    ],
    [
      'a query service',
      'ExpiredToken',
      (credentials: Credentials) => client(credentials).send(new GetCallerIdentityCommand({})),
    ],
  ] as const)('are refused by %s with %s, not a moment before', async (_name, name, call) => {
    const { Credentials: credentials } = await client().send(
      new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'me', DurationSeconds: 900 }),
    );
    clock.advance(899_999);
    await expect(call(credentials!)).resolves.toBeDefined();
    clock.advance(1);
    await expect(call(credentials!)).rejects.toMatchObject({
      name,
      message: 'The security token included in the request is expired',
    });
  });
});

it.each([
  [
    'a short duration',
    new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'me', DurationSeconds: 10 }),
    'ValidationError',
    /greater than or equal to 900/,
  ],
  [
    'a long duration',
    new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'me', DurationSeconds: 43201 }),
    'ValidationError',
    /less than or equal to 43200/,
  ],
  [
    'no role',
    new AssumeRoleCommand({ RoleArn: 'deploy-me-to-production', RoleSessionName: 'me' }),
    'ValidationError',
    /ARN of a role/,
  ],
  [
    'no session name',
    new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: '' }),
    'ValidationError',
    /'roleSessionName'/,
  ],
] as const)('refuses %s', async (_name, command, name, message) => {
  await expect(client().send(command)).rejects.toMatchObject({
    name,
    message: expect.stringMatching(message),
  });
});

it('refuses what is no token', async () => {
  const command = new AssumeRoleWithWebIdentityCommand({
    RoleArn: roleArn,
    RoleSessionName: 'me',
    WebIdentityToken: 'opaque',
  });
  await expect(client().send(command)).rejects.toMatchObject({ name: 'InvalidIdentityTokenException' });
});
