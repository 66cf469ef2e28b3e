import {
  DeleteParameterCommand,
  GetParameterCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { createSteppingClock } from '../clock/clock.ts';
import { type AwsServer, startAwsServer } from '../server/aws-server.ts';
import { createSsmService } from './ssm-service.ts';

const clock = createSteppingClock(Date.parse('2026-11-20T08:00:00Z'));
let server: AwsServer;
let ssm: SSMClient;

beforeEach(async () => {
  server = await startAwsServer({ clock, services: [createSsmService({ accountId: '123456789012' })] });
  const credentials = { accessKeyId: 'AKIAREHEARSAL0000000', secretAccessKey: 'rehearsal' };
  ssm = new SSMClient({ endpoint: server.endpoint, region: 'eu-west-1', maxAttempts: 1, credentials });
});
afterEach(async () => {
  ssm.destroy();
  await server.close();
});

const put = (Name: string, Value: string, rest: object = {}) =>
  ssm.send(new PutParameterCommand({ Name, Value, Type: 'String', ...rest }));

it('keeps parameters and their versions', async () => {
  await put('/app/digest', 'one');
  expect(await put('/app/digest', 'two', { Overwrite: true, Type: undefined })).toMatchObject({ Version: 2 });
  const get = async (Name: string) => (await ssm.send(new GetParameterCommand({ Name }))).Parameter;
  expect(await get('/app/digest')).toEqual({
    Name: '/app/digest',
    Type: 'String',
    Value: 'two',
    Version: 2,
    LastModifiedDate: new Date(clock.now()),
    ARN: 'arn:aws:ssm:eu-west-1:123456789012:parameter/app/digest',
    DataType: 'text',
  });
  expect(await get('/app/digest:1')).toMatchObject({ Value: 'one', Version: 1 });
});

it('shows a SecureString only with decryption', async () => {
  await put('key', 's3cret', { Type: 'SecureString' });
  const value = async (WithDecryption: boolean) =>
    (await ssm.send(new GetParameterCommand({ Name: 'key', WithDecryption }))).Parameter?.Value;
  expect(await value(true)).toBe('s3cret');
  expect(await value(false)).toMatch(/^AQICAH/);
});

it('tells the parameters asked for from those that do not exist', async () => {
  await put('a', '1');
  const answer = await ssm.send(new GetParametersCommand({ Names: ['a', 'b'] }));
  expect(answer.Parameters).toMatchObject([{ Name: 'a' }]);
  expect(answer.InvalidParameters).toEqual(['b']);
});

it('lists a path, below it or all the way down, in pages', async () => {
  for (const name of ['/app/b', '/app/a', '/app/deep/c', '/application/d']) await put(name, 'x');
  const list = async (rest: object) => {
    const { Parameters, NextToken } = await ssm.send(
      new GetParametersByPathCommand({ Path: '/app', ...rest }),
    );
    return [Parameters!.map(({ Name }) => Name), NextToken];
  };
  expect(await list({})).toEqual([['/app/a', '/app/b'], undefined]);
  const [first, NextToken] = await list({ Recursive: true, MaxResults: 2 });
  expect(first).toEqual(['/app/a', '/app/b']);
  expect(await list({ Recursive: true, NextToken })).toEqual([['/app/deep/c'], undefined]);
});

it('forgets what is deleted', async () => {
  await put('a', '1');
  await ssm.send(new DeleteParameterCommand({ Name: 'a' }));
  await expect(ssm.send(new GetParameterCommand({ Name: 'a' }))).rejects.toMatchObject({
    name: 'ParameterNotFound',
  });
  await expect(ssm.send(new DeleteParameterCommand({ Name: 'a' }))).rejects.toMatchObject({
    name: 'ParameterNotFound',
  });
});

it.each<[string, () => Promise<unknown>, string]>([
  [
    'a second one without overwrite',
    async () => [await put('a', '1'), await put('a', '2')],
    'ParameterAlreadyExists',
  ],
  ['a new one without a type', () => put('a', '1', { Type: undefined }), 'ValidationException'],
  ['an unknown type', () => put('a', '1', { Type: 'Number' }), 'ValidationException'],
  ['more than 4 KB', () => put('a', 'x'.repeat(4097)), 'ValidationException'],
  [
    'eleven names',
    () => ssm.send(new GetParametersCommand({ Names: Array.from('abcdefghijk') })),
    'ValidationException',
  ],
])('refuses %s', async (_name, call, name) => {
  await expect(call()).rejects.toMatchObject({ name });
});
