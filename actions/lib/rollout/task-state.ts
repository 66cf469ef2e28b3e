/** What DescribeTasks says of one task. Times are epoch milliseconds of AWS's clock. */
export interface TaskState {
  readonly arn: string;
  /** The deployment that started it: `ecs-svc/<number>`. */
  readonly startedBy: string | undefined;
  readonly taskDefinitionArn: string | undefined;
  readonly lastStatus: string;
  /** `HEALTHY`, `UNHEALTHY`, or `UNKNOWN` when no container has a health check or none has answered yet. */
  readonly healthStatus: string;
  readonly stopCode: string | undefined;
  readonly stoppedReason: string | undefined;
  readonly createdAt: number | undefined;
  readonly pullStartedAt: number | undefined;
  readonly pullStoppedAt: number | undefined;
  readonly startedAt: number | undefined;
  readonly stoppingAt: number | undefined;
  readonly stoppedAt: number | undefined;
  readonly containers: readonly ContainerState[];
  /** Private addresses of its network interface; none outside awsvpc mode. */
  readonly addresses: readonly string[];
}

export interface ContainerState {
  readonly name: string;
  readonly image: string | undefined;
  readonly exitCode: number | undefined;
  readonly reason: string | undefined;
  readonly healthStatus: string | undefined;
  /** Ports of the container instance that lead here, outside awsvpc mode. */
  readonly hostPorts: readonly number[];
}
