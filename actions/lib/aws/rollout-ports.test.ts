import type { ECSClient } from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Rehearsal, startRehearsal } from '../../../rehearsal/rehearsal.ts';
import { type StagedService, stageService } from '../../../rehearsal/scenarios/stage.ts';
import { AwsError } from '../../../rehearsal/server/service.ts';
import { systemClock } from '../runner/system-clock.ts';
import { createEcsClient } from './ecs-client.ts';
import { createRevisionStore } from './ecs-revisions.ts';
import { createServiceRevisionReader } from './ecs-rollout.ts';
import { createRolloutPorts } from './rollout-ports.ts';

const app = {
  taskDefinition: {
    family: 'web',
    requiresCompatibilities: ['FARGATE'],
    networkMode: 'awsvpc',
    cpu: '256',
    memory: '512',
    containerDefinitions: [
      {
        name: 'web',
        image: 'web:1',
        portMappings: [{ containerPort: 8080 }],
        healthCheck: { command: ['CMD', 'true'] },
        logConfiguration: {
          logDriver: 'awslogs',
          options: {
            'awslogs-group': '/ecs/web',
            'awslogs-region': 'eu-west-1',
            'awslogs-stream-prefix': 'ecs',
          },
        },
      },
      { name: 'agent', image: 'agent:1', essential: false, logConfiguration: { logDriver: 'awsfirelens' } },
    ],
  },
};

let aws: Rehearsal;
let staged: StagedService;
let client: ECSClient;
let variables: NodeJS.ProcessEnv;
const retries = { maxRetries: 1 };
const ports = (): ReturnType<typeof createRolloutPorts> => createRolloutPorts(client, retries);

beforeAll(async () => {
  aws = await startRehearsal({ speed: 100 });
  staged = stageService(aws, app);
  variables = { ...process.env };
  Object.assign(process.env, aws.environment());
  client = createEcsClient(retries);
});
afterAll(async () => {
  process.env = variables;
  client.destroy();
  await aws.close();
});
beforeEach(() => {
  aws.faults.length = 0;
});

function refuse(operation: string, code: string, times = 10): void {
  aws.faults.push({ service: 'ecs', operation, times, fault: { error: new AwsError(code, `${code}!`) } });
}

describe('the rollout ports, on the wire', () => {
  it('see a service as it is', async () => {
    const [service] = await ports().observer.describeServices(staged.cluster, [staged.service, 'missing']);
    expect(service).toMatchObject({
      name: 'web',
      status: 'ACTIVE',
      desiredCount: 2,
      controller: 'ECS',
      deployments: [
        {
          id: staged.deploymentId,
          status: 'PRIMARY',
          rolloutState: 'COMPLETED',
          taskDefinitionArn: staged.taskDefinitionArn,
        },
      ],
      targets: [{ targetGroupArns: [staged.targetGroupArn], containerName: 'web', containerPort: 8080 }],
    });
    expect(service?.deployments[0]?.createdAt).toBeGreaterThan(1.6e12);
  });

  it('see tasks, their targets and containers', async () => {
    const { tasks, targets } = ports();
    const arns = await tasks.listTasks(staged.cluster, staged.service, 'RUNNING');
    const states = await tasks.describeTasks(staged.cluster, arns);
    expect(states).toHaveLength(2);
    expect(states[0]).toMatchObject({
      startedBy: staged.deploymentId,
      lastStatus: 'RUNNING',
      addresses: [expect.stringMatching(/^10\./)],
    });
    const health = await targets.describeTargets(staged.targetGroupArn);
    expect(health.map(({ id }) => id).sort()).toEqual(states.flatMap(({ addresses }) => addresses).sort());
    expect(health[0]).toMatchObject({ port: 8080, state: 'healthy' });
    expect(await targets.describeHealthCheck(staged.targetGroupArn)).toMatchObject({
      protocol: 'HTTP',
      matcher: '200',
    });
    expect(await tasks.describeContainers(staged.taskDefinitionArn)).toEqual([
      {
        name: 'web',
        hasHealthCheck: true,
        log: { driver: 'awslogs', group: '/ecs/web', prefix: 'ecs', region: 'eu-west-1' },
      },
      { name: 'agent', hasHealthCheck: false, log: { driver: 'awsfirelens' } },
    ]);
  });

  it('know what a target group and a log stream that do not exist mean', async () => {
    const missing = staged.targetGroupArn.replace(/\w+$/, 'ffffffffffffffff');
    expect(await ports().targets.describeTargets(missing)).toEqual([]);
    expect(await ports().targets.describeHealthCheck(missing)).toBeUndefined();
    const stream = { group: '/ecs/none', stream: 'ecs/web/1', region: 'eu-west-1' };
    expect(await ports().logs.readTail(stream, 5)).toEqual([]);
  });

  it('read the last lines of a stream, oldest first', async () => {
    await aws
      .call('logs', 'CreateLogStream', { logGroupName: '/ecs/web', logStreamName: 'ecs/web/1' })
      .catch(() => undefined);
    const logEvents = ['a', 'b', 'c'].map((message, index) => ({ message, timestamp: Date.now() + index }));
    await aws.call('logs', 'PutLogEvents', {
      logGroupName: '/ecs/web',
      logStreamName: 'ecs/web/1',
      logEvents,
    });
    const stream = { group: '/ecs/web', stream: 'ecs/web/1', region: 'eu-west-1' };
    expect(await ports().logs.readTail(stream, 2)).toEqual(['b', 'c']);
  });

  it('start a rollout, find its service deployment by number, and have it rolled back', async () => {
    const { control, observer } = ports();
    const store = createRevisionStore(client, { clock: systemClock, random: Math.random, maxRetries: 1 });
    const arn = await store.registerTaskDefinition(app.taskDefinition);
    expect((await store.describeTaskDefinition(arn)).status).toBe('ACTIVE');
    const place = { cluster: staged.cluster, service: staged.service };
    const started = await control.updateService({ ...place, taskDefinitionArn: arn, isForced: false });
    expect(started.deploymentId).toMatch(/^ecs-svc\/\d+$/);
    const number = started.deploymentId.slice('ecs-svc/'.length);
    let found: Awaited<ReturnType<typeof observer.listServiceDeployments>>[number] | undefined;
    while (found === undefined) {
      const listed = await observer.listServiceDeployments(place.cluster, place.service);
      found = listed.find(({ targetRevisionArn }) => targetRevisionArn.endsWith(`/${number}`));
    }
    const [state] = await observer.describeServiceDeployments([found.arn]);
    expect(state).toMatchObject({ arn: found.arn, requestedCount: 2, triggeredAlarms: [] });
    expect(await createServiceRevisionReader(client).describeTaskDefinitionOf(found.targetRevisionArn)).toBe(
      arn,
    );
    expect(await control.stopServiceDeployment(found.arn)).toBe('requested');
    const isOver = async (): Promise<boolean> =>
      (await observer.describeServiceDeployments([found.arn]))[0]?.status === 'ROLLBACK_SUCCESSFUL';
    while (!(await isOver())) await systemClock.sleep(20);
    expect(await control.stopServiceDeployment(found.arn)).toBe('refused');
    expect(
      aws.calls
        .filter(({ operation }) => operation === 'UpdateService')
        .map(({ input }) => Object.keys(input as object).sort()),
    ).toEqual([['cluster', 'service', 'taskDefinition']]);
  });
});

describe('the rollout ports, refused', () => {
  it('name a missing cluster, service and task definition', async () => {
    const { observer } = ports();
    await expect(observer.describeServices('nowhere', ['web'])).rejects.toMatchObject({
      code: 'cluster-not-found',
    });
    await expect(observer.listServiceDeployments(staged.cluster, 'nobody')).rejects.toMatchObject({
      code: 'service-not-found',
    });
    const store = createRevisionStore(client, { clock: systemClock, random: Math.random, maxRetries: 1 });
    await expect(store.describeTaskDefinition('nothing:1')).rejects.toMatchObject({
      code: 'task-definition-not-found',
    });
  });

  it.each([
    ['AccessDeniedException', 'access-denied'],
    ['ExpiredTokenException', 'credentials-expired'],
    ['ThrottlingException', 'throttled'],
  ])('translate %s', async (code, expected) => {
    refuse('DescribeServices', code);
    await expect(ports().observer.describeServices(staged.cluster, ['web'])).rejects.toMatchObject({
      code: expected,
    });
  });

  it('retry once what was throttled once', async () => {
    refuse('DescribeServices', 'ThrottlingException', 1);
    expect(await ports().observer.describeServices(staged.cluster, ['web'])).toHaveLength(1);
  });

  it('do not take a missing permission to stop for an ended deployment', async () => {
    refuse('StopServiceDeployment', 'AccessDeniedException');
    await expect(ports().control.stopServiceDeployment('arn:x')).rejects.toMatchObject({
      code: 'access-denied',
    });
  });

  it('register once more when two registrations collide', async () => {
    const error = new AwsError(
      'ClientException',
      'Too many concurrent attempts to create a new revision of the specified family.',
    );
    aws.faults.push({ service: 'ecs', operation: 'RegisterTaskDefinition', times: 2, fault: { error } });
    const pauses: number[] = [];
    const clock = { now: () => 0, sleep: async (milliseconds: number) => void pauses.push(milliseconds) };
    const store = createRevisionStore(client, { clock, random: () => 0.5, maxRetries: 2 });
    expect(await store.registerTaskDefinition(app.taskDefinition)).toContain(':task-definition/web:');
    expect(pauses).toEqual([500, 1000]);
  });
});
