import type { TargetReader } from '../rollout/ports.ts';
import { attempt, isAwsError } from './aws-failure.ts';
import { clientConfig } from './client-config.ts';

/** Reads target health through the ELBv2 API. Its client is loaded when the first target group is asked for. */
export function createTargetReader(options: { maxRetries: number }): TargetReader {
  const open = once(async () => {
    const sdk = await import('@aws-sdk/client-elastic-load-balancing-v2');
    return { sdk, client: new sdk.ElasticLoadBalancingV2Client(clientConfig(options)) };
  });
  return {
    async describeHealthCheck(targetGroupArn) {
      const { sdk, client } = await open();
      const command = new sdk.DescribeTargetGroupsCommand({ TargetGroupArns: [targetGroupArn] });
      const answer = await present(() =>
        attempt(`elasticloadbalancing:DescribeTargetGroups on ${targetGroupArn}`, () => client.send(command)),
      );
      const group = answer?.TargetGroups?.[0];
      if (group === undefined) return undefined;
      return {
        protocol: group.HealthCheckProtocol ?? group.Protocol ?? 'TCP',
        port: group.HealthCheckPort ?? 'traffic-port',
        path: group.HealthCheckPath,
        matcher: group.Matcher?.HttpCode ?? group.Matcher?.GrpcCode,
        intervalSeconds: group.HealthCheckIntervalSeconds ?? 0,
        timeoutSeconds: group.HealthCheckTimeoutSeconds ?? 0,
        healthyThreshold: group.HealthyThresholdCount ?? 0,
        unhealthyThreshold: group.UnhealthyThresholdCount ?? 0,
      };
    },
    async describeTargets(targetGroupArn) {
      const { sdk, client } = await open();
      const command = new sdk.DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArn });
      const answer = await present(() =>
        attempt(`elasticloadbalancing:DescribeTargetHealth on ${targetGroupArn}`, () => client.send(command)),
      );
      return (answer?.TargetHealthDescriptions ?? []).map(({ Target, TargetHealth }) => ({
        id: Target?.Id ?? '',
        port: Target?.Port ?? 0,
        state: TargetHealth?.State ?? 'unavailable',
        reason: TargetHealth?.Reason,
        description: TargetHealth?.Description,
      }));
    },
  };
}

/** Undefined for a target group that does not exist. */
async function present<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    if (isAwsError(cause, 'TargetGroupNotFoundException') || isAwsError(cause, 'TargetGroupNotFound')) {
      return undefined;
    }
    throw error;
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
