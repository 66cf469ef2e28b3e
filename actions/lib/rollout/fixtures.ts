import type { Log } from '../message/log.ts';
import { UserError, type UserErrorCode } from '../message/user-error.ts';
import type { Clock } from './clock.ts';
import type { TargetHealth } from './evidence.ts';
import type { ContainerSettings, RolloutPorts } from './ports.ts';
import type { Rollout } from './rollout.ts';
import type { ServiceDeploymentState } from './service-deployment.ts';
import type { DeploymentState, ServiceState } from './service-state.ts';
import type { TaskState } from './task-state.ts';

/* Shapes and stateful doubles for the tests of this room and of the actions that wait. */

const arn = 'arn:aws:ecs:eu-west-1:111122223333';

export const rollout: Rollout = {
  cluster: 'prod',
  service: 'web',
  deploymentId: 'ecs-svc/2',
  createdAt: 2_000,
  serviceDeploymentArn: undefined,
  taskDefinitionArn: `${arn}:task-definition/web:42`,
  previousTaskDefinitionArn: `${arn}:task-definition/web:41`,
};

export function deployment(id: number, over: Partial<DeploymentState> = {}): DeploymentState {
  return {
    id: `ecs-svc/${id}`,
    status: 'PRIMARY',
    taskDefinitionArn: `${arn}:task-definition/web:${40 + id}`,
    desiredCount: 2,
    runningCount: 2,
    pendingCount: 0,
    failedTasks: 0,
    rolloutState: 'IN_PROGRESS',
    rolloutStateReason: undefined,
    createdAt: id * 1000,
    ...over,
  };
}

export function serviceState(
  deployments: readonly DeploymentState[],
  over: Partial<ServiceState> = {},
): ServiceState {
  return {
    arn: `${arn}:service/prod/web`,
    clusterArn: `${arn}:cluster/prod`,
    name: 'web',
    status: 'ACTIVE',
    desiredCount: 2,
    runningCount: 2,
    pendingCount: 0,
    taskDefinitionArn: deployments[0]?.taskDefinitionArn,
    controller: 'ECS',
    rollsBackOnFailure: false,
    deployments,
    events: [],
    targets: [],
    ...over,
  };
}

export function serviceDeployment(
  status: string,
  over: Partial<ServiceDeploymentState> = {},
  id = 2,
): ServiceDeploymentState {
  return {
    arn: `${arn}:service-deployment/prod/web/d${id}`,
    status,
    targetRevisionArn: `${arn}:service-revision/prod/web/${id}`,
    createdAt: id * 1000,
    statusReason: undefined,
    finishedAt: undefined,
    lifecycleStage: undefined,
    hooks: [],
    circuitBreaker: undefined,
    triggeredAlarms: [],
    rollbackReason: undefined,
    productionTrafficPercent: undefined,
    requestedCount: 2,
    runningCount: 2,
    pendingCount: 0,
    ...over,
  };
}

let taskNumber = 0;

/** A task of the rollout that exited 1 four seconds after its start, unless told otherwise. */
export function stoppedTask(over: Partial<TaskState> = {}): TaskState {
  taskNumber += 1;
  return {
    arn: `${arn}:task/prod/${String(taskNumber).padStart(32, '0')}`,
    startedBy: 'ecs-svc/2',
    taskDefinitionArn: rollout.taskDefinitionArn,
    lastStatus: 'STOPPED',
    healthStatus: 'UNKNOWN',
    stopCode: 'EssentialContainerExited',
    stoppedReason: 'Essential container in task exited',
    createdAt: 3_000,
    pullStartedAt: 4_000,
    pullStoppedAt: 6_000,
    startedAt: 7_000,
    stoppingAt: 11_000,
    stoppedAt: 12_000,
    containers: [container({ exitCode: 1 })],
    addresses: [],
    ...over,
  };
}

export function runningTask(over: Partial<TaskState> = {}): TaskState {
  return stoppedTask({
    lastStatus: 'RUNNING',
    stopCode: undefined,
    stoppedReason: undefined,
    stoppingAt: undefined,
    stoppedAt: undefined,
    containers: [container({ exitCode: undefined })],
    ...over,
  });
}

export function container(
  over: Partial<TaskState['containers'][number]> = {},
): TaskState['containers'][number] {
  return {
    name: 'web',
    image: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/web@sha256:abc',
    exitCode: undefined,
    reason: undefined,
    healthStatus: undefined,
    hostPorts: [],
    ...over,
  };
}

export interface CollectedLog extends Log {
  readonly lines: string[];
}

export function createCollectedLog(): CollectedLog {
  const lines: string[] = [];
  return {
    lines,
    info: (line) => void lines.push(line),
    warning: (message) => void lines.push(`warning: ${message}`),
    group: (title, inner) => void lines.push(title, ...inner),
  };
}

export interface FakeClock extends Clock {
  /** Runs `task` when the clock passes `milliseconds`. */
  at(milliseconds: number, task: () => void): void;
}

/** A clock that jumps to the next appointment whenever everybody sleeps. */
export function createFakeClock(start = 1_000_000): FakeClock {
  let now = start;
  let timers: { at: number; run: () => void; isSleeper: boolean }[] = [];
  let isPumping = false;
  const pump = (): void => {
    isPumping = false;
    const next = timers.toSorted((a, b) => a.at - b.at)[0];
    if (next === undefined || !timers.some(({ isSleeper }) => isSleeper)) return;
    timers = timers.filter((timer) => timer !== next);
    now = Math.max(now, next.at);
    next.run();
    wake();
  };
  const wake = (): void => {
    if (isPumping) return;
    isPumping = true;
    setImmediate(pump);
  };
  return {
    now: () => now,
    at: (milliseconds, run) => void timers.push({ at: start + milliseconds, run, isSleeper: false }),
    sleep(milliseconds, signal) {
      return new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const timer = { at: now + milliseconds, run: resolve, isSleeper: true };
        timers.push(timer);
        signal?.addEventListener('abort', () => {
          timers = timers.filter((other) => other !== timer);
          resolve();
        });
        wake();
      });
    },
  };
}

/** The state of an AWS that holds one service; tests change it as time passes. */
export interface FakeWorld {
  service: ServiceState | undefined;
  serviceDeployments: ServiceDeploymentState[];
  tasks: TaskState[];
  containers: ContainerSettings[];
  targets: TargetHealth[];
  logs: string[];
  /** Operations that are refused, and how. */
  readonly refusals: Map<string, UserErrorCode>;
  /** Operations in the order of their calls. */
  readonly calls: string[];
  /** What happens when a rollback is asked for. */
  onStop: (() => 'requested' | 'refused') | undefined;
  onUpdate: ((taskDefinitionArn: string) => DeploymentState) | undefined;
}

export function createFakeWorld(over: Partial<FakeWorld> = {}): FakeWorld {
  return {
    service: serviceState([deployment(2), deployment(1, { status: 'ACTIVE', rolloutState: 'COMPLETED' })]),
    serviceDeployments: [serviceDeployment('IN_PROGRESS')],
    tasks: [],
    containers: [
      {
        name: 'web',
        hasHealthCheck: false,
        log: { driver: 'awslogs', group: '/ecs/web', prefix: 'ecs', region: 'eu-west-1' },
      },
    ],
    targets: [],
    logs: [],
    refusals: new Map(),
    calls: [],
    onStop: undefined,
    onUpdate: undefined,
    ...over,
  };
}

export function createFakePorts(world: FakeWorld): RolloutPorts {
  async function call<T>(operation: string, answer: () => T): Promise<T> {
    world.calls.push(operation);
    const refusal = world.refusals.get(operation);
    if (refusal !== undefined) throw new UserError(refusal, `AWS refused ${operation}: ${refusal}.`);
    return answer();
  }
  const isStopped = ({ stoppedReason }: TaskState): boolean => stoppedReason !== undefined;
  return {
    observer: {
      describeServices: () =>
        call('DescribeServices', () => (world.service === undefined ? [] : [world.service])),
      listServiceDeployments: () =>
        call('ListServiceDeployments', () =>
          world.serviceDeployments.toSorted((a, b) => b.createdAt - a.createdAt),
        ),
      describeServiceDeployments: (arns) =>
        call('DescribeServiceDeployments', () =>
          world.serviceDeployments.filter((state) => arns.includes(state.arn)),
        ),
    },
    control: {
      stopServiceDeployment: () => call('StopServiceDeployment', () => world.onStop?.() ?? 'requested'),
      updateService: ({ taskDefinitionArn }) =>
        call('UpdateService', () => {
          const started = world.onUpdate?.(taskDefinitionArn) ?? deployment(3, { taskDefinitionArn });
          return { deploymentId: started.id, createdAt: started.createdAt };
        }),
    },
    tasks: {
      listTasks: (_cluster, _service, desired) =>
        call('ListTasks', () =>
          world.tasks.filter((task) => isStopped(task) === (desired === 'STOPPED')).map((task) => task.arn),
        ),
      describeTasks: (_cluster, arns) =>
        call('DescribeTasks', () => world.tasks.filter((task) => arns.includes(task.arn))),
      describeContainers: () => call('DescribeTaskDefinition', () => world.containers),
    },
    targets: {
      describeHealthCheck: () => call('DescribeTargetGroups', () => undefined),
      describeTargets: () => call('DescribeTargetHealth', () => world.targets),
    },
    logs: {
      readTail: (_stream, limit) => call('GetLogEvents', () => world.logs.slice(-limit)),
    },
  };
}
