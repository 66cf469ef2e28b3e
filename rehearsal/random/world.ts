import { createSteppingClock, type SteppingClock } from '../clock/clock.ts';
import type { EcsControl } from '../ecs/control.ts';
import { createIds } from '../ecs/ids.ts';
import type { TaskOutcome } from '../ecs/outcome.ts';
import { createEcs } from '../ecs/service.ts';
import { createElb } from '../elb/service.ts';
import { createLogs } from '../logs/service.ts';
import type { Json, Service } from '../server/service.ts';
import { shareOf } from './draw.ts';
import type { RolloutPlan } from './plan.ts';
import { describeService } from './service-input.ts';

export const CLUSTER = 'rehearsal';
export const SERVICE = 'web';

/** A service as the plan wants it, before our rollout. */
export interface RolloutWorld {
  readonly clock: SteppingClock;
  readonly control: EcsControl;
  readonly services: readonly Service[];
  /** What the service runs, and the revision that is to be deployed. */
  readonly previousTaskDefinitionArn: string;
  readonly taskDefinitionArn: string;
  /** Calls ECS without any fault. */
  ecs(operation: string, input: Json): Json;
}

const START = Date.UTC(2026, 10, 20, 8);
const place = { region: 'eu-west-1', accountId: '123456789012' };
const LOG_GROUP = '/ecs/web';

export function createRolloutWorld(plan: RolloutPlan): RolloutWorld {
  const clock = createSteppingClock(START);
  const elb = createElb({ ...place, clock });
  const logs = createLogs({ ...place, clock });
  const { service, control } = createEcs({
    ...place,
    clock,
    ids: createIds(plan.seed),
    targets: elb,
    logs,
    imageExists: () => undefined,
  });
  const ecs = (operation: string, input: Json): Json => {
    const run = service.operations[operation];
    if (run === undefined) throw new Error(`ECS has no ${operation}.`);
    return run(input, { operation, region: place.region, accessKeyId: 'AKID', now: clock.now() }) as Json;
  };
  logs.ensureGroup(LOG_GROUP);
  const previousTaskDefinitionArn = placeService(
    plan,
    { clock, control, ecs },
    (name) => elb.createTargetGroup({ name, port: 8080 }).arn,
  );
  const taskDefinition = ecs('RegisterTaskDefinition', describeTaskDefinition(plan, 'web:2'))[
    'taskDefinition'
  ] as Json;
  const taskDefinitionArn = String(taskDefinition['taskDefinitionArn']);
  control.scriptOutcome((attempt) =>
    attempt.taskDefinitionArn === taskDefinitionArn
      ? outcomeOfOurs(plan, attempt.attempt)
      : outcomeOfOthers(plan, attempt.taskDefinitionArn === previousTaskDefinitionArn),
  );
  const { hook } = plan;
  if (hook?.kind === 'fails') control.scriptHook(() => ({ kind: 'fails', afterSeconds: 5 }));
  if (hook?.kind === 'never-answers') control.scriptHook(() => ({ kind: 'never-answers' }));
  return {
    clock,
    control,
    services: [service, elb.service, logs.service],
    previousTaskDefinitionArn,
    taskDefinitionArn,
    ecs,
  };
}

function placeService(
  plan: RolloutPlan,
  { clock, control, ecs }: Pick<RolloutWorld, 'clock' | 'control' | 'ecs'>,
  createTargetGroup: (name: string) => string,
): string {
  const input: Json = { ...describeService(plan, createTargetGroup), serviceName: SERVICE };
  const taskDefinition = describeTaskDefinition(plan, 'web:1');
  if (plan.hasPredecessor) {
    return control.seedService(CLUSTER, { ...input, taskDefinition }).taskDefinitionArn;
  }
  // It was created a moment ago, and its tasks do not come up: there is no deployment that ever completed.
  control.scriptOutcome(() => ({ kind: 'hangs' }));
  control.ensureCluster(CLUSTER);
  const { taskDefinition: registered } = ecs('RegisterTaskDefinition', taskDefinition);
  const arn = String((registered as Json)['taskDefinitionArn']);
  ecs('CreateService', {
    ...input,
    cluster: CLUSTER,
    taskDefinition: arn,
    desiredCount: Math.max(1, plan.desiredCount),
  });
  clock.advance(5000);
  ecs('UpdateService', { cluster: CLUSTER, service: SERVICE, desiredCount: plan.desiredCount });
  return arn;
}

function describeTaskDefinition({ checks }: RolloutPlan, tag: string): Json {
  return {
    family: 'web',
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '256',
    memory: '512',
    containerDefinitions: [
      {
        name: 'app',
        image: `example.com/${tag}`,
        portMappings: [{ containerPort: 8080 }],
        logConfiguration: {
          logDriver: 'awslogs',
          options: {
            'awslogs-group': LOG_GROUP,
            'awslogs-region': place.region,
            'awslogs-stream-prefix': 'web',
          },
        },
        ...(checks === 'container' || checks === 'both'
          ? { healthCheck: { command: ['CMD', 'true'], interval: 10, retries: 3, startPeriod: 10 } }
          : {}),
      },
    ],
  };
}

function outcomeOfOurs(
  { seed, mishap, pullSeconds, readySeconds }: RolloutPlan,
  attempt: number,
): TaskOutcome {
  if (mishap !== undefined && attempt <= mishap.untilAttempt && shareOf(seed, attempt, 1) < mishap.share) {
    return mishap.outcome;
  }
  return {
    kind: 'healthy',
    pullSeconds: roundToMilliseconds(shareOf(seed, attempt, 2) * pullSeconds),
    readySeconds: roundToMilliseconds(shareOf(seed, attempt, 3) * readySeconds),
  };
}

function outcomeOfOthers(plan: RolloutPlan, isPrevious: boolean): TaskOutcome {
  if (!isPrevious || (plan.hasPredecessor && !plan.isPreviousBroken)) return { kind: 'healthy' };
  return plan.hasPredecessor ? { kind: 'exits', afterSeconds: 2, exitCode: 1 } : { kind: 'hangs' };
}

// The wire knows no shorter time.
function roundToMilliseconds(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
