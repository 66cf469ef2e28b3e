import { describe, expect, it } from '@jest/globals';
import type { Json } from '../server/service.ts';
import { computeBreakerThreshold, computeStartBackOffSeconds } from './circuit-breaker.ts';
import { createBench, type EcsBench } from './ecs-fixture.ts';

const crash = { kind: 'exits', afterSeconds: 2, exitCode: 1 } as const;

function seedWithBreaker(bench: EcsBench, breaker: Json, overrides: Json = {}) {
  return bench.seed({
    deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true, ...breaker } },
    ...overrides,
  });
}

/** Tasks of every revision after the first fare like this. */
function failNewTasks(bench: EcsBench, fails: (attempt: number) => boolean = () => true): void {
  bench.control.scriptOutcome(({ revision, attempt }) =>
    revision > 1 && fails(attempt) ? crash : undefined,
  );
}

function describeLatest(bench: EcsBench): Json {
  const [latest] = bench.serviceDeployments();
  const { serviceDeployments } = bench.call('DescribeServiceDeployments', {
    serviceDeploymentArns: [latest?.serviceDeploymentArn],
  });
  return (serviceDeployments as Json[])[0]!;
}

function untilEnded(bench: EcsBench, count = 2): boolean {
  return bench.advanceUntil(() => {
    const all = bench.serviceDeployments();
    return all.length === count && all[0]?.finishedAt !== undefined;
  });
}

describe('the threshold', () => {
  const bounded = { type: 'BOUNDED_PERCENT', value: 50 } as const;

  // The first five are the examples of https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
  it.each([
    [bounded, 1, 3],
    [bounded, 25, 13],
    [bounded, 400, 200],
    [bounded, 800, 200],
    [bounded, 0, 3],
    [{ type: 'BOUNDED_PERCENT', value: 10 }, 100, 10],
    [{ type: 'UNBOUNDED_PERCENT', value: 50 }, 800, 400],
    [{ type: 'UNBOUNDED_PERCENT', value: 50 }, 2, 1],
    [{ type: 'UNBOUNDED_PERCENT', value: 150 }, 3, 5],
    [{ type: 'UNBOUNDED_PERCENT', value: 50 }, 0, 1],
    [{ type: 'COUNT', value: 2 }, 50, 2],
    [{ type: 'COUNT', value: 500 }, 1, 500],
  ] as const)('of %o with %i tasks is %i', (threshold, desiredCount, expected) => {
    const breaker = { enable: true, rollback: true, resetOnHealthyTask: true, threshold };
    expect(computeBreakerThreshold(breaker, desiredCount)).toBe(expected);
  });

  it.each([
    [{}, 3],
    [{ thresholdConfiguration: { type: 'COUNT', value: 5 } }, 5],
    [{ thresholdConfiguration: { type: 'UNBOUNDED_PERCENT', value: 100 } }, 2],
  ])('with %o stops the deployment', (breaker, failures) => {
    const bench = createBench();
    seedWithBreaker(bench, breaker);
    failNewTasks(bench);
    const id = bench.deploy();
    expect(untilEnded(bench)).toBe(true);
    expect(describeLatest(bench)['deploymentCircuitBreaker']).toEqual({
      status: 'TRIGGERED',
      failureCount: failures,
      threshold: failures,
    });
    expect(bench.stoppedTasks(id).length).toBeGreaterThanOrEqual(failures);
  });
});

describe('a deployment whose tasks crash', () => {
  it('is rolled back to the deployment before it, with the tasks that this one still has', () => {
    const bench = createBench();
    const seeded = seedWithBreaker(bench, {});
    failNewTasks(bench);
    const id = bench.deploy();
    bench.advanceUntil(() => bench.service().deployments[0]?.id === seeded.deploymentId);
    expect(bench.service().deployments).toMatchObject([
      {
        id: seeded.deploymentId,
        status: 'PRIMARY',
        runningCount: 2,
        rolloutState: 'IN_PROGRESS',
        rolloutStateReason: `ECS deployment circuit breaker: rolling back to deploymentId ${seeded.deploymentId}.`,
      },
      {
        id,
        rolloutState: 'FAILED',
        rolloutStateReason: 'ECS deployment circuit breaker: tasks failed to start.',
        failedTasks: 3,
      },
    ]);
    expect(describeLatest(bench)).toMatchObject({ status: 'ROLLBACK_IN_PROGRESS' });
    expect(untilEnded(bench)).toBe(true);
    expect(describeLatest(bench)).toMatchObject({
      status: 'ROLLBACK_SUCCESSFUL',
      statusReason: 'Service deployment rolled back because the circuit breaker threshold was exceeded.',
      rollback: {
        reason: 'Service deployment rolled back because the circuit breaker threshold was exceeded.',
      },
      targetServiceRevision: { arn: expect.stringContaining(id.slice(8)), runningTaskCount: 0 },
    });
    expect(bench.messages().slice(0, 6)).toEqual(
      expect.arrayContaining([
        `(service web) (deployment ${id}) deployment failed: tasks failed to start.`,
        `(service web) rolling back to deployment ${seeded.deploymentId}.`,
        `(service web) (deployment ${seeded.deploymentId}) deployment completed.`,
      ]),
    );
  });

  it('looks perfectly stable to services-stable after the rollback', () => {
    const bench = createBench();
    seedWithBreaker(bench, {});
    failNewTasks(bench);
    bench.deploy();
    untilEnded(bench);
    const { deployments, desiredCount, runningCount } = bench.service();
    expect([deployments.length, runningCount]).toEqual([1, desiredCount]);
  });

  it('stays FAILED and PRIMARY without the rollback option, and nothing more is started', () => {
    const bench = createBench();
    seedWithBreaker(bench, { rollback: false });
    failNewTasks(bench);
    const id = bench.deploy();
    expect(untilEnded(bench)).toBe(true);
    expect(describeLatest(bench)).toMatchObject({ status: 'STOPPED', stoppedAt: expect.any(Date) });
    bench.clock.advance(60_000);
    const stopped = bench.stoppedTasks(id).length;
    bench.clock.advance(600_000);
    expect(bench.service().deployments).toMatchObject([
      { id, status: 'PRIMARY', rolloutState: 'FAILED', runningCount: 0, pendingCount: 0 },
      { status: 'ACTIVE', runningCount: 2 },
    ]);
    expect(bench.stoppedTasks(id)).toHaveLength(stopped);
  });

  it('stalls when no deployment was ever COMPLETED', () => {
    const bench = createBench();
    const seeded = bench.seed({ serviceName: 'other' });
    bench.control.scriptOutcome(({ service }) => (service === 'web' ? crash : undefined));
    bench.call('CreateService', {
      cluster: 'rehearsal',
      serviceName: 'web',
      taskDefinition: seeded.taskDefinitionArn,
      desiredCount: 1,
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } },
      deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
    });
    expect(untilEnded(bench, 1)).toBe(true);
    expect(describeLatest(bench)).toMatchObject({
      status: 'ROLLBACK_FAILED',
      statusReason: 'No rollback candidate was found to run the rollback.',
    });
    expect(bench.service().deployments).toMatchObject([{ status: 'PRIMARY', rolloutState: 'FAILED' }]);
  });

  it('goes on for ever without a breaker, never throttled once its tasks reach RUNNING', () => {
    const bench = createBench();
    bench.seed();
    failNewTasks(bench);
    const id = bench.deploy();
    bench.clock.advance(30 * 60_000);
    expect(bench.service().deployments[0]).toMatchObject({ id, rolloutState: 'IN_PROGRESS' });
    expect(bench.stoppedTasks(id).length).toBeGreaterThan(50);
    expect(describeLatest(bench)).toMatchObject({
      status: 'IN_PROGRESS',
      deploymentCircuitBreaker: { status: 'DISABLED' },
    });
  });
});

describe('failures', () => {
  // Of four tasks two crash, each time they are started, while two become healthy in between.
  const script = (attempt: number): boolean => attempt > 2;

  it('start again from zero with every healthy task', () => {
    const bench = createBench();
    seedWithBreaker(bench, { resetOnHealthyTask: true }, { desiredCount: 4 });
    failNewTasks(bench, (attempt) => attempt === 1 || attempt === 5 || attempt === 6);
    bench.deploy();
    expect(untilEnded(bench)).toBe(true);
    expect(describeLatest(bench)).toMatchObject({
      status: 'SUCCESSFUL',
      deploymentCircuitBreaker: { status: 'MONITORING_COMPLETE', failureCount: 0 },
    });
  });

  it('add up where healthy tasks do not reset them', () => {
    const bench = createBench();
    seedWithBreaker(bench, { resetOnHealthyTask: false }, { desiredCount: 4 });
    failNewTasks(bench, (attempt) => attempt === 1 || attempt === 5 || attempt === 6);
    bench.deploy();
    expect(untilEnded(bench)).toBe(true);
    expect(describeLatest(bench)).toMatchObject({
      status: 'ROLLBACK_SUCCESSFUL',
      deploymentCircuitBreaker: { failureCount: 3 },
    });
  });

  it('are counted on after some tasks have become healthy', () => {
    const bench = createBench();
    seedWithBreaker(bench, {}, { desiredCount: 4 });
    failNewTasks(bench, script);
    bench.deploy();
    expect(untilEnded(bench)).toBe(true);
    expect(describeLatest(bench)['status']).toBe('ROLLBACK_SUCCESSFUL');
  });

  it('are not tasks that were healthy before they ended', () => {
    const bench = createBench();
    seedWithBreaker(bench, {}, { desiredCount: 1 });
    bench.control.scriptOutcome(({ revision, attempt }) =>
      revision > 1 && attempt <= 4 ? { kind: 'exits', afterSeconds: 12, exitCode: 1 } : undefined,
    );
    bench.deploy();
    expect(untilEnded(bench)).toBe(true);
    expect(describeLatest(bench)).toMatchObject({
      status: 'SUCCESSFUL',
      deploymentCircuitBreaker: { failureCount: 0 },
    });
  });

  it('are not interruptions of Spot capacity', () => {
    const bench = createBench();
    seedWithBreaker(bench, {}, { desiredCount: 1 });
    bench.control.scriptOutcome(({ revision, attempt }) =>
      revision > 1 && attempt <= 5 ? { kind: 'spot-interrupted', afterSeconds: 1 } : undefined,
    );
    bench.deploy();
    expect(untilEnded(bench)).toBe(true);
    expect(describeLatest(bench)['status']).toBe('SUCCESSFUL');
  });
});

describe('a service that finds no room', () => {
  const capacity =
    'Capacity is unavailable at this time. Please try again later or in a different availability zone';

  it('starts no tasks, says why once, and tries again ever later', () => {
    const bench = createBench();
    bench.seed({ desiredCount: 4 });
    bench.control.scriptOutcome(({ revision, attempt }) =>
      revision > 1 && attempt <= 12 ? { kind: 'cannot-place', reason: capacity } : undefined,
    );
    const id = bench.deploy();
    bench.clock.advance(20_000);
    expect(bench.service().deployments[0]).toMatchObject({
      id,
      pendingCount: 0,
      runningCount: 0,
      failedTasks: 8,
    });
    expect(bench.messages().filter((message) => message.includes('unable to place'))).toEqual([
      `(service web) was unable to place a task. Reason: ${capacity}.`,
    ]);
    expect(untilEnded(bench)).toBe(true);
    expect(describeLatest(bench)['status']).toBe('SUCCESSFUL');
  });

  it('trips the breaker, and starts nothing more for the deployment that it stopped', () => {
    const bench = createBench();
    const seeded = seedWithBreaker(bench, {}, { desiredCount: 6 });
    bench.control.scriptOutcome(({ revision, attempt }) =>
      revision > 1 && attempt <= 3 ? { kind: 'cannot-place', reason: capacity } : undefined,
    );
    const id = bench.deploy();
    expect(untilEnded(bench)).toBe(true);
    expect(bench.service().deployments).toMatchObject([{ id: seeded.deploymentId, runningCount: 6 }]);
    expect(bench.stoppedTasks(id)).toEqual([]);
  });

  it('answers RunTask with a failure', () => {
    const bench = createBench();
    bench.seed();
    bench.control.scriptOutcome(({ service }) =>
      service === undefined ? { kind: 'cannot-place', reason: capacity } : undefined,
    );
    const networkConfiguration = { awsvpcConfiguration: { subnets: ['subnet-1'] } };
    expect(
      bench.call('RunTask', { cluster: 'rehearsal', taskDefinition: 'web', networkConfiguration }),
    ).toEqual({ tasks: [], failures: [{ reason: capacity }] });
  });
});

describe('the wait between failed starts', () => {
  it('does not hold up what a user asks for', () => {
    const bench = createBench();
    const seeded = bench.seed({ desiredCount: 1 });
    bench.control.scriptOutcome(({ revision }) =>
      revision > 1 ? { kind: 'cannot-pull', reason: 'CannotPullContainerError: denied' } : undefined,
    );
    bench.deploy();
    bench.clock.advance(40 * 60_000);
    const [latest] = bench.serviceDeployments();
    bench.call('StopServiceDeployment', { serviceDeploymentArn: latest?.serviceDeploymentArn });
    bench.clock.advance(10_000);
    expect(describeLatest(bench)['status']).toBe('ROLLBACK_SUCCESSFUL');
    expect(bench.service().deployments).toMatchObject([{ id: seeded.deploymentId }]);
  });

  it.each([
    [1, 10],
    [2, 20],
    [5, 160],
    [8, 1280],
    [9, 1620],
    [50, 1620],
  ])('after %i in a row is %i seconds', (failures, seconds) => {
    expect(computeStartBackOffSeconds(failures)).toBe(seconds);
  });

  it('grows up to 27 minutes for tasks that never reach RUNNING, and ECS says so once', () => {
    const bench = createBench();
    bench.seed({ desiredCount: 1 });
    bench.control.scriptOutcome(({ revision }) =>
      revision > 1 ? { kind: 'cannot-pull', reason: 'CannotPullContainerError: denied' } : undefined,
    );
    const id = bench.deploy();
    bench.clock.advance(50 * 60_000);
    const starts = bench
      .stoppedTasks(id)
      .map(({ createdAt }) => (createdAt as Date).getTime())
      .sort((a, b) => a - b);
    const gaps = starts.slice(1).map((at, index) => at - (starts[index] ?? 0));
    expect(gaps.length).toBeGreaterThan(4);
    expect(gaps).toEqual(gaps.toSorted((a, b) => a - b));
    expect(
      bench.messages().filter((message) => message.includes('is unable to consistently start tasks')),
    ).toHaveLength(1);
    expect(bench.messages()).toContain(
      '(service web) was unable to place a task. Reason: CannotPullContainerError: denied.',
    );
  });
});
