/**
 * What ListServiceDeployments and DescribeServiceDeployments say, in domain words: the only record that tells a success
 * from a rollback. Times are epoch milliseconds of AWS's clock.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceDeployment.html
 */
export interface ServiceDeploymentState extends ServiceDeploymentBrief {
  readonly statusReason: string | undefined;
  readonly finishedAt: number | undefined;
  /** `SCALE_UP`, `BAKE_TIME`, …; ECS shows one for every strategy but a plain rolling update. */
  readonly lifecycleStage: string | undefined;
  /** Lifecycle hooks that have run or are running. */
  readonly hooks: readonly HookState[];
  readonly circuitBreaker: CircuitBreakerState | undefined;
  /** Names of the alarms that fired. */
  readonly triggeredAlarms: readonly string[];
  readonly rollbackReason: string | undefined;
  /** The share of production traffic that the target revision should get, 0 to 100; undefined where ECS shifts none. */
  readonly productionTrafficPercent: number | undefined;
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

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentLifecycleHookDetail.html */
export interface HookState {
  readonly id: string;
  /** `AWS_LAMBDA` or `PAUSE`. */
  readonly type: string;
  /** The Lambda function; a pause has none. */
  readonly targetArn: string | undefined;
  /** `AWAITING_ACTION`, `IN_PROGRESS`, `SUCCEEDED`, `FAILED` or `TIMED_OUT`. */
  readonly status: string;
  readonly expiresAt: number | undefined;
  /** What ECS does then: `CONTINUE` or `ROLLBACK`. */
  readonly timeoutAction: string | undefined;
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

/** The pause that the service deployment waits at for somebody's decision. */
export function findPause(state: ServiceDeploymentState): HookState | undefined {
  return state.status === 'IN_PROGRESS'
    ? state.hooks.find(({ status }) => status === 'AWAITING_ACTION')
    : undefined;
}

/** A status in which a service deployment can still be stopped or rolled back. */
export function isOngoing(status: string): boolean {
  return status === 'PENDING' || status === 'IN_PROGRESS';
}
