import type { LogReader } from '../rollout/ports.ts';
import { attempt, isAwsError } from './aws-failure.ts';
import { clientConfig } from './client-config.ts';

type LogsClient = import('@aws-sdk/client-cloudwatch-logs').CloudWatchLogsClient;

/** Reads log streams through the CloudWatch Logs API. Its client is loaded when the first line is asked for. */
export function createLogReader(options: { maxRetries: number }): LogReader {
  const clients = new Map<string, LogsClient>();
  return {
    async readTail({ group, stream, region }, limit) {
      const sdk = await import('@aws-sdk/client-cloudwatch-logs');
      const client =
        clients.get(region) ?? new sdk.CloudWatchLogsClient({ ...clientConfig(options), region });
      clients.set(region, client);
      const command = new sdk.GetLogEventsCommand({
        logGroupName: group,
        logStreamName: stream,
        limit,
        startFromHead: false,
      });
      try {
        const answer = await attempt(`logs:GetLogEvents on ${group}`, () => client.send(command));
        return (answer.events ?? []).map(({ message }) => message ?? '');
      } catch (error) {
        const cause = error instanceof Error ? error.cause : undefined;
        if (isAwsError(cause, 'ResourceNotFoundException')) return [];
        throw error;
      }
    },
  };
}
