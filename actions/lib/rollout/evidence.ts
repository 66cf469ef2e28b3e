import type { FailureGroup } from './failure-group.ts';
import type { CircuitBreakerState } from './service-deployment.ts';
import type { ServiceEvent } from './service-state.ts';

/** All that is known about one deployment's failure. It comes from tasks of this deployment only; texts are as AWS sent them unless said otherwise. */
export interface Evidence {
  /** Most frequent first. */
  readonly failures: readonly FailureGroup[];
  readonly logTail: LogTail | undefined;
  readonly targetHealth: readonly TargetGroupHealth[];
  readonly circuitBreaker: CircuitBreakerState | undefined;
  readonly triggeredAlarms: readonly string[];
  /** The lifecycle hook that failed or timed out, with the stage and ECS's words. */
  readonly failedHook: FailedHook | undefined;
  /** Since our deployment began, oldest first; messages cleaned for printing. */
  readonly events: readonly ServiceEvent[];
  /** Tasks of this deployment that run, and those whose container health check says UNHEALTHY. */
  readonly runningTasks: number;
  readonly unhealthyTasks: number;
  /** What could not be looked at, each said once. */
  readonly gaps: readonly string[];
}

export interface FailedHook {
  /** `AWS_LAMBDA` or `PAUSE`. */
  readonly type: string;
  /** Name of the Lambda function; undefined for a pause. */
  readonly lambda: string | undefined;
  readonly kind: 'failed' | 'timed-out' | 'rejected';
  /** Undefined where ECS's words do not name it. */
  readonly stage: string | undefined;
  /** ECS's words, cleaned for printing. */
  readonly reason: string;
}

/** The last log lines of the failing container, cleaned for printing, oldest first; or why there are none. */
export interface LogTail {
  readonly container: string;
  readonly taskId: string;
  /** `group: /ecs/web, stream: …`, or where another log driver keeps them. */
  readonly where: string;
  readonly lines: readonly string[];
}

/** Health of our tasks in one target group, against what its health check asks for. */
export interface TargetGroupHealth {
  readonly targetGroup: string;
  readonly containerName: string;
  readonly containerPort: number;
  readonly check: HealthCheck | undefined;
  readonly targets: readonly TargetHealth[];
}

/** A target group's health check, in the words of its settings. */
export interface HealthCheck {
  readonly protocol: string;
  readonly port: string;
  readonly path: string | undefined;
  /** Status codes that count as healthy: `200`, `200-299`. */
  readonly matcher: string | undefined;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
}

/** One target. `state` is `initial`, `healthy`, `unhealthy`, `draining`, `unused` or `unavailable`. */
export interface TargetHealth {
  readonly id: string;
  readonly port: number;
  readonly state: string;
  /** `Target.ResponseCodeMismatch`, `Target.Timeout`, … */
  readonly reason: string | undefined;
  readonly description: string | undefined;
}

export const noEvidence: Evidence = {
  failures: [],
  logTail: undefined,
  targetHealth: [],
  circuitBreaker: undefined,
  triggeredAlarms: [],
  failedHook: undefined,
  events: [],
  runningTasks: 0,
  unhealthyTasks: 0,
  gaps: [],
};
