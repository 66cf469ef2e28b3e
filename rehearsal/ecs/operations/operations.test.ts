import { describe, expect, it } from '@jest/globals';
import type { Json } from '../../server/service.ts';
import { createBench, refusalOf, taskDefinition } from '../ecs-fixture.ts';

const cluster = 'rehearsal';
const [container] = taskDefinition['containerDefinitions'] as Json[];
const awsvpc = { awsvpcConfiguration: { subnets: ['subnet-1'] } };

describe('refusals', () => {
  const cases: [string, Json, string, string][] = [
    [
      'DescribeServices',
      { cluster: 'none', services: ['web'] },
      'ClusterNotFoundException',
      'Cluster not found.',
    ],
    ['ListTasks', { cluster: 'none' }, 'ClusterNotFoundException', 'Cluster not found.'],
    ['UpdateService', { cluster: 'none', service: 'web' }, 'ClusterNotFoundException', 'Cluster not found.'],
    ['ListServices', {}, 'ClusterNotFoundException', 'Cluster not found.'],
    ['UpdateService', { cluster, service: 'none' }, 'ServiceNotFoundException', 'Service not found.'],
    [
      'ListServiceDeployments',
      { cluster, service: 'none' },
      'ServiceNotFoundException',
      'Service not found.',
    ],
    ['ListTasks', { cluster, serviceName: 'none' }, 'ServiceNotFoundException', 'Service not found.'],
    ['UpdateService', { cluster }, 'InvalidParameterException', 'Service cannot be empty.'],
    ['DescribeServices', { cluster, services: [] }, 'InvalidParameterException', 'Services cannot be empty.'],
    ['DescribeServices', { cluster }, 'InvalidParameterException', 'Services cannot be empty.'],
    [
      'DescribeServices',
      { cluster, services: Array.from({ length: 11 }, (_, index) => `s${index}`) },
      'InvalidParameterException',
      'Services cannot be longer than 10.',
    ],
    [
      'DescribeTasks',
      { cluster, tasks: Array.from({ length: 101 }, (_, index) => `t${index}`) },
      'InvalidParameterException',
      'Tasks cannot be longer than 100.',
    ],
    [
      'DescribeServiceDeployments',
      { serviceDeploymentArns: Array.from({ length: 21 }, () => 'arn') },
      'InvalidParameterException',
      'serviceDeploymentArns cannot be longer than 20.',
    ],
    ['DescribeTasks', { cluster, tasks: [] }, 'InvalidParameterException', 'Tasks cannot be empty.'],
    [
      'DescribeTaskDefinition',
      { taskDefinition: 'none' },
      'ClientException',
      'Unable to describe task definition.',
    ],
    [
      'DescribeTaskDefinition',
      { taskDefinition: 'web:99' },
      'ClientException',
      'Unable to describe task definition.',
    ],
    ['DescribeTaskDefinition', {}, 'ClientException', 'Task definition can not be blank.'],
    [
      'UpdateService',
      { cluster, service: 'web', taskDefinition: 'none' },
      'ClientException',
      'TaskDefinition not found.',
    ],
    [
      'UpdateService',
      { cluster, service: 'web', taskDefinition: 'gone:1' },
      'ClientException',
      'TaskDefinition is inactive',
    ],
    [
      'UpdateService',
      { cluster, service: 'web', desiredCount: -1 },
      'InvalidParameterException',
      'desiredCount must be a whole number that is not negative.',
    ],
    [
      'DeleteService',
      { cluster, service: 'web' },
      'InvalidParameterException',
      'The service cannot be stopped while it is scaled above 0.',
    ],
    [
      'StopTask',
      { cluster, task: 'none' },
      'InvalidParameterException',
      'The referenced task was not found.',
    ],
    [
      'CreateService',
      { cluster, serviceName: 'web', taskDefinition: 'web', networkConfiguration: awsvpc },
      'InvalidParameterException',
      'Creation of service was not idempotent.',
    ],
    [
      'CreateService',
      { cluster, serviceName: 'new', taskDefinition: 'web' },
      'InvalidParameterException',
      "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
    ],
    [
      'UpdateService',
      {
        cluster,
        service: 'web',
        loadBalancers: [{ targetGroupArn: 'arn:none', containerName: 'app', containerPort: 8080 }],
      },
      'InvalidParameterException',
      'Unable to assume role and validate the specified targetGroupArn. Please verify that the ECS service role being passed has the proper permissions.',
    ],
    [
      'RunTask',
      { cluster, taskDefinition: 'web', count: 11, networkConfiguration: awsvpc },
      'InvalidParameterException',
      'Count must be between 1 and 10.',
    ],
    [
      'ListTasks',
      { cluster, maxResults: 0 },
      'InvalidParameterException',
      'maxResults must be between 1 and 100.',
    ],
    ['ListTasks', { cluster, nextToken: 'x' }, 'InvalidParameterException', 'Invalid token.'],
    [
      'TagResource',
      { resourceArn: 'nonsense' },
      'InvalidParameterException',
      'Invalid resource ARN: nonsense',
    ],
  ];

  it.each(cases)('%s of %j', (operation, input, code, message) => {
    const bench = createBench();
    bench.seed();
    bench.call('RegisterTaskDefinition', { ...taskDefinition, family: 'gone' });
    bench.call('DeregisterTaskDefinition', { taskDefinition: 'gone:1' });
    expect(refusalOf(() => bench.call(operation, input))).toEqual({ code, message });
  });

  it('of a rollout leave the service as it was', () => {
    const bench = createBench();
    bench.seed();
    const before = bench.service();
    const renamed = { ...taskDefinition, containerDefinitions: [{ ...container, name: 'other' }] };
    bench.call('RegisterTaskDefinition', renamed);
    expect(
      refusalOf(() =>
        bench.call('UpdateService', { cluster, service: 'web', taskDefinition: 'web', desiredCount: 9 }),
      ),
    ).toEqual({
      code: 'InvalidParameterException',
      message: 'The container app does not exist in the task definition.',
    });
    expect(bench.service()).toEqual(before);
  });
});

describe('what is asked for and not there', () => {
  it.each([
    ['DescribeClusters', { clusters: ['none'] }, 'arn:aws:ecs:eu-west-1:123456789012:cluster/none'],
    [
      'DescribeServices',
      { cluster, services: ['none'] },
      'arn:aws:ecs:eu-west-1:123456789012:service/rehearsal/none',
    ],
    ['DescribeTasks', { cluster, tasks: ['none'] }, 'arn:aws:ecs:eu-west-1:123456789012:task/rehearsal/none'],
    ['DescribeServiceDeployments', { serviceDeploymentArns: ['arn:none'] }, 'arn:none'],
    ['DescribeServiceRevisions', { serviceRevisionArns: ['arn:none'] }, 'arn:none'],
  ])('is a failure MISSING in %s', (operation, input, arn) => {
    const bench = createBench();
    bench.seed();
    expect(bench.call(operation, input)['failures']).toEqual([{ arn, reason: 'MISSING' }]);
  });
});

describe('ListTasks', () => {
  it.each([
    [{}, 3],
    [{ serviceName: 'web' }, 2],
    [{ family: 'web' }, 3],
    [{ family: 'none' }, 0],
    [{ startedBy: 'me' }, 1],
    [{ startedBy: 'me', serviceName: 'web' }, 0],
    [{ desiredStatus: 'STOPPED' }, 0],
  ])('with %j finds %i', (filter, count) => {
    const bench = createBench();
    bench.seed();
    bench.call('RunTask', { cluster, taskDefinition: 'web', startedBy: 'me', networkConfiguration: awsvpc });
    expect(bench.call('ListTasks', { cluster, ...filter })['taskArns']).toHaveLength(count);
  });

  it('gives its pages one after another', () => {
    const bench = createBench();
    bench.seed({ desiredCount: 5 });
    const seen: string[] = [];
    let nextToken: unknown;
    do {
      const page = bench.call('ListTasks', {
        cluster,
        maxResults: 2,
        ...(nextToken === undefined ? {} : { nextToken }),
      });
      seen.push(...(page['taskArns'] as string[]));
      nextToken = page['nextToken'];
    } while (nextToken !== undefined);
    expect(new Set(seen).size).toBe(5);
    expect(seen).toHaveLength(5);
  });
});

describe('RunTask', () => {
  it('runs tasks that belong to no service, and gives back the overrides', () => {
    const bench = createBench();
    bench.seed();
    const overrides = { containerOverrides: [{ name: 'app', command: ['migrate'] }] };
    const { tasks, failures } = bench.call('RunTask', {
      cluster,
      taskDefinition: 'web',
      count: 2,
      overrides,
      networkConfiguration: awsvpc,
    });
    expect(failures).toEqual([]);
    expect(tasks).toMatchObject([
      { lastStatus: 'PROVISIONING', group: 'family:web', overrides },
      { lastStatus: 'PROVISIONING' },
    ]);
  });

  it('gives the exit code of a task that ends', () => {
    const bench = createBench();
    bench.seed();
    bench.control.scriptOutcome(({ service }) =>
      service === undefined ? { kind: 'exits', afterSeconds: 4, exitCode: 0 } : undefined,
    );
    const { tasks } = bench.call('RunTask', { cluster, taskDefinition: 'web', networkConfiguration: awsvpc });
    const [{ taskArn }] = tasks as [Json];
    bench.clock.advance(60_000);
    expect(bench.call('DescribeTasks', { cluster, tasks: [taskArn] })['tasks']).toMatchObject([
      { lastStatus: 'STOPPED', stopCode: 'EssentialContainerExited', containers: [{ exitCode: 0 }] },
    ]);
  });
});

describe('task definitions', () => {
  it('are listed by family and status, newest last or first', () => {
    const bench = createBench();
    bench.seed();
    bench.call('RegisterTaskDefinition', taskDefinition);
    bench.call('RegisterTaskDefinition', { ...taskDefinition, family: 'api' });
    bench.call('DeregisterTaskDefinition', { taskDefinition: 'web:1' });
    const list = (input: Json): string[] =>
      (bench.call('ListTaskDefinitions', input)['taskDefinitionArns'] as string[]).map(
        (arn) => arn.split('/')[1] ?? '',
      );
    expect(list({})).toEqual(['api:1', 'web:2']);
    expect(list({ familyPrefix: 'web', status: 'INACTIVE' })).toEqual(['web:1']);
    expect(list({ sort: 'DESC' })).toEqual(['web:2', 'api:1']);
    expect(bench.call('ListTaskDefinitionFamilies', { familyPrefix: 'a' })['families']).toEqual(['api']);
  });

  it('resolve a bare family to its latest ACTIVE revision', () => {
    const bench = createBench();
    bench.seed();
    bench.call('RegisterTaskDefinition', taskDefinition);
    bench.call('DeregisterTaskDefinition', { taskDefinition: 'web:2' });
    const { taskDefinition: found } = bench.call('DescribeTaskDefinition', { taskDefinition: 'web' });
    expect(found).toMatchObject({ revision: 1, status: 'ACTIVE' });
    expect(bench.call('DescribeTaskDefinition', { taskDefinition: 'web:2' })['taskDefinition']).toMatchObject(
      {
        status: 'INACTIVE',
        deregisteredAt: expect.any(Date),
      },
    );
  });

  it('give their tags only when asked for them', () => {
    const bench = createBench();
    const tags = [{ key: 'team', value: 'web' }];
    bench.call('RegisterTaskDefinition', { ...taskDefinition, tags });
    expect(bench.call('DescribeTaskDefinition', { taskDefinition: 'web' })).not.toHaveProperty('tags');
    expect(
      bench.call('DescribeTaskDefinition', { taskDefinition: 'web', include: ['TAGS'] })['tags'],
    ).toEqual(tags);
  });
});

describe('DeleteService', () => {
  it('drains the tasks, then leaves an INACTIVE service without deployments', () => {
    const bench = createBench();
    bench.seed();
    bench.call('DeleteService', { cluster, service: 'web', force: true });
    expect(bench.service().status).toBe('DRAINING');
    expect(bench.call('ListServices', { cluster })['serviceArns']).toHaveLength(1);
    bench.clock.advance(120_000);
    expect(bench.service()).toMatchObject({ status: 'INACTIVE', runningCount: 0, deployments: [] });
    expect(bench.call('ListServices', { cluster })['serviceArns']).toEqual([]);
    expect(
      refusalOf(() => bench.call('UpdateService', { cluster, service: 'web', desiredCount: 1 })).code,
    ).toBe('ServiceNotActiveException');
  });
});

describe('tags', () => {
  it.each([
    ['cluster', 'arn:aws:ecs:eu-west-1:123456789012:cluster/rehearsal'],
    ['service', 'arn:aws:ecs:eu-west-1:123456789012:service/rehearsal/web'],
    ['task definition', 'arn:aws:ecs:eu-west-1:123456789012:task-definition/web:1'],
  ])('of a %s are added, replaced and taken away', (_, resourceArn) => {
    const bench = createBench();
    bench.seed();
    const list = (): unknown => bench.call('ListTagsForResource', { resourceArn })['tags'];
    bench.call('TagResource', {
      resourceArn,
      tags: [
        { key: 'a', value: '1' },
        { key: 'b', value: '2' },
      ],
    });
    bench.call('TagResource', { resourceArn, tags: [{ key: 'a', value: '3' }] });
    expect(list()).toEqual([
      { key: 'b', value: '2' },
      { key: 'a', value: '3' },
    ]);
    bench.call('UntagResource', { resourceArn, tagKeys: ['b'] });
    expect(list()).toEqual([{ key: 'a', value: '3' }]);
  });
});

it('CreateCluster gives back the cluster that is there', () => {
  const bench = createBench();
  const first = bench.call('CreateCluster', { clusterName: 'one' });
  expect(bench.call('CreateCluster', { clusterName: 'one' })).toEqual(first);
  expect(bench.call('ListClusters')['clusterArns']).toEqual([
    'arn:aws:ecs:eu-west-1:123456789012:cluster/one',
  ]);
});
