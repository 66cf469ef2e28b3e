/**
 * What ListServiceDeployments and DescribeServiceDeployments say, in domain words: the only record that tells a success
 * from a rollback. Times are epoch milliseconds of AWS's clock.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceDeployment.html
 */
export interface ServiceDeploymentState extends ServiceDeploymentBrief {
  readonly statusReason: string | undefined;
  readonly finishedAt: number | undefined;
  readonly lifecycleStage: string | undefined;
  readonly circuitBreaker: CircuitBreakerState | undefined;
  /** Names of the alarms that fired. */
  readonly triggeredAlarms: readonly string[];
  readonly rollbackReason: string | undefined;
  /** Tasks that the target revision should have and has. */
  readonly requestedCount: number | undefined;
  readonly runningCount: number | undefined;
  readonly pendingCount: number | undefined;
}

export interface ServiceDeploymentBrief {
  readonly arn: string;
  readonly status: string;
  /** Service revision that is being deployed; it ends in the number of its deployment id. */
  readonly targetRevisionArn: string;
  readonly createdAt: number;
}

export interface CircuitBreakerState {
  /** `DISABLED`, `MONITORING`, `MONITORING_COMPLETE` or `TRIGGERED`. */
  readonly status: string;
  readonly failureCount: number;
  readonly threshold: number;
}

/**
 * The id of the deployment that a service revision belongs to: `…:service-revision/c/s/123` and `ecs-svc/123` are the same
 * rollout. UpdateService does not return the service deployment (https://github.com/aws/containers-roadmap/issues/2709),
 * so this number is how ours is found.
 */
export function deploymentIdOf(serviceRevisionArn: string): string {
  return `ecs-svc/${serviceRevisionArn.slice(serviceRevisionArn.lastIndexOf('/') + 1)}`;
}

/** A status in which a service deployment can still be stopped or rolled back. */
export function isOngoing(status: string): boolean {
  return status === 'PENDING' || status === 'IN_PROGRESS';
}
