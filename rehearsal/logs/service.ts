import type { Clock } from '../clock/clock.ts';
import { AwsError, type Json, type Service } from '../server/service.ts';

export interface Logs {
  readonly service: Service;
  /** Does nothing when the group is there already. */
  ensureGroup(name: string): void;
  groupExists(name: string): boolean;
  /** Appends lines to a stream, which is made when it is missing, and its group with it. */
  write(group: string, stream: string, lines: readonly string[]): void;
}

interface LogEvent {
  readonly id: string;
  readonly timestamp: number;
  readonly ingestionTime: number;
  readonly message: string;
}

interface LogStream {
  readonly name: string;
  readonly createdAt: number;
  readonly events: LogEvent[];
}

interface LogGroup {
  readonly name: string;
  readonly createdAt: number;
  readonly streams: Map<string, LogStream>;
}

interface LogsContext {
  readonly groups: Map<string, LogGroup>;
  readonly now: () => number;
  readonly arnOf: (groupName: string) => string;
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
      for (const message of lines) append(context, stream, context.now(), message);
    },
  };
}

function ensureGroup(context: LogsContext, name: string): LogGroup {
  const known = context.groups.get(name);
  if (known !== undefined) return known;
  const group: LogGroup = { name, createdAt: context.now(), streams: new Map() };
  context.groups.set(name, group);
  return group;
}

function ensureStream(context: LogsContext, group: LogGroup, name: string): LogStream {
  const known = group.streams.get(name);
  if (known !== undefined) return known;
  const stream: LogStream = { name, createdAt: context.now(), events: [] };
  group.streams.set(name, stream);
  return stream;
}

function append(context: LogsContext, stream: LogStream, timestamp: number, message: string): void {
  const id = String(timestamp).padStart(20, '0') + String(stream.events.length).padStart(36, '0');
  stream.events.push({ id, timestamp, ingestionTime: context.now(), message });
}

function findGroup(context: LogsContext, input: Json): LogGroup {
  const name = input['logGroupName'] ?? nameInArn(input['logGroupIdentifier']);
  if (typeof name !== 'string' || name === '') {
    throw new AwsError(
      'InvalidParameterException',
      "1 validation error detected: Value at 'logGroupName' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
  }
  const group = context.groups.get(name);
  if (group === undefined) {
    throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
  }
  return group;
}

function nameInArn(identifier: unknown): unknown {
  if (typeof identifier !== 'string') return identifier;
  return /^arn:[^:]+:logs:[^:]*:[^:]*:log-group:([^:]+)/.exec(identifier)?.[1] ?? identifier;
}

function findStream(group: LogGroup, name: unknown): LogStream {
  const stream = group.streams.get(String(name));
  if (stream === undefined) {
    throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
  }
  return stream;
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
    append(context, stream, Number(event['timestamp']), String(event['message']));
  }
  return { nextSequenceToken: String(stream.events.length + 1) };
}

/** Tokens are `f/` and `b/` with a position; at the end of a stream the same token comes back. */
function getLogEvents(context: LogsContext, input: Json): Json {
  const stream = findStream(findGroup(context, input), input['logStreamName']);
  const events = withinTimes(stream.events, input);
  const limit = readLimit(input);
  const token = input['nextToken'] === undefined ? undefined : readToken(input['nextToken']);
  let from: number;
  if (token !== undefined) from = token.forward ? token.at : Math.max(0, token.at - limit);
  else from = input['startFromHead'] === true ? 0 : Math.max(0, events.length - limit);
  const until = token !== undefined && !token.forward ? token.at : Math.min(events.length, from + limit);
  return {
    events: events.slice(from, until).map(({ timestamp, message, ingestionTime }) => ({
      timestamp,
      message,
      ingestionTime,
    })),
    nextForwardToken: `f/${String(until).padStart(56, '0')}/s`,
    nextBackwardToken: `b/${String(from).padStart(56, '0')}/s`,
  };
}

function readToken(token: unknown): { forward: boolean; at: number } {
  const match = /^([fb])\/(\d{56})\/s$/.exec(String(token));
  if (match === null) {
    throw new AwsError('InvalidParameterException', 'The specified nextToken is invalid.');
  }
  return { forward: match[1] === 'f', at: Number(match[2]) };
}

function filterLogEvents(context: LogsContext, input: Json): Json {
  const group = findGroup(context, input);
  const names = input['logStreamNames'];
  const prefix = String(input['logStreamNamePrefix'] ?? '');
  const streams = Array.isArray(names)
    ? names.map((name) => findStream(group, name))
    : [...group.streams.values()].filter(({ name }) => name.startsWith(prefix));
  // Quoted terms and bare words: all have to be in the message. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
  const terms = [...String(input['filterPattern'] ?? '').matchAll(/"([^"]*)"|(\S+)/g)].map(
    (match) => match[1] ?? match[2] ?? '',
  );
  const found = streams
    .flatMap((stream) => withinTimes(stream.events, input).map((event) => ({ stream, event })))
    .filter(({ event }) => terms.every((term) => event.message.includes(term)))
    .sort((a, b) => a.event.timestamp - b.event.timestamp);
  const { page, nextToken } = paginate(found, input, 10_000);
  return {
    events: page.map(({ stream, event }) => ({
      logStreamName: stream.name,
      timestamp: event.timestamp,
      message: event.message,
      ingestionTime: event.ingestionTime,
      eventId: event.id,
    })),
    searchedLogStreams: [],
    nextToken,
  };
}

function withinTimes(events: readonly LogEvent[], input: Json): readonly LogEvent[] {
  const { startTime, endTime } = input;
  if (startTime === undefined && endTime === undefined) return events;
  const from = startTime === undefined ? -Infinity : Number(startTime);
  const until = endTime === undefined ? Infinity : Number(endTime);
  return events.filter(({ timestamp }) => timestamp >= from && timestamp < until);
}

function readLimit(input: Json): number {
  const limit = Number(input['limit'] ?? 10_000);
  if (!Number.isInteger(limit) || limit < 1 || limit > 10_000) {
    throw new AwsError(
      'InvalidParameterException',
      `1 validation error detected: Value '${String(input['limit'])}' at 'limit' failed to satisfy constraint: Member must have value between 1 and 10000`,
    );
  }
  return limit;
}

function paginate<Item>(
  items: readonly Item[],
  input: Json,
  usual: number,
): { page: readonly Item[]; nextToken: string | undefined } {
  const size = input['limit'] === undefined ? usual : readLimit(input);
  const from = Number(input['nextToken'] ?? 0);
  if (!Number.isInteger(from) || from < 0) {
    throw new AwsError('InvalidParameterException', 'The specified nextToken is invalid.');
  }
  const until = from + size;
  return { page: items.slice(from, until), nextToken: until < items.length ? String(until) : undefined };
}
