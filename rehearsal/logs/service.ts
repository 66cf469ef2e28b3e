import type { Clock } from '../clock/clock.ts';
import { AwsError, type Json, type Service } from '../server/service.ts';
import {
  appendEvent,
  ensureGroup,
  ensureStream,
  findGroup,
  findStream,
  type LogStream,
  type LogsContext,
} from './log-store.ts';
import { paginate } from './pages.ts';
import { filterLogEvents, getLogEvents } from './read-log-events.ts';

export interface Logs {
  readonly service: Service;
  /** Does nothing when the group is there already. */
  ensureGroup(name: string): void;
  groupExists(name: string): boolean;
  /** Appends lines to a stream, which is made when it is missing, and its group with it. */
  write(group: string, stream: string, lines: readonly string[]): void;
}

/** CloudWatch Logs as far as reading what containers wrote goes: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/ */
export function createLogs(options: {
  readonly clock: Clock;
  readonly region: string;
  readonly accountId: string;
}): Logs {
  const context: LogsContext = {
    groups: new Map(),
    now: () => Math.floor(options.clock.now()),
    arnOf: (name) => `arn:aws:logs:${options.region}:${options.accountId}:log-group:${name}`,
  };
  return {
    service: {
      signingName: 'logs',
      protocol: { kind: 'json', targetPrefix: 'Logs_20140328' },
      operations: {
        CreateLogGroup: (input) => createLogGroup(context, input),
        DeleteLogGroup: (input) => {
          findGroup(context, input);
          context.groups.delete(String(input['logGroupName']));
          return {};
        },
        DescribeLogGroups: (input) => describeLogGroups(context, input),
        CreateLogStream: (input) => createLogStream(context, input),
        DescribeLogStreams: (input) => describeLogStreams(context, input),
        PutLogEvents: (input) => putLogEvents(context, input),
        GetLogEvents: (input) => getLogEvents(context, input),
        FilterLogEvents: (input) => filterLogEvents(context, input),
      },
    },
    ensureGroup: (name) => void ensureGroup(context, name),
    groupExists: (name) => context.groups.has(name),
    write(groupName, streamName, lines) {
      const stream = ensureStream(context, ensureGroup(context, groupName), streamName);
      for (const message of lines) appendEvent(context, stream, context.now(), message);
    },
  };
}

function createLogGroup(context: LogsContext, input: Json): Json {
  const name = String(input['logGroupName'] ?? '');
  if (!/^[.\-_/#A-Za-z0-9]{1,512}$/.test(name)) {
    throw new AwsError(
      'InvalidParameterException',
      `1 validation error detected: Value '${name}' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+`,
    );
  }
  if (context.groups.has(name)) {
    throw new AwsError('ResourceAlreadyExistsException', 'The specified log group already exists');
  }
  ensureGroup(context, name);
  return {};
}

function createLogStream(context: LogsContext, input: Json): Json {
  const group = findGroup(context, input);
  const name = String(input['logStreamName'] ?? '');
  if (group.streams.has(name)) {
    throw new AwsError('ResourceAlreadyExistsException', 'The specified log stream already exists');
  }
  ensureStream(context, group, name);
  return {};
}

function describeLogGroups(context: LogsContext, input: Json): Json {
  const prefix = String(input['logGroupNamePrefix'] ?? '');
  const found = [...context.groups.values()].filter(({ name }) => name.startsWith(prefix));
  found.sort((a, b) => (a.name < b.name ? -1 : 1));
  const { page, nextToken } = paginate(found, input, 50);
  return {
    logGroups: page.map(({ name, createdAt }) => ({
      logGroupName: name,
      creationTime: createdAt,
      metricFilterCount: 0,
      arn: `${context.arnOf(name)}:*`,
      logGroupArn: context.arnOf(name),
      storedBytes: 0,
      logGroupClass: 'STANDARD',
    })),
    nextToken,
  };
}

function describeLogStreams(context: LogsContext, input: Json): Json {
  const group = findGroup(context, input);
  const prefix = String(input['logStreamNamePrefix'] ?? '');
  const found = [...group.streams.values()].filter(({ name }) => name.startsWith(prefix));
  const lastTime = (stream: LogStream): number => stream.events.at(-1)?.timestamp ?? 0;
  if (input['orderBy'] === 'LastEventTime') found.sort((a, b) => lastTime(a) - lastTime(b));
  else found.sort((a, b) => (a.name < b.name ? -1 : 1));
  if (input['descending'] === true) found.reverse();
  const { page, nextToken } = paginate(found, input, 50);
  return {
    logStreams: page.map((stream) => ({
      logStreamName: stream.name,
      creationTime: stream.createdAt,
      firstEventTimestamp: stream.events[0]?.timestamp,
      lastEventTimestamp: stream.events.at(-1)?.timestamp,
      lastIngestionTime: stream.events.at(-1)?.ingestionTime,
      uploadSequenceToken: '1',
      arn: `${context.arnOf(group.name)}:log-stream:${stream.name}`,
      storedBytes: 0,
    })),
    nextToken,
  };
}

function putLogEvents(context: LogsContext, input: Json): Json {
  const stream = findStream(findGroup(context, input), input['logStreamName']);
  for (const event of (input['logEvents'] as Json[] | undefined) ?? []) {
    appendEvent(context, stream, Number(event['timestamp']), String(event['message']));
  }
  return { nextSequenceToken: String(stream.events.length + 1) };
}
