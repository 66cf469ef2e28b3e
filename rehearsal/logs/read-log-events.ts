import { AwsError, type Json } from '../server/service.ts';
import { findGroup, findStream, type LogEvent, type LogsContext } from './log-store.ts';
import { paginate, readLimit } from './pages.ts';

/** Tokens are `f/` and `b/` with a position; at the end of a stream the same token comes back. */
export function getLogEvents(context: LogsContext, input: Json): Json {
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

/** Finds lines in many streams at once. */
export function filterLogEvents(context: LogsContext, input: Json): Json {
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
