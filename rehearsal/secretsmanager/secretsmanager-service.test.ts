import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { createSteppingClock } from '../clock/clock.ts';
import { type AwsServer, startAwsServer } from '../server/aws-server.ts';
import { createSecretsManagerService } from './secretsmanager-service.ts';

const clock = createSteppingClock(Date.parse('2026-11-20T08:00:00Z'));
let server: AwsServer;
let secrets: SecretsManagerClient;

beforeEach(async () => {
  server = await startAwsServer({
    clock,
    services: [createSecretsManagerService({ accountId: '123456789012' })],
  });
  const credentials = { accessKeyId: 'AKIAREHEARSAL0000000', secretAccessKey: 'rehearsal' };
  secrets = new SecretsManagerClient({
    endpoint: server.endpoint,
    region: 'eu-west-1',
    maxAttempts: 1,
    credentials,
  });
});
afterEach(async () => {
  secrets.destroy();
  await server.close();
});

it('keeps a secret, by name, ARN and ARN without its random end', async () => {
  const { ARN, VersionId } = await secrets.send(
    new CreateSecretCommand({ Name: 'prod/db', Description: 'the database', SecretString: 's3cret' }),
  );
  expect(ARN).toMatch(/^arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod\/db-\w{6}$/);
  for (const SecretId of ['prod/db', ARN, ARN!.slice(0, -7)]) {
    const value = await secrets.send(new GetSecretValueCommand({ SecretId }));
    expect(value).toMatchObject({
      ARN,
      Name: 'prod/db',
      SecretString: 's3cret',
      VersionStages: ['AWSCURRENT'],
    });
  }
  expect(await secrets.send(new DescribeSecretCommand({ SecretId: ARN }))).toMatchObject({
    Name: 'prod/db',
    Description: 'the database',
    CreatedDate: new Date(clock.now()),
    VersionIdsToStages: { [VersionId!]: ['AWSCURRENT'] },
  });
});

it('keeps binary secrets', async () => {
  const SecretBinary = Uint8Array.of(0, 255, 7);
  await secrets.send(new CreateSecretCommand({ Name: 'key', SecretBinary }));
  const value = await secrets.send(new GetSecretValueCommand({ SecretId: 'key' }));
  expect(Array.from(value.SecretBinary!)).toEqual([0, 255, 7]);
});

it.each<[string, () => Promise<unknown>, string, RegExp]>([
  [
    'a secret that does not exist',
    () => secrets.send(new GetSecretValueCommand({ SecretId: 'nothing' })),
    'ResourceNotFoundException',
    /^Secrets Manager can't find the specified secret\.$/,
  ],
  [
    'a secret without a value',
    async () => {
      await secrets.send(new CreateSecretCommand({ Name: 'empty' }));
      return secrets.send(new GetSecretValueCommand({ SecretId: 'empty' }));
    },
    'ResourceNotFoundException',
    /for staging label: AWSCURRENT$/,
  ],
  [
    'a taken name',
    async () => {
      await secrets.send(new CreateSecretCommand({ Name: 'a', SecretString: '1' }));
      return secrets.send(new CreateSecretCommand({ Name: 'a', SecretString: '2' }));
    },
    'ResourceExistsException',
    /the secret a already exists\.$/,
  ],
  [
    'text and bytes at once',
    () =>
      secrets.send(new CreateSecretCommand({ Name: 'a', SecretString: '1', SecretBinary: Uint8Array.of(1) })),
    'InvalidParameterException',
    /both/,
  ],
])('refuses %s', async (_name, call, name, message) => {
  await expect(call()).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
});
