import { describe, expect, it } from '@jest/globals';
import { createSteppingClock } from '../clock/clock.ts';
import { invoke, refusalOf } from '../ecs/ecs-fixture.ts';
import type { Json } from '../server/service.ts';
import { createLogs } from './service.ts';

function createBench() {
  const clock = createSteppingClock(1_000_000);
  const logs = createLogs({ clock, region: 'eu-west-1', accountId: '123456789012' });
  const call = (operation: string, input: Json): Json => invoke(logs.service, operation, input);
  return { clock, logs, call };
}

const place = { logGroupName: '/ecs/web', logStreamName: 'web/app/1' };

function messages(answer: Json): unknown[] {
  return (answer['events'] as Json[]).map(({ message }) => message);
}

describe('GetLogEvents', () => {
  const lines = ['a', 'b', 'c', 'd', 'e'];

  it.each([
    ['the last lines by default', {}, lines],
    ['the last lines within the limit', { limit: 2 }, ['d', 'e']],
    ['the first lines from the head', { limit: 2, startFromHead: true }, ['a', 'b']],
  ])('gives %s', (_, input, expected) => {
    const { logs, call } = createBench();
    logs.write(place.logGroupName, place.logStreamName, lines);
    expect(messages(call('GetLogEvents', { ...place, ...input }))).toEqual(expected);
  });

  it('pages forwards until the token stays the same', () => {
    const { logs, call } = createBench();
    logs.write(place.logGroupName, place.logStreamName, lines);
    const seen: unknown[] = [];
    let token: unknown;
    for (;;) {
      const page = call('GetLogEvents', {
        ...place,
        limit: 2,
        startFromHead: true,
        ...(token === undefined ? {} : { nextToken: token }),
      });
      seen.push(...messages(page));
      if (page['nextForwardToken'] === token) break;
      token = page['nextForwardToken'];
    }
    expect(seen).toEqual(lines);
  });

  it('pages backwards', () => {
    const { logs, call } = createBench();
    logs.write(place.logGroupName, place.logStreamName, lines);
    const last = call('GetLogEvents', { ...place, limit: 2 });
    const before = call('GetLogEvents', { ...place, limit: 2, nextToken: last['nextBackwardToken'] });
    expect(messages(before)).toEqual(['b', 'c']);
  });

  it('keeps to the times asked for, the end excluded', () => {
    const { clock, logs, call } = createBench();
    for (const line of lines) {
      logs.write(place.logGroupName, place.logStreamName, [line]);
      clock.advance(1000);
    }
    expect(messages(call('GetLogEvents', { ...place, startTime: 1_001_000, endTime: 1_003_000 }))).toEqual([
      'b',
      'c',
    ]);
  });
});

describe('FilterLogEvents', () => {
  it('finds by words, stream and prefix, in the order of time', () => {
    const { clock, logs, call } = createBench();
    logs.write('/ecs/web', 'web/app/1', ['Error: no database']);
    clock.advance(1000);
    logs.write('/ecs/web', 'web/app/2', ['listening', 'Error: no cache']);
    clock.advance(1000);
    logs.write('/ecs/web', 'web/sidecar/2', ['Error: other']);
    const filter = (input: Json): unknown[] =>
      messages(call('FilterLogEvents', { logGroupName: '/ecs/web', ...input }));
    expect(filter({ filterPattern: 'Error' })).toEqual([
      'Error: no database',
      'Error: no cache',
      'Error: other',
    ]);
    expect(filter({ filterPattern: '"no cache"' })).toEqual(['Error: no cache']);
    expect(filter({ logStreamNamePrefix: 'web/app/', filterPattern: 'Error' })).toHaveLength(2);
    expect(filter({ logStreamNames: ['web/app/2'] })).toEqual(['listening', 'Error: no cache']);
  });
});

describe('DescribeLogStreams', () => {
  it('orders by name, or by the last event', () => {
    const { clock, logs, call } = createBench();
    logs.write('/ecs/web', 'b', ['x']);
    clock.advance(1000);
    logs.write('/ecs/web', 'a', ['x']);
    const names = (input: Json): unknown[] =>
      (call('DescribeLogStreams', { logGroupName: '/ecs/web', ...input })['logStreams'] as Json[]).map(
        ({ logStreamName }) => logStreamName,
      );
    expect(names({})).toEqual(['a', 'b']);
    expect(names({ orderBy: 'LastEventTime', descending: true })).toEqual(['a', 'b']);
    expect(names({ orderBy: 'LastEventTime' })).toEqual(['b', 'a']);
    expect(names({ logStreamNamePrefix: 'b' })).toEqual(['b']);
  });
});

it('keeps what clients put themselves', () => {
  const { call } = createBench();
  call('CreateLogGroup', { logGroupName: '/own' });
  call('CreateLogStream', { logGroupName: '/own', logStreamName: 's' });
  call('PutLogEvents', {
    logGroupName: '/own',
    logStreamName: 's',
    logEvents: [{ timestamp: 5, message: 'hello' }],
  });
  expect(call('GetLogEvents', { logGroupName: '/own', logStreamName: 's' })['events']).toMatchObject([
    { timestamp: 5, message: 'hello' },
  ]);
  expect(call('DescribeLogGroups', { logGroupNamePrefix: '/o' })['logGroups']).toMatchObject([
    { logGroupName: '/own', arn: 'arn:aws:logs:eu-west-1:123456789012:log-group:/own:*' },
  ]);
  call('DeleteLogGroup', { logGroupName: '/own' });
  expect(call('DescribeLogGroups', {})['logGroups']).toEqual([]);
});

it.each([
  [
    'GetLogEvents',
    { logGroupName: '/none', logStreamName: 's' },
    'ResourceNotFoundException',
    'The specified log group does not exist.',
  ],
  [
    'GetLogEvents',
    { ...place, logStreamName: 'none' },
    'ResourceNotFoundException',
    'The specified log stream does not exist.',
  ],
  [
    'CreateLogGroup',
    { logGroupName: '/ecs/web' },
    'ResourceAlreadyExistsException',
    'The specified log group already exists',
  ],
  [
    'GetLogEvents',
    { ...place, nextToken: 'nonsense' },
    'InvalidParameterException',
    'The specified nextToken is invalid.',
  ],
])('refuses %s of %j', (operation, input, code, message) => {
  const { logs, call } = createBench();
  logs.write(place.logGroupName, place.logStreamName, ['x']);
  expect(refusalOf(() => call(operation, input))).toEqual({ code, message });
});
