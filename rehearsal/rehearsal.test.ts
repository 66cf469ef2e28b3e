import {
  CloudWatchLogsClient,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  ClusterNotFoundException,
  DescribeClustersCommand,
  DescribeServiceDeploymentsCommand,
  DescribeServiceRevisionsCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  ListServiceDeploymentsCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  StopServiceDeploymentCommand,
  UpdateServiceCommand,
  waitUntilServicesStable,
} from '@aws-sdk/client-ecs';
import {
  DescribeLoadBalancersCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { taskDefinition } from './ecs/ecs-fixture.ts';
import { type Rehearsal, startRehearsal } from './rehearsal.ts';
import { CLUSTER, SERVICE, stageService } from './scenarios/stage.ts';
import { AwsError, type Json } from './server/service.ts';

/** The unmodified SDK over HTTP. Rollouts take a second or so of the wall. */
const SPEED = 200;

let rehearsal: Rehearsal;
let ecs: ECSClient;
let elb: ElasticLoadBalancingV2Client;
let logs: CloudWatchLogsClient;
let targetGroupArn: string;

beforeAll(async () => {
  rehearsal = await startRehearsal({ speed: SPEED });
  const options = {
    endpoint: rehearsal.endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIAREHEARSAL0000000', secretAccessKey: 'rehearsal' },
  };
  ecs = new ECSClient(options);
  elb = new ElasticLoadBalancingV2Client(options);
  logs = new CloudWatchLogsClient(options);
  ({ targetGroupArn } = stageService(rehearsal, { taskDefinition }));
});

afterAll(async () => {
  for (const client of [ecs, elb, logs]) client.destroy();
  await rehearsal.close();
});

/** Asks until the answer will do. The limit is a guard against hanging, not a measure. */
async function until<Answer>(
  ask: () => Promise<Answer>,
  willDo: (answer: Answer) => boolean,
): Promise<Answer> {
  for (let round = 0; round < 2000; round += 1) {
    const answer = await ask();
    if (willDo(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('it never came to pass');
}

/** The paths of all members that have a value, such as `services.deployments.id`. */
function listMembers(value: unknown, path: readonly string[] = []): Set<string> {
  if (Array.isArray(value)) return new Set(value.flatMap((item) => [...listMembers(item, path)]));
  if (typeof value !== 'object' || value === null || value instanceof Date) return new Set();
  return new Set(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .flatMap(([key, item]) => [[...path, key].join('.'), ...listMembers(item, [...path, key])]),
  );
}

async function deploy(): Promise<string> {
  const registered = await ecs.send(new RegisterTaskDefinitionCommand(taskDefinition as never));
  const { service } = await ecs.send(
    new UpdateServiceCommand({
      cluster: CLUSTER,
      service: SERVICE,
      taskDefinition: registered.taskDefinition?.taskDefinitionArn,
    }),
  );
  return service?.deployments?.find(({ status }) => status === 'PRIMARY')?.id ?? '';
}

async function followToEnd(deploymentId: string) {
  const number = deploymentId.slice('ecs-svc/'.length);
  const listed = await until(
    () => ecs.send(new ListServiceDeploymentsCommand({ cluster: CLUSTER, service: SERVICE })),
    ({ serviceDeployments }) =>
      serviceDeployments?.some(({ targetServiceRevisionArn }) =>
        targetServiceRevisionArn?.endsWith(`/${number}`),
      ) ?? false,
  );
  const arn = listed.serviceDeployments?.[0]?.serviceDeploymentArn ?? '';
  const ended = await until(
    () => ecs.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn] })),
    ({ serviceDeployments }) => serviceDeployments?.[0]?.finishedAt !== undefined,
  );
  return ended.serviceDeployments?.[0];
}

describe('the SDK', () => {
  it('deploys a service and follows its service deployment to SUCCESSFUL', async () => {
    const ended = await followToEnd(await deploy());
    expect(ended?.status).toBe('SUCCESSFUL');
    expect(ended?.finishedAt).toBeInstanceOf(Date);
    expect(ended?.targetServiceRevision).toMatchObject({ requestedTaskCount: 2, runningTaskCount: 2 });
    const waited = await waitUntilServicesStable(
      { client: ecs, maxWaitTime: 20 },
      { cluster: CLUSTER, services: [SERVICE] },
    );
    expect(waited.state).toBe('SUCCESS');
  });

  it('reads back a task definition with its times and defaults', async () => {
    const { taskDefinition: read } = await ecs.send(
      new DescribeTaskDefinitionCommand({ taskDefinition: 'web:1' }),
    );
    expect(read?.registeredAt).toBeInstanceOf(Date);
    expect(read?.containerDefinitions?.[0]).toMatchObject({ cpu: 0, environment: [], mountPoints: [] });
  });

  it('finds why tasks of a deployment stopped, and their last lines', async () => {
    rehearsal.ecs.scriptOutcome(({ attempt, deploymentId, revision }) =>
      revision > 2 && attempt === 1 && deploymentId !== undefined
        ? { kind: 'exits', afterSeconds: 1, exitCode: 1, logLines: ['Error: DATABASE_URL is not set'] }
        : undefined,
    );
    const id = await deploy();
    const { taskArns } = await until(
      () => ecs.send(new ListTasksCommand({ cluster: CLUSTER, startedBy: id, desiredStatus: 'STOPPED' })),
      (answer) => (answer.taskArns?.length ?? 0) > 0,
    );
    const { tasks } = await ecs.send(new DescribeTasksCommand({ cluster: CLUSTER, tasks: taskArns }));
    expect(tasks?.[0]).toMatchObject({ startedBy: id, stopCode: 'EssentialContainerExited' });
    const { events } = await logs.send(
      new GetLogEventsCommand({
        logGroupName: '/ecs/web',
        logStreamName: `web/app/${taskArns?.[0]?.split('/').at(-1)}`,
      }),
    );
    expect(events?.map(({ message }) => message)).toEqual(['Error: DATABASE_URL is not set']);
    expect((await followToEnd(id))?.status).toBe('SUCCESSFUL');
  });

  it('sees the health of targets and the settings of their group', async () => {
    const { TargetHealthDescriptions: targets } = await elb.send(
      new DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArn }),
    );
    expect(targets?.map(({ TargetHealth }) => TargetHealth?.State)).toContain('healthy');
    const { TargetGroups: groups } = await elb.send(
      new DescribeTargetGroupsCommand({ TargetGroupArns: [targetGroupArn] }),
    );
    expect(groups?.[0]).toMatchObject({
      HealthCheckPath: '/health',
      HealthCheckIntervalSeconds: 5,
      Port: 8080,
    });
    const { Attributes } = await elb.send(
      new DescribeTargetGroupAttributesCommand({ TargetGroupArn: targetGroupArn }),
    );
    expect(Attributes).toContainEqual({ Key: 'deregistration_delay.timeout_seconds', Value: '10' });
  });

  it('stops a deployment, and gets it rolled back', async () => {
    const id = await deploy();
    const { serviceDeployments } = await until(
      () => ecs.send(new ListServiceDeploymentsCommand({ cluster: CLUSTER, service: SERVICE })),
      (answer) => answer.serviceDeployments?.[0]?.targetServiceRevisionArn?.endsWith(id.slice(8)) ?? false,
    );
    await ecs.send(
      new StopServiceDeploymentCommand({
        serviceDeploymentArn: serviceDeployments?.[0]?.serviceDeploymentArn,
        stopType: 'ROLLBACK',
      }),
    );
    expect((await followToEnd(id))?.status).toBe('ROLLBACK_SUCCESSFUL');
  });

  it('knows every member that the answers have', async () => {
    // The SDK drops what its model does not know, so whatever the rehearsal answers and the SDK does not give back is made up.
    const services = { cluster: CLUSTER, services: [SERVICE], include: ['TAGS' as const] };
    const { serviceDeployments } = await ecs.send(
      new ListServiceDeploymentsCommand({ cluster: CLUSTER, service: SERVICE }),
    );
    const arns = serviceDeployments?.map(({ serviceDeploymentArn }) => serviceDeploymentArn ?? '') ?? [];
    const revisions =
      serviceDeployments?.map(({ targetServiceRevisionArn }) => targetServiceRevisionArn ?? '') ?? [];
    const stopped = { cluster: CLUSTER, desiredStatus: 'STOPPED' as const };
    const { taskArns = [] } = await ecs.send(new ListTasksCommand(stopped));
    const group = { TargetGroupArn: targetGroupArn };
    const stream = { logGroupName: '/ecs/web' };
    const answers: [string, string, Json, object][] = [
      ['ecs', 'DescribeServices', services, await ecs.send(new DescribeServicesCommand(services))],
      [
        'ecs',
        'DescribeServiceDeployments',
        { serviceDeploymentArns: arns },
        await ecs.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: arns })),
      ],
      [
        'ecs',
        'DescribeServiceRevisions',
        { serviceRevisionArns: revisions },
        await ecs.send(new DescribeServiceRevisionsCommand({ serviceRevisionArns: revisions })),
      ],
      [
        'ecs',
        'DescribeTasks',
        { cluster: CLUSTER, tasks: taskArns },
        await ecs.send(new DescribeTasksCommand({ cluster: CLUSTER, tasks: taskArns })),
      ],
      [
        'ecs',
        'DescribeTaskDefinition',
        { taskDefinition: 'web' },
        await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'web' })),
      ],
      [
        'ecs',
        'DescribeClusters',
        { clusters: [CLUSTER] },
        await ecs.send(new DescribeClustersCommand({ clusters: [CLUSTER] })),
      ],
      [
        'elasticloadbalancing',
        'DescribeTargetHealth',
        group,
        await elb.send(new DescribeTargetHealthCommand(group)),
      ],
      [
        'elasticloadbalancing',
        'DescribeTargetGroups',
        {},
        await elb.send(new DescribeTargetGroupsCommand({})),
      ],
      [
        'elasticloadbalancing',
        'DescribeLoadBalancers',
        {},
        await elb.send(new DescribeLoadBalancersCommand({})),
      ],
      ['logs', 'DescribeLogStreams', stream, await logs.send(new DescribeLogStreamsCommand(stream))],
      ['logs', 'FilterLogEvents', stream, await logs.send(new FilterLogEventsCommand(stream))],
    ];
    for (const [signingName, operation, input, known] of answers) {
      const knownMembers = listMembers(known);
      const answered = [...listMembers(await rehearsal.call(signingName, operation, input))];
      const unknown = answered.filter((member) => !knownMembers.has(member));
      expect({ operation, unknown }).toEqual({ operation, unknown: [] });
    }
  });

  it("knows AWS's errors by their names, and does not retry them", async () => {
    const before = rehearsal.calls.length;
    await expect(
      ecs.send(new DescribeServicesCommand({ cluster: 'none', services: ['web'] })),
    ).rejects.toBeInstanceOf(ClusterNotFoundException);
    await expect(
      elb.send(new DescribeTargetHealthCommand({ TargetGroupArn: 'arn:none' })),
    ).rejects.toMatchObject({ name: 'TargetGroupNotFoundException' });
    await expect(
      logs.send(new GetLogEventsCommand({ logGroupName: '/none', logStreamName: 'none' })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    expect(rehearsal.calls.length - before).toBe(3);
  });

  it('retries what is throttled or dropped, and what it then gets is right', async () => {
    rehearsal.faults.push(
      {
        service: 'ecs',
        operation: 'DescribeServices',
        times: 1,
        fault: { error: new AwsError('ThrottlingException', 'Rate exceeded') },
      },
      { service: 'ecs', operation: 'DescribeServices', times: 1, fault: { dropConnection: true } },
    );
    const { services } = await ecs.send(
      new DescribeServicesCommand({ cluster: CLUSTER, services: [SERVICE] }),
    );
    expect(services?.[0]?.serviceName).toBe(SERVICE);
    expect(rehearsal.calls.slice(-3).map(({ error }) => error)).toEqual([
      'ThrottlingException',
      'dropped',
      undefined,
    ]);
  });
});

it('cannot start on a port that is taken', async () => {
  const port = Number(new URL(rehearsal.endpoint).port);
  await expect(startRehearsal({ speed: 1, port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

it('names every variable that a client needs', () => {
  expect(rehearsal.environment()).toEqual({
    AWS_ENDPOINT_URL: rehearsal.endpoint,
    AWS_REGION: 'eu-west-1',
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: expect.any(String),
    AWS_SECRET_ACCESS_KEY: expect.any(String),
  });
});
