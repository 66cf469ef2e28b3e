import { describe, expect, it } from '@jest/globals';
import type { Json } from '../server/service.ts';
import { createBench, type EcsBench, invoke, refusalOf } from './ecs-fixture.ts';

const web = { cluster: 'rehearsal', service: 'web' };

function latest(bench: EcsBench) {
  return bench.serviceDeployments()[0]!;
}

/** Every service deployment of the rollout, described, newest first. */
function describeLatest(bench: EcsBench): Json {
  const { serviceDeployments } = bench.call('DescribeServiceDeployments', {
    serviceDeploymentArns: [latest(bench).serviceDeploymentArn],
  });
  return (serviceDeployments as Json[])[0]!;
}

function untilEnded(bench: EcsBench, count = 2): boolean {
  return bench.advanceUntil(
    () => bench.serviceDeployments().length === count && latest(bench).finishedAt !== undefined,
  );
}

describe('a healthy rollout', () => {
  it('adds a PRIMARY deployment at once and keeps the old one ACTIVE', () => {
    const bench = createBench();
    const seeded = bench.seed();
    const id = bench.deploy();
    expect(id).toMatch(/^ecs-svc\/\d{19}$/);
    const { deployments, taskDefinition } = bench.service();
    expect(taskDefinition).toMatch(/:task-definition\/web:2$/);
    expect(deployments).toMatchObject([
      {
        id,
        status: 'PRIMARY',
        desiredCount: 2,
        runningCount: 0,
        failedTasks: 0,
        rolloutState: 'IN_PROGRESS',
        rolloutStateReason: `ECS deployment ${id} in progress.`,
      },
      {
        id: seeded.deploymentId,
        status: 'ACTIVE',
        desiredCount: 2,
        runningCount: 2,
        rolloutState: 'COMPLETED',
      },
    ]);
  });

  it('is SUCCESSFUL once the new tasks are healthy and the old ones are gone', () => {
    const bench = createBench();
    bench.seed();
    const id = bench.deploy();
    expect(untilEnded(bench)).toBe(true);
    expect(latest(bench).status).toBe('SUCCESSFUL');
    expect(bench.service().deployments).toMatchObject([
      {
        id,
        runningCount: 2,
        rolloutState: 'COMPLETED',
        rolloutStateReason: `ECS deployment ${id} completed.`,
      },
    ]);
  });

  it('tells its story in the words of ECS, newest first', () => {
    const bench = createBench();
    const seeded = bench.seed();
    const id = bench.deploy();
    untilEnded(bench);
    const group = `(target-group ${seeded.targetGroupArn})`;
    const story = bench
      .messages()
      .slice(0, 7)
      .map((message) => message.replace(/\(task [0-9a-f]{32}\)/g, '(task T)'));
    expect(story.toReversed()).toEqual([
      '(service web) has started 2 tasks: (task T) (task T).',
      `(service web) registered 2 targets in ${group}`,
      '(service web) has stopped 2 running tasks: (task T) (task T).',
      `(service web) deregistered 2 targets in ${group}`,
      `(service web, taskSet ${seeded.deploymentId}) has begun draining connections on 2 tasks.`,
      `(service web) (deployment ${id}) deployment completed.`,
      '(service web) has reached a steady state.',
    ]);
  });

  it('has no two events of the same time', () => {
    const bench = createBench();
    bench.seed();
    bench.deploy();
    untilEnded(bench);
    const times = bench.service().events.map(({ createdAt }) => createdAt.getTime());
    expect(new Set(times).size).toBe(times.length);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
  });

  it('may look stable to `services-stable` before it is COMPLETED', () => {
    const bench = createBench();
    bench.seed();
    bench.deploy();
    // https://docs.aws.amazon.com/cli/latest/reference/ecs/wait/services-stable.html: one deployment, running equals desired.
    const looksStable = (): boolean => {
      const { deployments, runningCount, desiredCount } = bench.service();
      return deployments.length === 1 && runningCount === desiredCount;
    };
    expect(bench.advanceUntil(looksStable)).toBe(true);
    expect(bench.service().deployments[0]?.rolloutState).toBe('IN_PROGRESS');
  });

  it('shows old tasks that drain as a deployment in DRAINING', () => {
    const bench = createBench();
    bench.seed();
    bench.deploy();
    expect(bench.advanceUntil(() => bench.service().deployments[1]?.status === 'DRAINING')).toBe(true);
    expect(bench.service().deployments[1]).toMatchObject({ runningCount: 0, pendingCount: 0 });
  });

  it('is done at once with nothing to run', () => {
    const bench = createBench();
    bench.seed({ desiredCount: 0 });
    bench.deploy();
    expect(untilEnded(bench)).toBe(true);
    expect(latest(bench).status).toBe('SUCCESSFUL');
  });

  it('gives a new service its first deployment', () => {
    const bench = createBench();
    bench.control.ensureCluster('rehearsal');
    bench.logs.ensureGroup('/ecs/web');
    const seeded = bench.seed({ serviceName: 'other' });
    bench.call('CreateService', {
      cluster: 'rehearsal',
      serviceName: 'web',
      taskDefinition: seeded.taskDefinitionArn,
      desiredCount: 1,
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } },
    });
    expect(untilEnded(bench, 1)).toBe(true);
    expect(latest(bench).status).toBe('SUCCESSFUL');
    expect(describeLatest(bench)['sourceServiceRevisions']).toEqual([]);
  });
});

describe('the service deployment', () => {
  it('appears a moment after UpdateService, PENDING or later, and names the deployment by its number', () => {
    const bench = createBench({ times: { serviceDeploymentDelaySeconds: 2 } });
    bench.seed();
    const id = bench.deploy();
    expect(bench.serviceDeployments()).toHaveLength(1);
    const current = bench.service().currentServiceDeployment;
    bench.clock.advance(1999);
    expect(bench.serviceDeployments()).toHaveLength(1);
    expect(bench.service().currentServiceDeployment).toBe(current);
    bench.clock.advance(1);
    const { targetServiceRevisionArn, status, serviceDeploymentArn } = latest(bench);
    expect(targetServiceRevisionArn).toMatch(new RegExp(`:service-revision/rehearsal/web/${id.slice(8)}$`));
    expect(serviceDeploymentArn).toMatch(/:service-deployment\/rehearsal\/web\/[\w-]{21}$/);
    expect(status).toBe('IN_PROGRESS');
    expect(bench.service().currentServiceDeployment).toBe(serviceDeploymentArn);
  });

  it('is PENDING before it is IN_PROGRESS', () => {
    const bench = createBench({ times: { serviceDeploymentDelaySeconds: 0 } });
    bench.seed();
    bench.deploy();
    expect(latest(bench)).toMatchObject({ status: 'PENDING', startedAt: undefined });
    bench.clock.advance(150);
    expect(latest(bench)).toMatchObject({ status: 'IN_PROGRESS', startedAt: expect.any(Date) });
  });

  it('counts the tasks of its source and target revisions while it goes on, and keeps the last counts', () => {
    const bench = createBench();
    const seeded = bench.seed();
    const id = bench.deploy();
    bench.advanceUntil(() => (bench.service().deployments[0]?.runningCount ?? 0) === 2);
    const number = (deploymentId: string): string => deploymentId.slice(8);
    expect(describeLatest(bench)).toMatchObject({
      status: 'IN_PROGRESS',
      targetServiceRevision: { requestedTaskCount: 2, runningTaskCount: 2, pendingTaskCount: 0 },
      sourceServiceRevisions: [
        { arn: expect.stringContaining(number(seeded.deploymentId)), runningTaskCount: 2 },
      ],
      deploymentCircuitBreaker: { status: 'DISABLED', failureCount: 0 },
    });
    untilEnded(bench);
    bench.deploy();
    bench.clock.advance(120_000);
    const [, before] = bench.serviceDeployments();
    const { serviceDeployments } = bench.call('DescribeServiceDeployments', {
      serviceDeploymentArns: [before?.serviceDeploymentArn],
    });
    expect((serviceDeployments as Json[])[0]).toMatchObject({
      status: 'SUCCESSFUL',
      targetServiceRevision: { arn: expect.stringContaining(number(id)), runningTaskCount: 2 },
    });
  });

  it('lists newest first, by status and by time', () => {
    const bench = createBench();
    bench.seed();
    bench.deploy();
    bench.clock.advance(2000);
    const list = (input: Json): string[] =>
      (bench.call('ListServiceDeployments', { ...web, ...input })['serviceDeployments'] as Json[]).map(
        ({ status }) => String(status),
      );
    expect(list({})).toEqual(['IN_PROGRESS', 'SUCCESSFUL']);
    expect(list({ status: ['SUCCESSFUL', 'STOPPED'] })).toEqual(['SUCCESSFUL']);
    const anHourAgo = bench.clock.now() / 1000 - 3600;
    expect(list({ createdAt: { after: anHourAgo } })).toEqual(['IN_PROGRESS']);
    expect(list({ createdAt: { before: anHourAgo } })).toEqual(['SUCCESSFUL']);
  });
});

describe('minimum and maximum percent', () => {
  it.each([
    { desired: 4, min: 100, max: 200, most: 8, least: 4 },
    { desired: 4, min: 50, max: 100, most: 4, least: 2 },
    { desired: 4, min: 100, max: 150, most: 6, least: 4 },
    { desired: 3, min: 50, max: 100, most: 3, least: 2 },
    { desired: 3, min: 100, max: 150, most: 4, least: 3 },
    { desired: 1, min: 0, max: 100, most: 1, least: 0 },
    { desired: 2, min: 50, max: 200, most: 4, least: 2 },
    { desired: 10, min: 75, max: 125, most: 12, least: 8 },
  ])('of $min and $max let $desired tasks be $least to $most', ({ desired, min, max, most, least }) => {
    const bench = createBench();
    const { targetGroupArn } = bench.seed({
      desiredCount: desired,
      deploymentConfiguration: { minimumHealthyPercent: min, maximumPercent: max },
    });
    bench.deploy();
    let mostSeen = 0;
    let leastSeen = desired;
    const ended = bench.advanceUntil(() => {
      const live = bench.call('ListTasks', { cluster: 'rehearsal' })['taskArns'] as string[];
      const targets = invoke(bench.elb.service, 'DescribeTargetHealth', {
        TargetGroupArn: targetGroupArn,
      }) as {
        TargetHealthDescriptions: { TargetHealth: { State: string } }[];
      };
      const healthy = targets.TargetHealthDescriptions.filter(
        ({ TargetHealth }) => TargetHealth.State === 'healthy',
      );
      mostSeen = Math.max(mostSeen, live.length);
      leastSeen = Math.min(leastSeen, healthy.length);
      return bench.serviceDeployments().length === 2 && latest(bench).status === 'SUCCESSFUL';
    });
    expect({ ended, mostSeen, leastSeen }).toEqual({ ended: true, mostSeen: most, leastSeen: least });
  });

  it('say so once when they leave the scheduler no move', () => {
    const bench = createBench();
    bench.seed({ deploymentConfiguration: { minimumHealthyPercent: 100, maximumPercent: 100 } });
    bench.deploy();
    bench.clock.advance(600_000);
    const stuck = bench
      .messages()
      .filter((message) => message.includes('was unable to stop or start tasks during a deployment'));
    expect(stuck).toHaveLength(1);
    expect(bench.service().deployments.map(({ runningCount }) => runningCount)).toEqual([0, 2]);
  });
});

describe('UpdateService', () => {
  it('starts nothing when nothing is new', () => {
    const bench = createBench();
    const seeded = bench.seed();
    bench.call('UpdateService', { ...web, taskDefinition: seeded.taskDefinitionArn });
    expect(bench.service().deployments).toHaveLength(1);
  });

  it.each([
    ['forceNewDeployment', { forceNewDeployment: true }],
    ['a network change', { networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-2'] } } }],
    ['enableExecuteCommand', { enableExecuteCommand: true }],
  ])('starts a rollout for %s with the same task definition', (_, change) => {
    const bench = createBench();
    const seeded = bench.seed();
    bench.call('UpdateService', { ...web, ...change });
    const { deployments } = bench.service();
    expect(deployments).toHaveLength(2);
    expect(deployments[0]?.taskDefinition).toBe(seeded.taskDefinitionArn);
    expect(deployments[0]?.id).not.toBe(seeded.deploymentId);
  });

  it.each([
    ['up', 4, '(service web) has started 2 tasks:'],
    ['down', 1, '(service web) has stopped 1 running tasks:'],
  ])('scales %s without a new deployment', (_, desiredCount, message) => {
    const bench = createBench();
    const seeded = bench.seed();
    bench.call('UpdateService', { ...web, desiredCount });
    expect(bench.service()).toMatchObject({
      desiredCount,
      deployments: [{ id: seeded.deploymentId, desiredCount }],
    });
    bench.clock.advance(60_000);
    expect(bench.service().runningCount).toBe(desiredCount);
    expect(bench.messages().some((each) => each.startsWith(message))).toBe(true);
    expect(bench.serviceDeployments()).toHaveLength(1);
  });

  it('scales in with the reason that ECS gives', () => {
    const bench = createBench();
    const seeded = bench.seed();
    bench.call('UpdateService', { ...web, desiredCount: 1 });
    bench.clock.advance(60_000);
    expect(bench.stoppedTasks(seeded.deploymentId)).toMatchObject([
      {
        stopCode: 'ServiceSchedulerInitiated',
        stoppedReason: `Scaling activity initiated by (deployment ${seeded.deploymentId})`,
      },
    ]);
  });

  it.each([
    ['CODE_DEPLOY', /CODE_DEPLOY deployment controller/],
    ['EXTERNAL', /EXTERNAL deployment controller/],
  ])('leaves the task definition of %s services alone', (type, message) => {
    const bench = createBench();
    const { taskDefinitionArn } = bench.seed({ deploymentController: { type } });
    const refusal = refusalOf(() =>
      bench.call('UpdateService', { ...web, taskDefinition: taskDefinitionArn }),
    );
    expect(refusal).toEqual({ code: 'InvalidParameterException', message: expect.stringMatching(message) });
  });
});

describe('a rollout that another one overtakes', () => {
  it('ends STOPPED, a third of a second after its successor was created', () => {
    const bench = createBench();
    bench.seed();
    const first = bench.deploy();
    bench.clock.advance(20_000);
    const { deploymentId } = bench.control.deployRival('rehearsal', 'web');
    expect(bench.service().deployments.map(({ id, status }) => [id, status])).toMatchObject([
      [deploymentId, 'PRIMARY'],
      [first, 'ACTIVE'],
      [expect.any(String), 'ACTIVE'],
    ]);
    expect(latest(bench).status).toBe('STOP_REQUESTED');
    bench.clock.advance(2000);
    const [successor, stopped] = bench.serviceDeployments();
    expect(stopped?.status).toBe('STOPPED');
    expect((stopped?.finishedAt?.getTime() ?? 0) - (successor?.createdAt.getTime() ?? 0)).toBe(300);
  });

  it('leaves the last one to win, with all earlier revisions as its sources', () => {
    const bench = createBench();
    bench.seed();
    bench.deploy();
    bench.clock.advance(20_000);
    const { deploymentId } = bench.control.deployRival('rehearsal', 'web');
    bench.clock.advance(2000);
    expect(describeLatest(bench)['sourceServiceRevisions']).toHaveLength(2);
    expect(untilEnded(bench, 3)).toBe(true);
    expect(latest(bench).status).toBe('SUCCESSFUL');
    expect(bench.service().deployments).toMatchObject([{ id: deploymentId, rolloutState: 'COMPLETED' }]);
  });

  it('loses tasks that are still pending at once', () => {
    const bench = createBench();
    bench.seed();
    const first = bench.deploy();
    bench.clock.advance(5000);
    bench.control.deployRival('rehearsal', 'web');
    bench.clock.advance(2000);
    expect(bench.stoppedTasks(first)).toHaveLength(2);
    expect(bench.messages()).toContain('(service web) stopped 2 pending tasks.');
  });
});

describe('StopServiceDeployment', () => {
  function stopLatest(bench: EcsBench, stopType?: string): Json {
    return bench.call('StopServiceDeployment', {
      serviceDeploymentArn: latest(bench).serviceDeploymentArn,
      ...(stopType === undefined ? {} : { stopType }),
    });
  }

  it('rolls back to the deployment that was COMPLETED, which comes back under its own id', () => {
    const bench = createBench();
    const seeded = bench.seed();
    const id = bench.deploy();
    bench.clock.advance(10_000);
    expect(stopLatest(bench, 'ROLLBACK')).toEqual({
      serviceDeploymentArn: latest(bench).serviceDeploymentArn,
    });
    expect(latest(bench).status).toBe('ROLLBACK_REQUESTED');
    bench.clock.advance(1000);
    expect(latest(bench).status).toBe('ROLLBACK_IN_PROGRESS');
    expect(bench.service().deployments).toMatchObject([
      { id: seeded.deploymentId, status: 'PRIMARY', rolloutState: 'IN_PROGRESS' },
      { id, rolloutState: 'FAILED' },
    ]);
    expect(untilEnded(bench)).toBe(true);
    expect(describeLatest(bench)).toMatchObject({
      status: 'ROLLBACK_SUCCESSFUL',
      rollback: {
        serviceRevisionArn: expect.stringContaining(seeded.deploymentId.slice(8)),
        startedAt: expect.any(Date),
      },
    });
    expect(bench.service().taskDefinition).toBe(seeded.taskDefinitionArn);
  });

  it('rolls back even where the minimum healthy percent has let old tasks go', () => {
    const bench = createBench();
    const seeded = bench.seed({
      desiredCount: 4,
      deploymentConfiguration: { minimumHealthyPercent: 50, maximumPercent: 100 },
    });
    bench.deploy();
    bench.clock.advance(32_000);
    const healthyNew = bench.service().deployments[0]?.runningCount ?? 0;
    expect(healthyNew).toBeGreaterThan(0);
    stopLatest(bench);
    expect(untilEnded(bench)).toBe(true);
    expect(latest(bench).status).toBe('ROLLBACK_SUCCESSFUL');
    expect(bench.service().deployments).toMatchObject([{ id: seeded.deploymentId, runningCount: 4 }]);
  });

  it('changes nothing when the rollback is on its way already', () => {
    const bench = createBench();
    bench.seed();
    bench.deploy();
    bench.clock.advance(10_000);
    stopLatest(bench);
    stopLatest(bench);
    bench.clock.advance(1000);
    stopLatest(bench);
    expect(untilEnded(bench)).toBe(true);
    expect(bench.messages().filter((message) => message.includes('rolling back to'))).toHaveLength(1);
  });

  it('has nothing to roll back to on a first deployment', () => {
    const bench = createBench();
    const seeded = bench.seed({ serviceName: 'other' });
    bench.call('CreateService', {
      cluster: 'rehearsal',
      serviceName: 'web',
      taskDefinition: seeded.taskDefinitionArn,
      desiredCount: 1,
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } },
    });
    bench.clock.advance(5000);
    stopLatest(bench);
    bench.clock.advance(1000);
    expect(latest(bench)).toMatchObject({
      status: 'ROLLBACK_FAILED',
      statusReason: 'No rollback candidate was found to run the rollback.',
    });
  });

  it('comes too late for a rollout that completes before the rollback begins', () => {
    const bench = createBench();
    bench.seed();
    const id = bench.deploy();
    // The last tasks of the old deployment are gone; two seconds later it is COMPLETED.
    bench.advanceUntil(() => bench.service().deployments.length === 1);
    bench.clock.advance(1500);
    stopLatest(bench);
    expect(latest(bench).status).toBe('ROLLBACK_REQUESTED');
    expect(untilEnded(bench)).toBe(true);
    expect(latest(bench).status).toBe('SUCCESSFUL');
    bench.clock.advance(60_000);
    expect(bench.service().deployments).toMatchObject([{ id, rolloutState: 'COMPLETED' }]);
  });

  it('is honoured when the breaker stops the deployment first, even if the breaker itself would not roll back', () => {
    const bench = createBench();
    const seeded = bench.seed({
      desiredCount: 3,
      deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: false } },
    });
    bench.control.scriptOutcome(({ revision }) =>
      revision > 1 ? { kind: 'exits', afterSeconds: 2, exitCode: 1 } : undefined,
    );
    bench.deploy();
    bench.advanceUntil(() => bench.service().deployments[0]?.runningCount === 3);
    bench.clock.advance(1500);
    stopLatest(bench);
    expect(untilEnded(bench)).toBe(true);
    expect(latest(bench).status).toBe('ROLLBACK_SUCCESSFUL');
    expect(bench.service().deployments).toMatchObject([{ id: seeded.deploymentId }]);
  });

  it('with ABORT leaves everything where it is', () => {
    const bench = createBench();
    bench.seed();
    const id = bench.deploy();
    bench.clock.advance(10_000);
    stopLatest(bench, 'ABORT');
    bench.clock.advance(300_000);
    expect(latest(bench).status).toBe('STOPPED');
    expect(bench.service().deployments).toMatchObject([
      { id, status: 'PRIMARY', rolloutState: 'FAILED' },
      { runningCount: 2 },
    ]);
  });

  it('refuses a deployment that has ended, one it does not know, and other stop types', () => {
    const bench = createBench();
    bench.seed();
    bench.deploy();
    untilEnded(bench);
    expect(refusalOf(() => stopLatest(bench)).code).toBe('ConflictException');
    const serviceDeploymentArn = `${latest(bench).serviceDeploymentArn}x`;
    expect(refusalOf(() => bench.call('StopServiceDeployment', { serviceDeploymentArn })).code).toBe(
      'ServiceDeploymentNotFoundException',
    );
    expect(refusalOf(() => bench.call('StopServiceDeployment', {})).code).toBe('InvalidParameterException');
    expect(refusalOf(() => stopLatest(bench, 'PAUSE')).code).toBe('InvalidParameterException');
  });

  it('gives way to a rollout that starts during the rollback', () => {
    const bench = createBench();
    bench.seed();
    bench.deploy();
    bench.clock.advance(10_000);
    stopLatest(bench);
    bench.clock.advance(1500);
    const { deploymentId } = bench.control.deployRival('rehearsal', 'web');
    expect(untilEnded(bench, 3)).toBe(true);
    expect(bench.serviceDeployments().map(({ status }) => status)).toEqual([
      'SUCCESSFUL',
      'STOPPED',
      'SUCCESSFUL',
    ]);
    expect(bench.service().deployments).toMatchObject([{ id: deploymentId }]);
  });
});
