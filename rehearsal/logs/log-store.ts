import { AwsError, type Json } from '../server/service.ts';

export interface LogEvent {
  readonly id: string;
  readonly timestamp: number;
  readonly ingestionTime: number;
  readonly message: string;
}

export interface LogStream {
  readonly name: string;
  readonly createdAt: number;
  readonly events: LogEvent[];
}

export interface LogGroup {
  readonly name: string;
  readonly createdAt: number;
  readonly streams: Map<string, LogStream>;
}

/** What the operations work on. */
export interface LogsContext {
  readonly groups: Map<string, LogGroup>;
  readonly now: () => number;
  readonly arnOf: (groupName: string) => string;
}

/** The group of a name, made when it is missing. */
export function ensureGroup(context: LogsContext, name: string): LogGroup {
  const known = context.groups.get(name);
  if (known !== undefined) return known;
  const group: LogGroup = { name, createdAt: context.now(), streams: new Map() };
  context.groups.set(name, group);
  return group;
}

/** The stream of a name, made when it is missing. */
export function ensureStream(context: LogsContext, group: LogGroup, name: string): LogStream {
  const known = group.streams.get(name);
  if (known !== undefined) return known;
  const stream: LogStream = { name, createdAt: context.now(), events: [] };
  group.streams.set(name, stream);
  return stream;
}

export function appendEvent(
  context: LogsContext,
  stream: LogStream,
  timestamp: number,
  message: string,
): void {
  const id = String(timestamp).padStart(20, '0') + String(stream.events.length).padStart(36, '0');
  stream.events.push({ id, timestamp, ingestionTime: context.now(), message });
}

/** The group that a request names. @throws AwsError ResourceNotFoundException */
export function findGroup(context: LogsContext, input: Json): LogGroup {
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

export function nameInArn(identifier: unknown): unknown {
  if (typeof identifier !== 'string') return identifier;
  return /^arn:[^:]+:logs:[^:]*:[^:]*:log-group:([^:]+)/.exec(identifier)?.[1] ?? identifier;
}

/** @throws AwsError ResourceNotFoundException */
export function findStream(group: LogGroup, name: unknown): LogStream {
  const stream = group.streams.get(String(name));
  if (stream === undefined) {
    throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
  }
  return stream;
}
