import type { Clock } from '../clock/clock.ts';
import { AwsError } from '../server/service.ts';
import type { HookRule } from './hook-outcome.ts';
import type { Ids } from './ids.ts';
import type { HookRun } from './lifecycle-state.ts';
import type { OutcomeRule } from './outcome.ts';
import type { EcsService, EcsState, ServiceDeployment } from './state.ts';
import type { Stop } from './stop-reasons.ts';
import type { Task } from './task.ts';

/** Where tasks are registered as targets. Health is told through `onHealth`, once per change. */
export interface TargetPort {
  exists(targetGroupArn: string): boolean;
  register(
    targetGroupArn: string,
    target: Target,
    probe: TargetProbe,
    onHealth: (health: TargetHealth) => void,
  ): void;
  /** `onDrained` is called when the deregistration delay is over. */
  deregister(targetGroupArn: string, target: Target, onDrained: () => void): void;
}

export interface Target {
  readonly ip: string;
  readonly port: number;
}

/** How a target answers its health checks: badly for good, or well from a moment on. */
export type TargetProbe =
  | {
      readonly kind: 'passes';
      readonly fromMilliseconds: number;
      /** It has long been healthy. */
      readonly already?: boolean;
    }
  | { readonly kind: 'fails'; readonly reasonCode: string; readonly description: string };

export type TargetHealth =
  | { readonly state: 'healthy' }
  | { readonly state: 'unhealthy'; readonly description: string };

/** Where containers write their logs. */
export interface LogPort {
  groupExists(name: string): boolean;
  write(group: string, stream: string, lines: readonly string[]): void;
}

/** Whether a registry of the rehearsal has an image. Undefined: it is not one of its own, so the pull succeeds. */
export type ImagePort = (reference: string) => boolean | undefined;

export interface EcsTimes {
  /** Between a change and the scheduler's answer to it. */
  readonly schedulerSeconds: number;
  /** Between UpdateService and the service deployment's appearance in List and Describe. */
  readonly serviceDeploymentDelaySeconds: number;
  readonly provisionSeconds: number;
  readonly pullSeconds: number;
  readonly startSeconds: number;
  readonly readySeconds: number;
  /** Between SIGTERM and the exit of a container that obeys it. */
  readonly stopSeconds: number;
  readonly deprovisionSeconds: number;
  /** Between the last change of a rollout and COMPLETED: `services-stable` may come first. */
  readonly settleSeconds: number;
  /** The least that a lifecycle stage takes. */
  readonly stageSeconds: number;
  /** Between two weights of a listener rule. */
  readonly trafficShiftSeconds: number;
  /** ECS computes it from the alarms of a deployment. */
  readonly alarmBakeSeconds: number;
}

export const usualTimes: EcsTimes = {
  schedulerSeconds: 1,
  serviceDeploymentDelaySeconds: 1.5,
  provisionSeconds: 8,
  pullSeconds: 6,
  startSeconds: 3,
  readySeconds: 2,
  stopSeconds: 2,
  deprovisionSeconds: 4,
  settleSeconds: 2,
  stageSeconds: 3,
  trafficShiftSeconds: 5,
  alarmBakeSeconds: 60,
};

/** A deployment that UpdateService or CreateService has just made. */
export interface StartedDeployment {
  readonly cluster: string;
  readonly service: string;
  readonly deploymentId: string;
  readonly taskDefinitionArn: string;
}

export interface WorldOptions {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly region: string;
  readonly accountId: string;
  readonly targets: TargetPort;
  readonly logs: LogPort;
  readonly imageExists: ImagePort;
  readonly times?: Partial<EcsTimes>;
}

/** The simulated ECS: its state, and what its parts need of each other. */
export interface World extends WorldOptions {
  readonly times: EcsTimes;
  readonly state: EcsState;
  readonly rules: OutcomeRule[];
  readonly hookRules: HookRule[];
  /** Every pause hook that ever waited, by its id. */
  readonly paused: Map<string, PausedHook>;
  /** CloudWatch alarms that somebody has set. */
  readonly alarms: Map<string, AlarmState>;
  readonly deploymentListeners: Set<(started: StartedDeployment) => void>;
  /** Called by a task's life when something about the task changed that its service's scheduler has to know. */
  notice: (service: EcsService, task: Task, change: TaskChange) => void;
  /** Has the service's scheduler look at it soon, or in so many seconds. */
  wake: (service: EcsService, seconds?: number) => void;
}

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

export interface PausedHook {
  readonly deployment: ServiceDeployment;
  readonly run: HookRun;
  /** Lets the deployment go on, or rolls it back. */
  readonly answer: (action: 'CONTINUE' | 'ROLLBACK') => void;
}

export type TaskChange =
  | { readonly kind: 'running' | 'healthy' | 'stopping' | 'stopped' }
  /** It ended by itself. */
  | { readonly kind: 'failed' }
  /** It fails its health checks, past the grace period, and is to be replaced for this reason. */
  | { readonly kind: 'unhealthy'; readonly stop: Stop };

export function createWorld(options: WorldOptions, scheduler: Pick<World, 'notice' | 'wake'>): World {
  return {
    ...options,
    times: { ...usualTimes, ...options.times },
    state: {
      clusters: new Map(),
      taskDefinitions: new Map(),
      serviceDeployments: new Map(),
      serviceRevisions: new Map(),
    },
    rules: [],
    hookRules: [],
    paused: new Map(),
    alarms: new Map(),
    deploymentListeners: new Set(),
    ...scheduler,
  };
}

export function makeArn(world: WorldOptions, resource: string): string {
  const partition = world.region.startsWith('cn-')
    ? 'aws-cn'
    : world.region.startsWith('us-gov-')
      ? 'aws-us-gov'
      : 'aws';
  return `arn:${partition}:ecs:${world.region}:${world.accountId}:${resource}`;
}

export function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}

export function clientError(message: string): AwsError {
  return new AwsError('ClientException', message);
}
