import { describe, expect, it } from '@jest/globals';
import type { Json } from '../server/service.ts';
import { createBench, type EcsBench, invoke, START, taskDefinition } from './ecs-fixture.ts';
import type { TaskOutcome } from './outcome.ts';

const [container] = taskDefinition['containerDefinitions'] as Json[];

/** Deploys a revision whose first task fares as told; later ones become healthy. */
function deployWith(bench: EcsBench, outcome: TaskOutcome, change: Json = {}): string {
  bench.control.scriptOutcome(({ revision, attempt }) =>
    revision > 1 && attempt === 1 ? outcome : undefined,
  );
  return bench.deploy(change);
}

function firstStopped(bench: EcsBench, deploymentId: string): Json {
  bench.advanceUntil(() => bench.stoppedTasks(deploymentId)[0]?.['lastStatus'] === 'STOPPED');
  return bench.stoppedTasks(deploymentId)[0]!;
}

/** Seconds from the start of the world to each of a task's moments. */
function moments(task: Json): Record<string, number> {
  const names = [
    'createdAt',
    'pullStartedAt',
    'pullStoppedAt',
    'startedAt',
    'stoppingAt',
    'executionStoppedAt',
    'stoppedAt',
  ];
  return Object.fromEntries(
    names.flatMap((name) => {
      const at = task[name];
      return at instanceof Date ? [[name, (at.getTime() - START) / 1000]] : [];
    }),
  );
}

describe('a task', () => {
  it('goes through the states of its life', () => {
    const bench = createBench();
    bench.seed({ desiredCount: 1 });
    const id = bench.deploy();
    const seen: string[] = [];
    const look = (): string => {
      for (const desiredStatus of ['RUNNING', 'STOPPED']) {
        const { taskArns } = bench.call('ListTasks', { cluster: 'rehearsal', startedBy: id, desiredStatus });
        if ((taskArns as string[]).length === 0) continue;
        const { tasks } = bench.call('DescribeTasks', { cluster: 'rehearsal', tasks: taskArns });
        const status = String((tasks as Json[])[0]?.['lastStatus']);
        if (seen.at(-1) !== status) seen.push(status);
        return status;
      }
      return '';
    };
    bench.advanceUntil(() => look() === 'RUNNING');
    bench.call('UpdateService', { cluster: 'rehearsal', service: 'web', desiredCount: 0 });
    bench.advanceUntil(() => look() === 'STOPPED');
    expect(seen).toEqual([
      'PROVISIONING',
      'PENDING',
      'ACTIVATING',
      'RUNNING',
      'DEACTIVATING',
      'STOPPING',
      'DEPROVISIONING',
      'STOPPED',
    ]);
  });

  it('carries the deployment that started it, its group and the moments of its life', () => {
    const bench = createBench();
    bench.seed({ desiredCount: 1 });
    const id = deployWith(bench, {
      kind: 'exits',
      afterSeconds: 5,
      exitCode: 3,
      provisionSeconds: 10,
      pullSeconds: 20,
      startSeconds: 2,
    });
    const task = firstStopped(bench, id);
    expect(task).toMatchObject({ startedBy: id, group: 'service:web', launchType: 'FARGATE' });
    expect(moments(task)).toEqual({
      createdAt: 1,
      pullStartedAt: 11,
      pullStoppedAt: 31,
      startedAt: 34,
      stoppingAt: 39,
      executionStoppedAt: 39,
      stoppedAt: 43,
    });
  });

  it('is forgotten an hour after it stopped', () => {
    const bench = createBench();
    bench.seed({ desiredCount: 1 });
    const id = deployWith(bench, { kind: 'exits', afterSeconds: 5, exitCode: 3 });
    const { taskArn } = firstStopped(bench, id);
    bench.clock.advance(3_600_000);
    expect(bench.stoppedTasks(id)).toHaveLength(1);
    bench.clock.advance(1000);
    expect(bench.stoppedTasks(id)).toHaveLength(0);
    expect(bench.call('DescribeTasks', { cluster: 'rehearsal', tasks: [taskArn] })).toMatchObject({
      tasks: [],
      failures: [{ arn: taskArn, reason: 'MISSING' }],
    });
  });

  it('writes its lines to the stream that awslogs names', () => {
    const bench = createBench();
    bench.seed({ desiredCount: 1 });
    const id = deployWith(bench, { kind: 'exits', afterSeconds: 1, exitCode: 1, logLines: ['one', 'two'] });
    const task = firstStopped(bench, id);
    const taskId = String(task['taskArn']).split('/').at(-1);
    const logStreamName = `web/app/${taskId}`;
    const { events } = invoke(bench.logs.service, 'GetLogEvents', {
      logGroupName: '/ecs/web',
      logStreamName,
    });
    expect((events as Json[]).map(({ message }) => message)).toEqual(['one', 'two']);
  });
});

describe('what ECS says of a task that', () => {
  const pull =
    'CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref example.com/web:1: example.com/web:1: not found';
  const denied = 'CannotPullContainerError: The task cannot pull registry.example.com/web:1: 403 Forbidden';
  const secret =
    'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): ResourceNotFoundException';

  const rows: [string, TaskOutcome, Json, Json][] = [
    [
      'exits by itself',
      { kind: 'exits', afterSeconds: 2, exitCode: 139 },
      { stopCode: 'EssentialContainerExited', stoppedReason: 'Essential container in task exited' },
      { exitCode: 139, lastStatus: 'STOPPED' },
    ],
    [
      'exceeds its memory',
      { kind: 'out-of-memory', afterSeconds: 2 },
      { stopCode: 'EssentialContainerExited', stoppedReason: 'Essential container in task exited' },
      { exitCode: 137, reason: 'OutOfMemoryError: Container killed due to memory usage' },
    ],
    [
      'has no image',
      { kind: 'cannot-pull', reason: pull },
      { stopCode: 'TaskFailedToStart', stoppedReason: pull },
      { reason: pull },
    ],
    [
      'may not pull its image',
      { kind: 'cannot-pull', reason: denied },
      { stopCode: 'TaskFailedToStart', stoppedReason: denied },
      { reason: denied },
    ],
    [
      'has no secret',
      { kind: 'fails-to-start', reason: secret },
      { stopCode: 'TaskFailedToStart', stoppedReason: secret },
      { reason: secret },
    ],
    [
      'is interrupted',
      { kind: 'spot-interrupted', afterSeconds: 2 },
      { stopCode: 'SpotInterruption', stoppedReason: 'Your Spot Task was interrupted.' },
      { exitCode: 0 },
    ],
  ];

  it.each(rows)('%s', (_, outcome, expectedTask, expectedContainer) => {
    const bench = createBench();
    bench.seed({ desiredCount: 1 });
    const task = firstStopped(bench, deployWith(bench, outcome));
    expect(task).toMatchObject({ ...expectedTask, containers: [expectedContainer] });
  });

  it.each(rows.filter(([, { kind }]) => kind === 'cannot-pull' || kind === 'fails-to-start'))(
    '%s: it never ran, so it has no exit code and no start',
    (_, outcome) => {
      const bench = createBench();
      bench.seed({ desiredCount: 1 });
      const task = firstStopped(bench, deployWith(bench, outcome));
      const [only] = task['containers'] as Json[];
      expect([task['startedAt'], task['executionStoppedAt'], only?.['exitCode']]).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
    },
  );

  it('fails its target group, after the grace period', () => {
    const bench = createBench();
    const { targetGroupArn } = bench.seed({ desiredCount: 1, healthCheckGracePeriodSeconds: 60 });
    const id = deployWith(bench, {
      kind: 'unhealthy-target',
      reasonCode: 'Target.ResponseCodeMismatch',
      description: 'Health checks failed with these codes: [500]',
    });
    const task = firstStopped(bench, id);
    const { startedAt, stoppingAt } = moments(task);
    expect(stoppingAt).toBe((startedAt ?? 0) + 60);
    expect(task).toMatchObject({
      stopCode: 'ServiceSchedulerInitiated',
      stoppedReason: `Task failed ELB health checks in (target-group ${targetGroupArn})`,
    });
    const taskId = String(task['taskArn']).split('/').at(-1);
    expect(bench.messages()).toContain(
      `(service web) (task ${taskId}) (port 8080) is unhealthy in (target-group ${targetGroupArn}) due to (reason Health checks failed with these codes: [500]).`,
    );
    expect(
      bench
        .messages()
        .some((message) => message.endsWith('Amazon ECS replaced 1 tasks due to an unhealthy status.')),
    ).toBe(true);
  });

  it('fails its container health check', () => {
    const bench = createBench();
    bench.seed({ desiredCount: 1 });
    const healthCheck = { command: ['CMD', 'true'], interval: 10, retries: 2, startPeriod: 15 };
    const id = deployWith(
      bench,
      { kind: 'unhealthy-container' },
      { containerDefinitions: [{ ...container, healthCheck }] },
    );
    const task = firstStopped(bench, id);
    const { startedAt, stoppingAt } = moments(task);
    expect(stoppingAt).toBe((startedAt ?? 0) + 35);
    expect(task).toMatchObject({
      stopCode: 'ServiceSchedulerInitiated',
      stoppedReason: 'Task failed container health checks',
      healthStatus: 'UNHEALTHY',
      containers: [{ healthStatus: 'UNHEALTHY' }],
    });
    const taskId = String(task['taskArn']).split('/').at(-1);
    expect(bench.messages()).toContain(`(service web) (task ${taskId}) failed container health checks.`);
  });

  it('is stopped by a user', () => {
    const bench = createBench();
    bench.seed({ desiredCount: 1 });
    const { taskArns } = bench.call('ListTasks', { cluster: 'rehearsal', serviceName: 'web' });
    const [arn] = taskArns as string[];
    bench.call('StopTask', { cluster: 'rehearsal', task: arn, reason: 'a drill' });
    const { tasks } = bench.call('DescribeTasks', { cluster: 'rehearsal', tasks: [arn] });
    expect(tasks).toMatchObject([
      {
        lastStatus: 'DEACTIVATING',
        desiredStatus: 'STOPPED',
        stopCode: 'UserInitiated',
        stoppedReason: 'a drill',
      },
    ]);
    expect(bench.advanceUntil(() => bench.service().runningCount === 1)).toBe(true);
  });

  it('has no log group', () => {
    const bench = createBench();
    bench.seed({ desiredCount: 1 });
    const logConfiguration = {
      logDriver: 'awslogs',
      options: {
        'awslogs-group': '/ecs/none',
        'awslogs-region': 'eu-west-1',
        'awslogs-stream-prefix': 'web',
      },
    };
    const id = bench.deploy({ containerDefinitions: [{ ...container, logConfiguration }] });
    expect(firstStopped(bench, id)).toMatchObject({
      stopCode: 'TaskFailedToStart',
      stoppedReason: expect.stringMatching(
        /^ResourceInitializationError: failed to validate logger args: .*The specified log group does not exist/,
      ),
    });
  });

  it('has an image that the registry of the rehearsal does not hold', () => {
    const bench = createBench({ imageExists: (reference) => reference !== 'example.com/web:gone' });
    bench.seed({ desiredCount: 1 });
    const id = bench.deploy({ containerDefinitions: [{ ...container, image: 'example.com/web:gone' }] });
    expect(firstStopped(bench, id)).toMatchObject({
      stopCode: 'TaskFailedToStart',
      stoppedReason: expect.stringMatching(/^CannotPullContainerError: .*example\.com\/web:gone: not found$/),
    });
  });
});

describe('health', () => {
  it('takes 40 seconds of RUNNING where nothing checks it', () => {
    const bench = createBench();
    bench.seed({ desiredCount: 1, loadBalancers: [] });
    bench.deploy();
    bench.advanceUntil(() => bench.service().deployments[0]?.runningCount === 1);
    const runningAt = bench.clock.now();
    bench.advanceUntil(() =>
      bench.messages().some((message) => message.includes('has stopped 1 running tasks')),
    );
    const seconds = (bench.clock.now() - runningAt) / 1000;
    // The scheduler looks a second later.
    expect(seconds).toBe(41);
  });

  it('waits for the container and for the target group where both are checked', () => {
    const bench = createBench();
    bench.seed({ desiredCount: 1 });
    const healthCheck = { command: ['CMD', 'true'], interval: 60 };
    bench.deploy({ containerDefinitions: [{ ...container, healthCheck }] });
    bench.advanceUntil(() => bench.service().deployments[0]?.runningCount === 1);
    const runningAt = bench.clock.now();
    bench.advanceUntil(() => bench.service().deployments.length === 1);
    expect((bench.clock.now() - runningAt) / 1000).toBeGreaterThan(60);
  });

  it('does not suffer from a container that is not essential', () => {
    const bench = createBench();
    bench.seed({ desiredCount: 1 });
    bench.control.scriptOutcome(({ revision }) =>
      revision > 1 ? { kind: 'exits', afterSeconds: 1, exitCode: 1, container: 'sidecar' } : undefined,
    );
    const sidecar = { name: 'sidecar', image: 'example.com/sidecar:1', essential: false };
    const id = bench.deploy({ containerDefinitions: [container, sidecar] });
    bench.advanceUntil(() => bench.service().deployments.length === 1);
    expect(bench.service().deployments).toMatchObject([{ id, runningCount: 1 }]);
    const { taskArns } = bench.call('ListTasks', { cluster: 'rehearsal', startedBy: id });
    const { tasks } = bench.call('DescribeTasks', { cluster: 'rehearsal', tasks: taskArns });
    expect((tasks as Json[])[0]).toMatchObject({
      lastStatus: 'RUNNING',
      containers: [{ lastStatus: 'RUNNING' }, { name: 'sidecar', lastStatus: 'STOPPED', exitCode: 1 }],
    });
  });

  it('of tasks that fail within the grace period is left alone for as long', () => {
    const bench = createBench();
    bench.seed({ desiredCount: 1, healthCheckGracePeriodSeconds: 7200 });
    bench.control.scriptOutcome(({ revision }) =>
      revision > 1
        ? { kind: 'unhealthy-target', reasonCode: 'Target.Timeout', description: 'Request timed out' }
        : undefined,
    );
    const id = bench.deploy();
    bench.clock.advance(3_600_000);
    expect(bench.stoppedTasks(id)).toHaveLength(0);
    expect(bench.service().deployments).toMatchObject([
      { id, runningCount: 1, rolloutState: 'IN_PROGRESS' },
      { runningCount: 1 },
    ]);
  });
});
