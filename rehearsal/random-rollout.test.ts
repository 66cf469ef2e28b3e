import { describe, expect, it } from '@jest/globals';
import { drawRolloutPlan } from './random/draw-plan.ts';
import { calmNetwork, type RolloutPlan } from './random/plan.ts';
import { simplifyRolloutPlan } from './random/shrink-plan.ts';
import type { RolloutTruth } from './random/truth.ts';
import { createPlannedRollout, createRandomRollout, type RandomRollout } from './random-rollout.ts';
import type { Json } from './server/service.ts';

const calm: RolloutPlan = {
  seed: 5,
  desiredCount: 2,
  minimumHealthyPercent: 100,
  maximumPercent: 200,
  strategy: { kind: 'ROLLING', bakeMinutes: 0, stepPercent: 50, stepBakeMinutes: 0 },
  hook: undefined,
  alarm: undefined,
  early: undefined,
  breaker: undefined,
  checks: 'target-group',
  healthCheckGracePeriodSeconds: 0,
  readySeconds: 2,
  pullSeconds: 5,
  hasPredecessor: true,
  mishap: undefined,
  isPreviousBroken: false,
  incidents: [],
  network: calmNetwork,
};
const crash = {
  outcome: { kind: 'exits', afterSeconds: 1, exitCode: 1 },
  share: 1,
  untilAttempt: 1e6,
} as const;
const breaker = {
  rollback: true,
  resetOnHealthyTask: true,
  threshold: { type: 'BOUNDED_PERCENT', value: 50 },
} as const;

const strategy = { kind: 'BLUE_GREEN', bakeMinutes: 1, stepPercent: 25, stepBakeMinutes: 1 } as const;
const hook = { stage: 'POST_SCALE_UP', kind: 'fails', timeoutMinutes: 1, timeoutAction: 'ROLLBACK' } as const;
const alarm = { atSeconds: 10, kind: 'alarm', state: 'ALARM' } as const;

/** Looks at the service and its deployments as a client would, and puts up with whatever fails. */
async function poll(rollout: RandomRollout): Promise<number> {
  const { cluster, service } = rollout;
  let failed = 0;
  const ask = async (operation: string, input: Json): Promise<Json> => {
    try {
      return await rollout.call('ecs', operation, { cluster, ...input });
    } catch (error) {
      if (error instanceof TypeError) throw error;
      failed += 1;
      return {};
    }
  };
  await ask('DescribeServices', { services: [service] });
  await ask('ListServiceDeployments', { service });
  const { taskArns } = await ask('ListTasks', { serviceName: service, desiredStatus: 'STOPPED' });
  if (Array.isArray(taskArns) && taskArns.length > 0) await ask('DescribeTasks', { tasks: taskArns });
  await rollout.sleep(3000);
  return failed;
}

async function follow(rollout: RandomRollout, polls = 200): Promise<RolloutTruth> {
  rollout.deploy();
  for (let count = 0; count < polls && rollout.truth().verdict === 'ongoing'; count += 1) await poll(rollout);
  return rollout.truth();
}

describe('the truth about a rollout', () => {
  it.each<[string, Partial<RolloutPlan>, string]>([
    ['nothing happens', {}, 'succeeded'],
    ['nothing has to run', { desiredCount: 0 }, 'succeeded'],
    ['the breaker rolls back', { mishap: crash, breaker }, 'rolled-back'],
    ['the breaker does not roll back', { mishap: crash, breaker: { ...breaker, rollback: false } }, 'failed'],
    ['there is nothing to go back to', { mishap: crash, breaker, hasPredecessor: false }, 'failed'],
    ['tasks crash for ever', { mishap: crash }, 'ongoing'],
    ['tasks crash at first', { mishap: { ...crash, untilAttempt: 2 } }, 'succeeded'],
    ['somebody else deploys', { incidents: [{ atSeconds: 10, kind: 'rival' }] }, 'superseded'],
    ['somebody else deploys later', { incidents: [{ atSeconds: 140, kind: 'rival' }] }, 'succeeded'],
    ['somebody else has deployed', { incidents: [{ atSeconds: -10, kind: 'rival' }] }, 'succeeded'],
    ['somebody forces a deployment', { incidents: [{ atSeconds: 10, kind: 'force' }] }, 'superseded'],
    ['somebody stops it', { incidents: [{ atSeconds: 10, kind: 'stop' }] }, 'rolled-back'],
    ['green is fine', { strategy: { ...strategy, kind: 'BLUE_GREEN' } }, 'succeeded'],
    ['green crashes', { strategy: { ...strategy, kind: 'CANARY' }, mishap: crash, breaker }, 'rolled-back'],
    ['traffic shifts in steps', { strategy: { ...strategy, kind: 'LINEAR' } }, 'succeeded'],
    ['a hook fails', { strategy: { ...strategy, kind: 'LINEAR' }, hook }, 'rolled-back'],
    ['a hook hangs', { strategy, hook: { ...hook, kind: 'never-answers' } }, 'rolled-back'],
    ['a pause is never answered', { hook: { ...hook, kind: 'pause', timeoutMinutes: 30 } }, 'ongoing'],
    [
      'a pause is answered',
      {
        hook: { ...hook, kind: 'pause' },
        incidents: [{ atSeconds: 50, kind: 'continue', action: 'CONTINUE' }],
      },
      'succeeded',
    ],
    ['an alarm goes off', { alarm: { rollback: true }, incidents: [alarm] }, 'rolled-back'],
    ['an alarm goes off and nothing follows', { alarm: { rollback: false }, incidents: [alarm] }, 'failed'],
    [
      'the alarm was there before',
      { alarm: { rollback: true }, incidents: [{ ...alarm, atSeconds: -5 }] },
      'succeeded',
    ],
    [
      'half is enough',
      {
        early: { healthyPercent: 50, cleanup: 'DEFERRED' },
        minimumHealthyPercent: 50,
        mishap: { ...crash, share: 0.5 },
      },
      'succeeded',
    ],
    ['settings change', { incidents: [{ atSeconds: 10, kind: 'settings' }] }, 'succeeded'],
    ['somebody deletes the service', { incidents: [{ atSeconds: 10, kind: 'delete-service' }] }, 'failed'],
    ['somebody scales', { incidents: [{ atSeconds: 10, kind: 'scale', desiredCount: 7 }] }, 'succeeded'],
  ])('when %s', async (_, change, verdict) => {
    expect(await follow(createPlannedRollout({ ...calm, ...change }))).toMatchObject({
      verdict,
      takenBack: undefined,
    });
  });

  it('tells a rollback of something broken from one of something healthy', async () => {
    for (const [mishap, wasHealthy] of [
      [crash, false],
      [undefined, true],
    ] as const) {
      const rollout = createPlannedRollout({ ...calm, mishap });
      rollout.deploy();
      await rollout.sleep(30_000);
      const { service, cluster } = rollout;
      const { serviceDeployments } = await rollout.call('ecs', 'ListServiceDeployments', {
        cluster,
        service,
      });
      const [latest] = serviceDeployments as [Json];
      await rollout.call('ecs', 'StopServiceDeployment', {
        serviceDeploymentArn: latest['serviceDeploymentArn'],
      });
      await rollout.sleep(120_000);
      expect(rollout.truth()).toMatchObject({
        verdict: 'rolled-back',
        takenBack: { by: 'StopServiceDeployment', wasHealthy },
      });
    }
  });

  it('counts a deployment back to what ran before as a rollback', async () => {
    const rollout = createPlannedRollout({ ...calm, mishap: crash });
    rollout.deploy();
    await rollout.sleep(40_000);
    const { service, cluster, previousTaskDefinitionArn: taskDefinition } = rollout;
    await rollout.call('ecs', 'UpdateService', { cluster, service, taskDefinition });
    expect(rollout.truth().verdict).toBe('ongoing');
    await rollout.sleep(120_000);
    expect(rollout.truth()).toMatchObject({
      verdict: 'rolled-back',
      takenBack: { by: 'UpdateService', wasHealthy: false },
    });
  });
});

describe('random rollouts', () => {
  it('are the same again for the same seed and the same calls', async () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const [first, second] = [createRandomRollout(seed), createRandomRollout(seed)];
      expect(await follow(first, 60)).toEqual(await follow(second, 60));
      expect(first.now()).toBe(second.now());
    }
  });

  it('end in every way there is, and meet faults', async () => {
    const verdicts = new Map<string, number>();
    for (let seed = 1; seed <= 200; seed += 1) {
      const { verdict } = await follow(createRandomRollout(seed), 100);
      verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
    }
    for (const verdict of ['succeeded', 'rolled-back', 'failed', 'superseded', 'ongoing']) {
      expect([verdict, (verdicts.get(verdict) ?? 0) > 5]).toEqual([verdict, true]);
    }
  });
});

/** Whether minimum and maximum percent leave ECS no move: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html */
function isWedged(
  { strategy, minimumHealthyPercent, maximumPercent }: RolloutPlan,
  desired: number,
): boolean {
  const least = Math.ceil((desired * minimumHealthyPercent) / 100);
  const most = Math.floor((desired * maximumPercent) / 100);
  return strategy.kind === 'ROLLING' && least >= desired && most <= desired;
}

describe('rollouts that nothing goes wrong with', () => {
  it('end, unless their percentages leave no move, and the API says of the PRIMARY what is true', async () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const drawn = drawRolloutPlan(seed);
      const plan = {
        ...drawn,
        mishap: undefined,
        hook: undefined,
        isPreviousBroken: false,
        network: calmNetwork,
      };
      const rollout = createPlannedRollout({ ...plan, hasPredecessor: true });
      rollout.deploy();
      for (let rest = 7200; rest > 0 && rollout.truth().verdict === 'ongoing'; rest -= 5)
        await rollout.sleep(5000);
      const { verdict, ours, isServiceDeleted } = rollout.truth();
      if (isServiceDeleted) continue;
      expect([seed, verdict === 'ongoing']).toEqual([
        seed,
        isWedged(plan, ours?.desiredTasks ?? 0) && verdict === 'ongoing',
      ]);
      const { cluster, service } = rollout;
      const { services } = await rollout.call('ecs', 'DescribeServices', { cluster, services: [service] });
      const [primary] = (services as [{ deployments: [{ id: string; rolloutState: string }] }])[0]
        .deployments;
      const isOurs = primary.id === ours?.deploymentId;
      if (verdict === 'superseded') expect([seed, isOurs]).toEqual([seed, false]);
      if (verdict === 'succeeded' && isOurs)
        expect([seed, primary.rolloutState]).toEqual([seed, 'COMPLETED']);
    }
  });
});

describe('the faults of a plan', () => {
  it.each<[string, Partial<RolloutPlan['network']>, Json]>([
    [
      'throttling',
      { throttledShare: 1 },
      { name: 'ThrottlingException', $metadata: { httpStatusCode: 400 } },
    ],
    ['failures', { failedShare: 1 }, { name: 'ServerException', $metadata: { httpStatusCode: 503 } }],
    ['lost connections', { lostShare: 1 }, { code: 'ECONNRESET' }],
    ['outages', { outage: { atSeconds: 0, seconds: 5 } }, { code: 'ECONNRESET' }],
    ['missing permissions', { denied: ['DescribeServices'] }, { name: 'AccessDeniedException' }],
  ])('%s reach the client as the SDK would show them', async (_, network, shape) => {
    const rollout = createPlannedRollout({ ...calm, network: { ...calmNetwork, ...network } });
    const call = rollout.call('ecs', 'DescribeServices', { cluster: 'rehearsal', services: ['web'] });
    await expect(call).rejects.toMatchObject(shape);
  });

  it('ECS throttles bursts at its documented rates whatever the plan', async () => {
    const rollout = createPlannedRollout({ ...calm, network: { ...calmNetwork, latencySeconds: 0 } });
    const ask = (): Promise<Json> =>
      rollout.call('ecs', 'DescribeServices', { cluster: 'rehearsal', services: ['web'] });
    for (let count = 0; count < 100; count += 1) await ask();
    await expect(ask()).rejects.toMatchObject({ name: 'ThrottlingException' });
    await rollout.sleep(1000);
    await ask();
  });

  it('stale answers are as old as the plan allows', async () => {
    const network = { ...calmNetwork, latencySeconds: 0, staleShare: 1, staleSeconds: 30 };
    const rollout = createPlannedRollout({ ...calm, network });
    const look = async (): Promise<number> => {
      const { services } = await rollout.call('ecs', 'DescribeServices', {
        cluster: 'rehearsal',
        services: ['web'],
      });
      return (services as [{ deployments: unknown[] }])[0].deployments.length;
    };
    expect(await look()).toBe(1);
    rollout.deploy();
    expect(await look()).toBe(1);
    await rollout.sleep(31_000);
    expect(await look()).toBe(2);
  });

  it('the clock is off by what the plan says', () => {
    const ahead = createPlannedRollout({ ...calm, network: { ...calmNetwork, skewSeconds: 90 } });
    expect(ahead.now() - createPlannedRollout(calm).now()).toBe(90_000);
  });
});

describe('plans', () => {
  it('can be printed and read again', () => {
    for (let seed = 1; seed <= 100; seed += 1) {
      const plan = drawRolloutPlan(seed);
      // What is undefined is left out by JSON and means the same.
      expect(JSON.parse(JSON.stringify(plan))).toEqual(JSON.parse(JSON.stringify({ ...plan })));
      expect(JSON.stringify(plan)).not.toContain('null');
    }
  });

  it('shrink to plans that can be played', async () => {
    for (let seed = 1; seed <= 100; seed += 1) {
      for (const plan of simplifyRolloutPlan(drawRolloutPlan(seed))) {
        const rollout = createPlannedRollout(plan);
        rollout.deploy();
        await rollout.sleep(1000);
        expect(rollout.truth().ours).toBeDefined();
      }
    }
  });

  it('shrink to the simplest one', () => {
    let plan = drawRolloutPlan(3);
    let steps = 0;
    for (let next = simplifyRolloutPlan(plan)[0]; next !== undefined; next = simplifyRolloutPlan(plan)[0]) {
      plan = next;
      steps += 1;
    }
    expect(steps).toBeLessThan(40);
    expect(plan).toMatchObject({ incidents: [], network: calmNetwork, mishap: undefined });
    expect(plan.desiredCount).toBe(0);
  });
});
