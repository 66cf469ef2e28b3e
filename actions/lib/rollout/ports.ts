import type { HealthCheck, TargetHealth } from './evidence.ts';
import type { ServiceDeploymentBrief, ServiceDeploymentState } from './service-deployment.ts';
import type { ServiceState } from './service-state.ts';
import type { TaskState } from './task-state.ts';

/*
 * What the waiter needs of AWS. Every method rejects with a UserError (`access-denied`, `credentials-expired`, `throttled`, …)
 * for what AWS refuses.
 */

/** How a rollout is watched. */
export interface RolloutObserver {
  /** At most ten services of one cluster; those that do not exist are left out. */
  describeServices(cluster: string, services: readonly string[]): Promise<ServiceState[]>;
  /** Newest first. */
  listServiceDeployments(cluster: string, service: string): Promise<ServiceDeploymentBrief[]>;
  /** At most twenty. */
  describeServiceDeployments(arns: readonly string[]): Promise<ServiceDeploymentState[]>;
}

/** What a service revision was made of, for deployments that the service does not list any more. */
export interface ServiceRevisionReader {
  /** ARN of its task definition; undefined for revisions of before October 2024. */
  describeTaskDefinitionOf(serviceRevisionArn: string): Promise<string | undefined>;
}

/** How a rollout is taken back. */
export interface RolloutControl {
  /** Asks ECS to roll back; `refused` when the service deployment has already ended. */
  stopServiceDeployment(arn: string): Promise<'requested' | 'refused'>;
  /** Puts the service on a task definition and answers the new deployment. */
  updateService(update: ServiceUpdate): Promise<StartedDeployment>;
}

export interface ServiceUpdate {
  readonly cluster: string;
  readonly service: string;
  readonly taskDefinitionArn: string;
  /** Replace the tasks even when the definition is what already runs. */
  readonly isForced: boolean;
}

export interface StartedDeployment {
  readonly deploymentId: string;
  readonly createdAt: number;
}

/** Where evidence of failed tasks comes from. */
export interface TaskReader {
  /** ARNs of a service's tasks; stopped ones stay visible for about an hour. */
  listTasks(cluster: string, service: string, desiredStatus: 'RUNNING' | 'STOPPED'): Promise<string[]>;
  describeTasks(cluster: string, arns: readonly string[]): Promise<TaskState[]>;
  describeContainers(taskDefinitionArn: string): Promise<ContainerSettings[]>;
}

/** What a task definition says of one container, as far as evidence needs it. */
export interface ContainerSettings {
  readonly name: string;
  readonly hasHealthCheck: boolean;
  readonly log: LogSettings;
}

export type LogSettings =
  | { readonly driver: 'awslogs'; readonly group: string; readonly prefix: string; readonly region: string }
  | { readonly driver: string; readonly group?: never };

export interface TargetReader {
  /** Undefined when the target group does not exist. */
  describeHealthCheck(targetGroupArn: string): Promise<HealthCheck | undefined>;
  describeTargets(targetGroupArn: string): Promise<TargetHealth[]>;
}

export interface LogReader {
  /** The last lines of a stream, oldest first; none when group or stream do not exist. */
  readTail(stream: LogStream, limit: number): Promise<string[]>;
}

export interface LogStream {
  readonly group: string;
  readonly stream: string;
  readonly region: string;
}

export interface RolloutPorts {
  readonly observer: RolloutObserver;
  readonly control: RolloutControl;
  readonly tasks: TaskReader;
  readonly targets: TargetReader;
  readonly logs: LogReader;
}
