import type { Appointment } from '../clock/clock.ts';
import type { Json } from '../server/service.ts';
import type { TaskOutcome } from './outcome.ts';
import type { Cluster, Deployment, EcsService } from './state.ts';
import type { Stop } from './stop-reasons.ts';
import type { TaskDefinition } from './task-definition.ts';

export type TaskStatus =
  | 'PROVISIONING'
  | 'PENDING'
  | 'ACTIVATING'
  | 'RUNNING'
  | 'DEACTIVATING'
  | 'STOPPING'
  | 'DEPROVISIONING'
  | 'STOPPED';

export interface Task {
  readonly id: string;
  readonly arn: string;
  readonly cluster: Cluster;
  readonly service: EcsService | undefined;
  readonly deployment: Deployment | undefined;
  readonly taskDefinition: TaskDefinition;
  readonly group: string;
  readonly startedBy: string | undefined;
  readonly outcome: TaskOutcome;
  readonly attempt: number;
  readonly network: { readonly ip: string; readonly networkInterfaceId: string; readonly subnetId: string };
  /** What RunTask set, given back as it came. */
  readonly echo: Json;
  readonly containers: Container[];
  readonly createdAt: number;
  lastStatus: TaskStatus;
  desiredStatus: 'RUNNING' | 'STOPPED';
  version: number;
  pullStartedAt: number | undefined;
  pullStoppedAt: number | undefined;
  startedAt: number | undefined;
  stoppingAt: number | undefined;
  executionStoppedAt: number | undefined;
  stoppedAt: number | undefined;
  stop: Stop | undefined;
  /** Target groups in which it is registered, with what they say of it. */
  readonly targets: Map<string, 'initial' | 'healthy' | 'unhealthy'>;
  /** Passed everything that has to pass before it counts towards the minimum healthy percent. */
  healthy: boolean;
  everHealthy: boolean;
  /** 40 seconds after RUNNING, for tasks that nothing checks. */
  settled: boolean;
  /** The next step of its life, and the next thing about its health. */
  next: Appointment | undefined;
  nextCheck: Appointment | undefined;
}

export interface Container {
  readonly name: string;
  readonly image: string;
  imageDigest: string | undefined;
  readonly runtimeId: string;
  lastStatus: 'PENDING' | 'RUNNING' | 'STOPPED';
  exitCode: number | undefined;
  reason: string | undefined;
  healthStatus: 'UNKNOWN' | 'HEALTHY' | 'UNHEALTHY';
}
