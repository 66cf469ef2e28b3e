/** What DescribeServices says of one service, in domain words. Times are epoch milliseconds of AWS's clock. */
export interface ServiceState {
  readonly arn: string;
  readonly clusterArn: string;
  readonly name: string;
  /** `ACTIVE`, `DRAINING` while it is being deleted, `INACTIVE` after. */
  readonly status: string;
  readonly desiredCount: number;
  readonly runningCount: number;
  readonly pendingCount: number;
  readonly taskDefinitionArn: string | undefined;
  /** Who runs its deployments: `ECS`, `CODE_DEPLOY` or `EXTERNAL`. */
  readonly controller: string;
  /** True when a circuit breaker or alarm is set up to roll a failed deployment back. */
  readonly rollsBackOnFailure: boolean;
  readonly deployments: readonly DeploymentState[];
  /** Newest first, at most 100. */
  readonly events: readonly ServiceEvent[];
  readonly targets: readonly ServiceTarget[];
}

/** One entry of a service's `deployments`. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Deployment.html */
export interface DeploymentState {
  /** `ecs-svc/<number>`; also the `startedBy` of its tasks. */
  readonly id: string;
  /** `PRIMARY` is the newest, `ACTIVE` still has tasks, `INACTIVE` is gone. */
  readonly status: string;
  readonly taskDefinitionArn: string;
  readonly desiredCount: number;
  readonly runningCount: number;
  readonly pendingCount: number;
  readonly failedTasks: number;
  /** `IN_PROGRESS`, `COMPLETED` or `FAILED`; absent behind a Classic Load Balancer. */
  readonly rolloutState: string | undefined;
  readonly rolloutStateReason: string | undefined;
  readonly createdAt: number;
}

export interface ServiceEvent {
  readonly id: string;
  readonly createdAt: number;
  readonly message: string;
}

/** Where a service's tasks are registered. */
export interface ServiceTarget {
  /**
   * The target group, and the alternate one of a service that shifts traffic: blue's tasks are in one and green's in the other.
   * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AdvancedConfiguration.html
   */
  readonly targetGroupArns: readonly string[];
  readonly containerName: string;
  readonly containerPort: number;
}

export function primaryDeployment(service: ServiceState): DeploymentState | undefined {
  return service.deployments.find(({ status }) => status === 'PRIMARY');
}
