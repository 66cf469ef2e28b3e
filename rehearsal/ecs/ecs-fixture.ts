import { createSteppingClock, type SteppingClock } from '../clock/clock.ts';
import { createElb, type Elb } from '../elb/service.ts';
import { createLogs, type Logs } from '../logs/service.ts';
import { AwsError, type Json, type Service } from '../server/service.ts';
import type { EcsControl, SeededService } from './control.ts';
import { createIds } from './ids.ts';
import { createEcs } from './service.ts';
import type { EcsTimes, ImagePort } from './world.ts';

/** ECS on the stepping clock, without the wire, for tests. */
export interface EcsBench {
  readonly clock: SteppingClock;
  readonly control: EcsControl;
  readonly elb: Elb;
  readonly logs: Logs;
  call(operation: string, input?: Json): Json;
  /** Moves time on until the condition holds; false when it does not within an hour. */
  advanceUntil(holds: () => boolean, limitSeconds?: number): boolean;
  /** The service `web` with `desiredCount` healthy tasks behind a target group. */
  seed(overrides?: Json): SeededService & { readonly targetGroupArn: string };
  /** Registers the next revision of `web` and rolls it out; returns its deployment's id. */
  deploy(change?: Json): string;
  service(): ServiceView;
  serviceDeployments(): readonly ServiceDeploymentView[];
  /** Stopped tasks of a deployment. */
  stoppedTasks(deploymentId: string): readonly Json[];
  messages(): readonly string[];
}

export interface DeploymentView {
  readonly id: string;
  readonly status: string;
  readonly taskDefinition: string;
  readonly rolloutState: string;
  readonly rolloutStateReason: string;
  readonly desiredCount: number;
  readonly runningCount: number;
  readonly pendingCount: number;
  readonly failedTasks: number;
}

export interface ServiceView {
  readonly status: string;
  readonly taskDefinition: string;
  readonly desiredCount: number;
  readonly runningCount: number;
  readonly pendingCount: number;
  readonly deployments: readonly DeploymentView[];
  readonly events: readonly { readonly message: string; readonly createdAt: Date }[];
  readonly currentServiceDeployment: string | undefined;
}

export interface ServiceDeploymentView {
  readonly serviceDeploymentArn: string;
  readonly status: string;
  readonly statusReason: string | undefined;
  readonly targetServiceRevisionArn: string;
  readonly createdAt: Date;
  readonly startedAt: Date | undefined;
  readonly finishedAt: Date | undefined;
}

export const START = Date.UTC(2026, 10, 20, 8);

export const taskDefinition: Json = {
  family: 'web',
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  cpu: '256',
  memory: '512',
  containerDefinitions: [
    {
      name: 'app',
      image: 'example.com/web:1',
      portMappings: [{ containerPort: 8080 }],
      logConfiguration: {
        logDriver: 'awslogs',
        options: {
          'awslogs-group': '/ecs/web',
          'awslogs-region': 'eu-west-1',
          'awslogs-stream-prefix': 'web',
        },
      },
    },
  ],
};

export function createBench(
  options: {
    readonly seed?: number;
    readonly times?: Partial<EcsTimes>;
    readonly imageExists?: ImagePort;
  } = {},
): EcsBench {
  const clock = createSteppingClock(START);
  const place = { clock, region: 'eu-west-1', accountId: '123456789012' };
  const elb = createElb(place);
  const logs = createLogs(place);
  const { service: ecs, control } = createEcs({
    ...place,
    ids: createIds(options.seed ?? 7),
    targets: elb,
    logs,
    imageExists: options.imageExists ?? (() => undefined),
    ...(options.times === undefined ? {} : { times: options.times }),
  });
  const call = (operation: string, input: Json = {}): Json => invoke(ecs, operation, input);
  const web = { cluster: 'rehearsal', service: 'web' };
  const service = (): ServiceView => {
    const { services } = call('DescribeServices', { cluster: 'rehearsal', services: ['web'] });
    return (services as ServiceView[])[0] as ServiceView;
  };
  return {
    clock,
    control,
    elb,
    logs,
    call,
    advanceUntil(holds, limitSeconds = 3600) {
      const until = clock.now() + limitSeconds * 1000;
      while (!holds()) if (clock.now() > until || !clock.step()) return false;
      return true;
    },
    seed(overrides = {}) {
      logs.ensureGroup('/ecs/web');
      const { arn } = elb.createTargetGroup({ name: 'web', port: 8080 });
      const seeded = control.seedService('rehearsal', {
        serviceName: 'web',
        taskDefinition,
        desiredCount: 2,
        networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } },
        loadBalancers: [{ targetGroupArn: arn, containerName: 'app', containerPort: 8080 }],
        ...overrides,
      });
      return { ...seeded, targetGroupArn: arn };
    },
    deploy(change = {}) {
      call('RegisterTaskDefinition', { ...taskDefinition, ...change });
      call('UpdateService', { ...web, taskDefinition: 'web' });
      return service().deployments[0]?.id ?? '';
    },
    service,
    serviceDeployments: () =>
      call('ListServiceDeployments', web)['serviceDeployments'] as ServiceDeploymentView[],
    stoppedTasks(deploymentId) {
      const { taskArns } = call('ListTasks', {
        cluster: 'rehearsal',
        startedBy: deploymentId,
        desiredStatus: 'STOPPED',
      });
      if ((taskArns as string[]).length === 0) return [];
      return call('DescribeTasks', { cluster: 'rehearsal', tasks: taskArns })['tasks'] as Json[];
    },
    messages: () => service().events.map(({ message }) => message),
  };
}

/** Calls an operation that answers at once. */
export function invoke(service: Service, operation: string, input: Json): Json {
  const run = service.operations[operation];
  if (run === undefined) throw new Error(`no operation ${operation}`);
  return run(input, { operation, region: 'eu-west-1', accessKeyId: 'AKID', now: 0 }) as Json;
}

/** The code of the AWS error that the call fails with, and its message. */
export function refusalOf(call: () => unknown): { readonly code: string; readonly message: string } {
  try {
    call();
  } catch (error) {
    if (error instanceof AwsError) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('the call was not refused');
}
