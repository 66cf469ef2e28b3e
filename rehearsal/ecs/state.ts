import type { Appointment } from '../clock/clock.ts';
import type { Json } from '../server/service.ts';
import type { Lifecycle } from './lifecycle-state.ts';
import type { StrategySettings } from './strategy-settings.ts';
import type { Task } from './task.ts';
import type { TaskDefinition } from './task-definition.ts';

/** All that the rehearsal's ECS knows. Times are virtual epoch milliseconds. */
export interface EcsState {
  readonly clusters: Map<string, Cluster>;
  /** Revisions by family, oldest first: revision n is at n - 1. */
  readonly taskDefinitions: Map<string, TaskDefinition[]>;
  readonly serviceDeployments: Map<string, ServiceDeployment>;
  readonly serviceRevisions: Map<string, ServiceRevision>;
}

export type Tag = { readonly key: string; readonly value: string };

export interface Cluster {
  readonly name: string;
  readonly arn: string;
  readonly services: Map<string, EcsService>;
  /** By task id; stopped tasks stay for an hour. */
  readonly tasks: Map<string, Task>;
  tags: Tag[];
}

export interface EcsService {
  readonly name: string;
  readonly arn: string;
  readonly cluster: Cluster;
  readonly createdAt: number;
  status: 'ACTIVE' | 'DRAINING' | 'INACTIVE';
  desiredCount: number;
  settings: ServiceSettings;
  /** The PRIMARY first, then the others, newest first. */
  deployments: Deployment[];
  /** Tasks that have not reached STOPPED. */
  readonly tasks: Set<Task>;
  /** Newest first, 100 at most. */
  readonly events: ServiceEvent[];
  /** Newest first. */
  readonly serviceDeployments: ServiceDeployment[];
  /** What a rollback goes back to: the latest deployment in state COMPLETED. */
  lastCompleted: Deployment | undefined;
  /** Whether "has reached a steady state" was said since something last moved. */
  steady: boolean;
  /** Whether the scheduler has said that minimum and maximum percent leave it no move. */
  stuck: boolean;
  /** The scheduler's next look. */
  nextLook: { readonly at: number; readonly appointment: Appointment } | undefined;
  /** What it last said about tasks that it could not start; it does not say the same twice in a row. */
  complaint: { readonly reason: string; readonly at: number } | undefined;
  tags: Tag[];
}

export interface LoadBalancerBinding {
  readonly targetGroupArn: string;
  /** Where the other one of blue and green is registered. */
  readonly alternateTargetGroupArn: string | undefined;
  readonly productionListenerRule: string | undefined;
  readonly testListenerRule: string | undefined;
  readonly containerName: string;
  readonly containerPort: number;
}

/** What CreateService and UpdateService set. `echo` is given back by DescribeServices as it came. */
export interface ServiceSettings {
  readonly loadBalancers: readonly LoadBalancerBinding[];
  readonly healthCheckGracePeriodSeconds: number;
  readonly minimumHealthyPercent: number;
  readonly maximumPercent: number;
  readonly breaker: BreakerSettings;
  readonly strategy: StrategySettings;
  readonly echo: Json;
}

export interface BreakerSettings {
  readonly enable: boolean;
  readonly rollback: boolean;
  readonly resetOnHealthyTask: boolean;
  readonly threshold: {
    readonly type: 'BOUNDED_PERCENT' | 'UNBOUNDED_PERCENT' | 'COUNT';
    readonly value: number;
  };
}

export interface ServiceEvent {
  readonly id: string;
  readonly createdAt: number;
  message: string;
  /** Of events that say the same of one more task in the same moment, only the count grows. */
  readonly counts: { readonly key: string; count: number } | undefined;
}

export interface ServiceRevision {
  readonly arn: string;
  readonly service: EcsService;
  readonly taskDefinition: TaskDefinition;
  readonly settings: ServiceSettings;
  readonly createdAt: number;
}

/** One entry of `deployments[]` in DescribeServices. */
export interface Deployment {
  /** `ecs-svc/…`; the number is also the last part of the service revision's ARN. */
  readonly id: string;
  readonly revision: ServiceRevision;
  readonly createdAt: number;
  status: 'PRIMARY' | 'ACTIVE';
  /** Counts only while it is PRIMARY. */
  desiredCount: number;
  updatedAt: number;
  rolloutState: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';
  rolloutStateReason: string;
  /** Failed tasks since the last healthy one. */
  failedTasks: number;
  /** Tasks that stopped before RUNNING, in a row: they slow the scheduler down. */
  startFailures: number;
  startBlockedUntil: number;
  /** Tasks ever started. */
  attempts: number;
  /** Unhealthy tasks whose replacement has not been announced yet. */
  replacing: number;
  /** Where its tasks are registered. Blue and green take turns with the two target groups. */
  readonly targetGroups: readonly TargetGroupUse[];
}

export interface TargetGroupUse {
  readonly targetGroupArn: string;
  readonly binding: LoadBalancerBinding;
}

export type ServiceDeploymentStatus =
  | 'PENDING'
  | 'IN_PROGRESS'
  | 'SUCCESSFUL'
  | 'STOP_REQUESTED'
  | 'STOPPED'
  | 'ROLLBACK_REQUESTED'
  | 'ROLLBACK_IN_PROGRESS'
  | 'ROLLBACK_SUCCESSFUL'
  | 'ROLLBACK_FAILED';

export interface ServiceDeployment {
  readonly arn: string;
  readonly service: EcsService;
  readonly target: Deployment;
  readonly sources: readonly Deployment[];
  readonly createdAt: number;
  /** When List and Describe begin to know it: the API is eventually consistent. */
  readonly visibleAt: number;
  status: ServiceDeploymentStatus;
  statusReason: string | undefined;
  startedAt: number | undefined;
  updatedAt: number;
  stoppedAt: number | undefined;
  finishedAt: number | undefined;
  rollback: { readonly reason: string; readonly startedAt: number; readonly to: Deployment } | undefined;
  /** The deployment that came while this one was going on, and stopped it. */
  supersededBy: Deployment | undefined;
  breaker: {
    status: 'DISABLED' | 'MONITORING' | 'MONITORING_COMPLETE' | 'TRIGGERED';
    failureCount: number;
    threshold: number;
  };
  readonly alarms: {
    status: 'DISABLED' | 'MONITORING' | 'MONITORING_COMPLETE' | 'TRIGGERED';
    readonly triggered: string[];
  };
  /** The stages it goes through; none where there is nothing but tasks to replace. */
  readonly lifecycle: Lifecycle | undefined;
  /** Task counts as they were when it ended. */
  finalCounts: ReadonlyMap<Deployment, TaskCounts> | undefined;
}

export interface TaskCounts {
  readonly requested: number;
  readonly running: number;
  readonly pending: number;
}
