import { AwsError } from './service.ts';

interface Rate {
  readonly burst: number;
  /** Tokens a second. */
  readonly sustained: number;
  readonly operations: readonly string[];
}

/**
 * What ECS allows an account in a region, by category of operations; calls of one category share a bucket.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/request-throttling.html
 */
const ecsRates: readonly Rate[] = [
  { burst: 20, sustained: 1, operations: ['CreateCluster', 'DeleteCluster', 'UpdateCluster'] },
  { burst: 50, sustained: 20, operations: ['DescribeClusters', 'ListClusters'] },
  { burst: 20, sustained: 1, operations: ['DeregisterTaskDefinition', 'RegisterTaskDefinition'] },
  {
    burst: 50,
    sustained: 20,
    operations: ['DescribeTaskDefinition', 'ListTaskDefinitions', 'ListTaskDefinitionFamilies'],
  },
  { burst: 20, sustained: 10, operations: ['TagResource', 'UntagResource'] },
  { burst: 50, sustained: 20, operations: ['ListTagsForResource'] },
  { burst: 100, sustained: 40, operations: ['RunTask', 'StopTask'] },
  { burst: 100, sustained: 20, operations: ['DescribeTasks', 'ListTasks'] },
  { burst: 50, sustained: 5, operations: ['CreateService', 'DeleteService', 'UpdateService'] },
  { burst: 100, sustained: 20, operations: ['DescribeServices', 'ListServices'] },
  // StopServiceDeployment and ContinueServiceDeployment are in no category of the page.
  { burst: 50, sustained: 20, operations: ['DescribeServiceDeployments', 'ListServiceDeployments'] },
  { burst: 50, sustained: 20, operations: ['DescribeServiceRevisions'] },
];

export interface RequestRates {
  /** @throws AwsError ThrottlingException where the bucket of the operation is empty */
  take(signingName: string, operation: string): void;
}

/** Token buckets, full at first. `now` is the client's time in milliseconds: quotas know no virtual clock. */
export function createRequestRates(now: () => number): RequestRates {
  const buckets = ecsRates.map((rate) => ({ rate, tokens: rate.burst, filledAt: now() }));
  return {
    take(signingName, operation) {
      if (signingName !== 'ecs') return;
      const bucket = buckets.find(({ rate }) => rate.operations.includes(operation));
      if (bucket === undefined) return;
      const at = now();
      const refilled = ((at - bucket.filledAt) / 1000) * bucket.rate.sustained;
      bucket.tokens = Math.min(bucket.rate.burst, bucket.tokens + refilled);
      bucket.filledAt = at;
      if (bucket.tokens < 1) throw new AwsError('ThrottlingException', 'Rate exceeded');
      bucket.tokens -= 1;
    },
  };
}
