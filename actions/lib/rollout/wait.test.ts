import { describe, expect, it } from '@jest/globals';
import {
  container,
  createCollectedLog,
  createFakeClock,
  createFakePorts,
  createFakeWorld,
  deployment,
  type FakeClock,
  type FakeWorld,
  rollout,
  runningTask,
  serviceDeployment,
  serviceState,
  stoppedTask,
} from './fixtures.ts';
import type { Outcome } from './outcome.ts';
import { waitForRollouts } from './wait.ts';
import type { WaitOptions } from './wait-options.ts';

const options: WaitOptions = {
  timeoutSeconds: 1800,
  pollSeconds: 3,
  abortAfter: 3,
  onFailure: 'rollback',
  onCancel: 'rollback',
  waitFor: 'completed',
  logLines: 30,
};

interface Trial {
  readonly world: FakeWorld;
  readonly clock: FakeClock;
  readonly lines: readonly string[];
  readonly cancel: AbortController;
  readonly identified: string[];
  run(over?: Partial<WaitOptions>, count?: number): Promise<Outcome & { seconds: number }>;
}

function tryOut(over: Partial<FakeWorld> = {}): Trial {
  const world = createFakeWorld(over);
  const clock = createFakeClock();
  const log = createCollectedLog();
  const cancel = new AbortController();
  const identified: string[] = [];
  return {
    world,
    clock,
    lines: log.lines,
    cancel,
    identified,
    async run(changed = {}) {
      const startedAt = clock.now();
      const [outcome] = await waitForRollouts(
        [rollout],
        { ...options, ...changed },
        {
          ...createFakePorts(world),
          clock,
          log,
          random: () => 0.5,
          cancelled: cancel.signal,
          onIdentified: ({ serviceDeploymentArn }) => void identified.push(serviceDeploymentArn ?? ''),
        },
      );
      return { ...outcome!, seconds: (clock.now() - startedAt) / 1000 };
    },
  };
}

const old = deployment(1, { status: 'ACTIVE', rolloutState: 'COMPLETED' });

function finish(world: FakeWorld, status = 'SUCCESSFUL'): void {
  const isGood = status === 'SUCCESSFUL';
  world.serviceDeployments = [serviceDeployment(status)];
  world.service = isGood
    ? serviceState([deployment(2, { rolloutState: 'COMPLETED' })])
    : serviceState([deployment(1, { rolloutState: 'COMPLETED' })]);
}

/** Three tasks that exit 1, half a minute apart, and a rollback that takes half a minute when it is asked for. */
function crashLoop(trial: Trial, task = stoppedTask): void {
  const { world, clock } = trial;
  for (const seconds of [30, 60, 90]) {
    clock.at(seconds * 1000, () => {
      world.tasks.push(task({ stoppedAt: seconds * 1000 }));
      world.service = serviceState([deployment(2, { runningCount: 0, failedTasks: seconds / 30 }), old]);
    });
  }
  world.onStop = () => {
    const at = clock.now() - 1_000_000;
    world.serviceDeployments = [serviceDeployment('ROLLBACK_IN_PROGRESS')];
    clock.at(at + 30_000, () => finish(world, 'ROLLBACK_SUCCESSFUL'));
    return 'requested';
  };
}

describe('waitForRollouts', () => {
  it('succeeds within one poll of the end, and not before', async () => {
    const trial = tryOut();
    trial.clock.at(61_000, () => finish(trial.world));
    const outcome = await trial.run();
    expect(outcome).toMatchObject({
      verdict: 'succeeded',
      cause: undefined,
      sentence: 'web runs web:42 on 2 tasks.',
    });
    expect(outcome.seconds).toBeGreaterThanOrEqual(61);
    expect(outcome.seconds).toBeLessThanOrEqual(64);
  });

  it('gives the verdict of a finished deployment at once', async () => {
    const trial = tryOut();
    finish(trial.world, 'ROLLBACK_SUCCESSFUL');
    expect(await trial.run()).toMatchObject({ verdict: 'rolled-back', seconds: 0 });
  });

  it('tells of the service deployment as soon as it shows up', async () => {
    const trial = tryOut({ serviceDeployments: [] });
    trial.clock.at(5_000, () => void trial.world.serviceDeployments.push(serviceDeployment('IN_PROGRESS')));
    trial.clock.at(30_000, () => finish(trial.world));
    await trial.run();
    expect(trial.identified).toEqual([serviceDeployment('IN_PROGRESS').arn]);
  });

  it('needs at most 40 calls a minute in a steady wait, and in a crash loop', async () => {
    const targets = [
      { targetGroupArns: ['arn:x:targetgroup/web/1'], containerName: 'web', containerPort: 80 },
    ];
    const behindLoadBalancer = ({ world }: Trial): void => {
      world.service = serviceState([deployment(2, { runningCount: 1 }), old], { targets });
      world.tasks.push(runningTask());
    };
    const churn = (trial: Trial): void => {
      for (let second = 1; second < 540; second += 2) {
        trial.clock.at(second * 1000, () => {
          trial.world.tasks.push(stoppedTask());
          trial.world.service = serviceState([deployment(2, { failedTasks: second }), old], { targets });
        });
      }
    };
    for (const arrange of [() => undefined, crashLoop, behindLoadBalancer, churn]) {
      const trial = tryOut();
      arrange(trial);
      const counts: number[] = [];
      for (let minute = 1; minute <= 9; minute += 1) {
        trial.clock.at(minute * 60_000, () => void counts.push(trial.world.calls.length));
      }
      trial.clock.at(600_000, () => finish(trial.world));
      await trial.run({ abortAfter: 0 });
      const perMinute = counts.map((count, index) => count - (counts[index - 1] ?? 0));
      expect(Math.max(...perMinute)).toBeLessThanOrEqual(40);
    }
  });

  it('looks nearly twice as often once only the last word of ECS is awaited, within the same number of calls', async () => {
    const trial = tryOut();
    const asked = (): number =>
      trial.world.calls.filter((call) => call === 'DescribeServiceDeployments').length;
    let before = 0;
    let calls = 0;
    trial.clock.at(60_000, () => {
      before = asked();
      calls = trial.world.calls.length;
    });
    trial.clock.at(120_000, () => {
      before = asked() - before;
      calls = trial.world.calls.length - calls;
      finish(trial.world);
    });
    expect((await trial.run()).seconds).toBeLessThanOrEqual(122);
    expect(before).toBeGreaterThanOrEqual(27);
    expect(calls).toBeLessThanOrEqual(40);
  });

  it('sees a task fall in the same look although only the last word was awaited', async () => {
    const trial = tryOut();
    trial.clock.at(60_000, () => {
      trial.world.serviceDeployments = [
        serviceDeployment('IN_PROGRESS', { runningCount: 1, pendingCount: 1 }),
      ];
      trial.world.service = serviceState([deployment(2, { runningCount: 1, pendingCount: 1 }), old]);
    });
    trial.clock.at(90_000, () => finish(trial.world));
    await trial.run();
    const fallen = trial.lines.find((line) => line.includes('1/2 tasks running'));
    expect(fallen).toMatch(/^1:0[01] /);
  });

  it('says progress only when it changes, with elapsed time', async () => {
    const trial = tryOut({
      service: serviceState([deployment(2, { runningCount: 0, pendingCount: 2 }), old]),
    });
    trial.clock.at(41_000, () => {
      trial.world.service = serviceState([deployment(2, { runningCount: 1, pendingCount: 1 }), old], {
        events: [
          { id: 'e1', createdAt: 9_000, message: '(service web) has started 1 tasks: (task 1).' },
          { id: 'e0', createdAt: 1_000, message: 'older' },
        ],
      });
    });
    trial.clock.at(120_000, () => finish(trial.world));
    await trial.run();
    expect(trial.lines).toEqual([
      '0:00  web  0/2 tasks running web:42, 2 starting, 0 failed (service deployment IN_PROGRESS)',
      '0:42  web  has started 1 tasks: (task 1).',
      '0:42  web  1/2 tasks running web:42, 1 starting, 0 failed (service deployment IN_PROGRESS)',
    ]);
  });

  it('warns when a success ran nothing', async () => {
    const trial = tryOut({
      service: serviceState(
        [deployment(2, { rolloutState: 'COMPLETED', desiredCount: 0, runningCount: 0 })],
        { desiredCount: 0 },
      ),
    });
    trial.world.serviceDeployments = [serviceDeployment('SUCCESSFUL')];
    const outcome = await trial.run();
    expect(outcome.verdict).toBe('succeeded');
    expect(outcome.warnings[0]).toContain('desired count of 0');
  });

  it('is superseded when a newer deployment takes over', async () => {
    const trial = tryOut();
    trial.clock.at(20_000, () => {
      trial.world.serviceDeployments = [
        serviceDeployment('STOPPED'),
        serviceDeployment('IN_PROGRESS', {}, 3),
      ];
      trial.world.service = serviceState([deployment(3), deployment(2, { status: 'ACTIVE' })]);
    });
    const outcome = await trial.run();
    expect(outcome).toMatchObject({ verdict: 'superseded', cause: undefined });
    expect(outcome.sentence).toContain('web:43');
    expect(trial.world.calls).not.toContain('StopServiceDeployment');
  });
});

describe('waitForRollouts, giving up early', () => {
  it('asks for the rollback in the poll that sees the third identical failure, and names the cause', async () => {
    const trial = tryOut({ logs: ['Error: DATABASE_URL is not set'] });
    crashLoop(trial);
    const outcome = await trial.run();
    expect(outcome).toMatchObject({ verdict: 'rolled-back', cause: 'app-exit' });
    expect(outcome.sentence).toBe(
      'web exited 1 three times within 4 s of start: "Error: DATABASE_URL is not set". Add DATABASE_URL to environment or secrets of web. The service is back on web:41.',
    );
    expect(outcome.seconds).toBeGreaterThanOrEqual(120);
    expect(outcome.seconds).toBeLessThanOrEqual(126);
    expect(trial.world.calls.filter((call) => call === 'StopServiceDeployment')).toHaveLength(1);
  });

  it.each<[string, Partial<WaitOptions>, (trial: Trial) => void]>([
    ['when it is switched off', { abortAfter: 0 }, () => undefined],
    ['below its threshold', { abortAfter: 4 }, () => undefined],
    [
      'while a task of the new version has outlived the failures',
      {},
      ({ world }) => void world.tasks.push(runningTask({ startedAt: 20_000 })),
    ],
    [
      'while a task of the new version passes its health check',
      {},
      ({ world }) => {
        world.containers = [{ ...world.containers[0]!, hasHealthCheck: true }];
        world.tasks.push(runningTask({ startedAt: 89_000, healthStatus: 'HEALTHY' }));
      },
    ],
  ])('does not give up %s', async (_when, over, arrange) => {
    const trial = tryOut();
    crashLoop(trial);
    arrange(trial);
    trial.clock.at(200_000, () => finish(trial.world));
    expect(await trial.run(over)).toMatchObject({ verdict: 'succeeded' });
    expect(trial.world.calls).not.toContain('StopServiceDeployment');
  });

  it.each([
    [
      'spot interruptions',
      { stopCode: 'SpotInterruption', stoppedReason: 'Your Spot Task was interrupted.' },
    ],
    [
      'a scale-in',
      {
        stopCode: 'ServiceSchedulerInitiated',
        stoppedReason: 'Scaling activity initiated by (deployment ecs-svc/2)',
      },
    ],
    ['people who stop tasks', { stopCode: 'UserInitiated', stoppedReason: 'Task stopped by user' }],
    ['failures of the old version', { startedBy: 'ecs-svc/1' }],
  ])('does not give up for %s', async (_what, over) => {
    const trial = tryOut();
    crashLoop(trial, (more = {}) => stoppedTask({ ...more, ...over }));
    trial.clock.at(200_000, () => finish(trial.world));
    expect(await trial.run()).toMatchObject({ verdict: 'succeeded' });
  });

  it('gives up although a task runs, when its target is unhealthy', async () => {
    const targets = [
      {
        targetGroupArns: ['arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/web/1'],
        containerName: 'web',
        containerPort: 80,
      },
    ];
    const trial = tryOut({
      targets: [
        {
          id: '10.0.0.9',
          port: 80,
          state: 'unhealthy',
          reason: 'Target.Timeout',
          description: 'Request timed out',
        },
      ],
    });
    crashLoop(trial);
    trial.clock.at(90_001, () => {
      trial.world.tasks.push(runningTask({ startedAt: 1_000, addresses: ['10.0.0.9'] }));
      trial.world.service = serviceState([deployment(2, { runningCount: 1, failedTasks: 3 }), old], {
        targets,
      });
    });
    expect(await trial.run()).toMatchObject({ verdict: 'rolled-back' });
  });

  it('only ends the wait when the service is to be left alone', async () => {
    const trial = tryOut();
    crashLoop(trial);
    const outcome = await trial.run({ onFailure: 'leave' });
    expect(outcome).toMatchObject({ verdict: 'failed', cause: 'app-exit' });
    expect(outcome.sentence).toContain('left as it is');
    expect(trial.world.calls).not.toContain('StopServiceDeployment');
  });

  it('asks again in the next poll when AWS was too busy to take the request', async () => {
    const trial = tryOut();
    crashLoop(trial);
    trial.world.refusals.set('StopServiceDeployment', 'throttled');
    trial.clock.at(95_000, () => void trial.world.refusals.delete('StopServiceDeployment'));
    expect(await trial.run()).toMatchObject({ verdict: 'rolled-back', cause: 'app-exit' });
  });

  it('puts the previous version back itself when it may not stop the service deployment', async () => {
    const trial = tryOut();
    crashLoop(trial);
    trial.world.refusals.set('StopServiceDeployment', 'access-denied');
    trial.world.onUpdate = (taskDefinitionArn) => {
      const back = deployment(3, { taskDefinitionArn });
      trial.world.serviceDeployments = [serviceDeployment('STOPPED'), serviceDeployment('SUCCESSFUL', {}, 3)];
      trial.world.service = serviceState([back]);
      return back;
    };
    expect(await trial.run()).toMatchObject({ verdict: 'rolled-back', cause: 'app-exit' });
  });
});

describe('waitForRollouts, at the deadline', () => {
  it('ends exactly then when the service is to be left alone', async () => {
    const trial = tryOut();
    const outcome = await trial.run({ onFailure: 'leave', timeoutSeconds: 100 });
    expect(outcome).toMatchObject({ verdict: 'timed-out', cause: 'startup-timeout', seconds: 100 });
    expect(outcome.sentence).toContain('left as it is');
  });

  it('asks for the rollback exactly then, and says that it finished', async () => {
    const trial = tryOut();
    let stoppedAt = 0;
    trial.world.onStop = () => {
      stoppedAt = trial.clock.now() - 1_000_000;
      trial.world.serviceDeployments = [serviceDeployment('ROLLBACK_IN_PROGRESS')];
      trial.clock.at(stoppedAt + 20_000, () => finish(trial.world, 'ROLLBACK_SUCCESSFUL'));
      return 'requested';
    };
    const outcome = await trial.run({ timeoutSeconds: 100 });
    expect(stoppedAt).toBe(100_000);
    expect(outcome.verdict).toBe('timed-out');
    expect(outcome.sentence).toContain('was rolled back to web:41');
  });

  it('says that the rollback has not finished, when it does not', async () => {
    const trial = tryOut();
    trial.world.onStop = () => {
      trial.world.serviceDeployments = [serviceDeployment('ROLLBACK_IN_PROGRESS')];
      return 'requested';
    };
    const outcome = await trial.run({ timeoutSeconds: 1000 });
    expect(outcome).toMatchObject({ verdict: 'timed-out', seconds: 1300 });
    expect(outcome.sentence).toContain('has not finished yet');
  });

  it('believes a deployment that completes in the last moment', async () => {
    const trial = tryOut();
    trial.clock.at(99_500, () => finish(trial.world));
    expect(await trial.run({ timeoutSeconds: 100 })).toMatchObject({ verdict: 'succeeded', seconds: 100 });
  });

  it('finds out how it ended when the rollback is refused because it has ended', async () => {
    const trial = tryOut();
    trial.world.onStop = () => {
      finish(trial.world);
      return 'refused';
    };
    expect(await trial.run({ timeoutSeconds: 100 })).toMatchObject({ verdict: 'succeeded' });
  });
});

describe('waitForRollouts, when ECS gives up without rolling back', () => {
  function giveUp({ world, clock }: Trial): void {
    clock.at(50_000, () => {
      world.serviceDeployments = [
        serviceDeployment('STOPPED', {
          circuitBreaker: { status: 'TRIGGERED', failureCount: 3, threshold: 3 },
        }),
      ];
      world.service = serviceState([
        deployment(2, {
          rolloutState: 'FAILED',
          rolloutStateReason: 'ECS deployment circuit breaker: tasks failed to start.',
        }),
        old,
      ]);
      world.tasks = [stoppedTask(), stoppedTask(), stoppedTask()];
    });
  }

  it('puts the previous version back', async () => {
    const trial = tryOut();
    giveUp(trial);
    trial.world.onUpdate = (taskDefinitionArn) => {
      const back = deployment(3, { taskDefinitionArn });
      trial.world.service = serviceState([back, deployment(2, { status: 'ACTIVE', rolloutState: 'FAILED' })]);
      trial.clock.at(80_000, () => {
        trial.world.service = serviceState([{ ...back, rolloutState: 'COMPLETED' }]);
      });
      return back;
    };
    const outcome = await trial.run({ abortAfter: 0 });
    expect(outcome).toMatchObject({ verdict: 'rolled-back', cause: 'app-exit' });
    expect(outcome.seconds).toBeGreaterThanOrEqual(80);
  });

  it('fails when the service is to be left alone', async () => {
    const trial = tryOut();
    giveUp(trial);
    expect(await trial.run({ onFailure: 'leave', abortAfter: 0 })).toMatchObject({
      verdict: 'failed',
      cause: 'app-exit',
    });
    expect(trial.world.calls).not.toContain('UpdateService');
  });

  it('fails when it may not put the previous version back', async () => {
    const trial = tryOut();
    giveUp(trial);
    trial.world.refusals.set('UpdateService', 'access-denied');
    const outcome = await trial.run({ abortAfter: 0 });
    expect(outcome.verdict).toBe('failed');
    expect(outcome.sentence).toContain('could not be rolled back');
  });
});

describe('waitForRollouts, when AWS refuses', () => {
  it('judges by DescribeServices where the service deployment may not be seen, and says so once', async () => {
    const trial = tryOut();
    trial.world.refusals.set('ListServiceDeployments', 'access-denied');
    trial.clock.at(61_000, () => finish(trial.world));
    expect(await trial.run()).toMatchObject({ verdict: 'succeeded' });
    expect(trial.lines.filter((line) => line.startsWith('No permission'))).toHaveLength(1);
  });

  it('judges by the service deployment where the service may not be seen', async () => {
    const trial = tryOut();
    trial.world.refusals.set('DescribeServices', 'access-denied');
    trial.clock.at(61_000, () => finish(trial.world));
    const outcome = await trial.run();
    expect(outcome.verdict).toBe('succeeded');
    expect(outcome.seconds).toBeLessThanOrEqual(64);
  });

  it('ends at once when nothing may be seen', async () => {
    const trial = tryOut();
    trial.world.refusals
      .set('DescribeServices', 'access-denied')
      .set('ListServiceDeployments', 'access-denied');
    expect(await trial.run()).toMatchObject({ verdict: 'failed', cause: 'access-denied', seconds: 0 });
  });

  it.each(['ListTasks', 'DescribeTasks', 'DescribeTaskDefinition', 'GetLogEvents', 'DescribeTargetHealth'])(
    'keeps waiting, and its verdict, without %s',
    async (operation) => {
      const trial = tryOut();
      trial.world.refusals.set(operation, 'access-denied');
      trial.clock.at(61_000, () => finish(trial.world, 'ROLLBACK_SUCCESSFUL'));
      expect(await trial.run()).toMatchObject({ verdict: 'rolled-back' });
    },
  );

  it.each(['credentials-expired', 'credentials-missing'] as const)('ends at once for %s', async (code) => {
    const trial = tryOut();
    trial.clock.at(30_000, () => {
      for (const operation of ['DescribeServices', 'DescribeServiceDeployments'])
        trial.world.refusals.set(operation, code);
    });
    const outcome = await trial.run();
    expect(outcome).toMatchObject({ verdict: 'failed', cause: 'credentials-expired' });
    expect(outcome.seconds).toBeLessThanOrEqual(33);
  });

  it('ends at once when the cluster is gone', async () => {
    const trial = tryOut();
    trial.clock.at(30_000, () => void trial.world.refusals.set('DescribeServices', 'cluster-not-found'));
    expect(await trial.run()).toMatchObject({ verdict: 'failed', cause: 'cluster-not-found' });
  });

  it('ends at once when the service is gone', async () => {
    const trial = tryOut();
    trial.clock.at(30_000, () => {
      trial.world.service = undefined;
    });
    const outcome = await trial.run();
    expect(outcome).toMatchObject({ verdict: 'failed', cause: 'service-not-found' });
    // All tasks run, so that the service is looked at only now and then.
    expect(outcome.seconds).toBeLessThanOrEqual(39);
  });

  it.each(['throttled', 'connection-failed', 'aws-unavailable'] as const)(
    'waits %s out, ever more slowly, and says so once',
    async (code) => {
      const trial = tryOut();
      trial.clock.at(30_000, () => {
        for (const operation of ['DescribeServices', 'DescribeServiceDeployments'])
          trial.world.refusals.set(operation, code);
      });
      trial.clock.at(90_000, () => {
        trial.world.refusals.clear();
        finish(trial.world);
      });
      const outcome = await trial.run();
      expect(outcome.verdict).toBe('succeeded');
      expect(trial.lines.filter((line) => line.includes('Looking again'))).toHaveLength(1);
      const polls = trial.world.calls.filter((call) => call === 'DescribeServices').length;
      expect(polls).toBeLessThan(20);
    },
  );

  it.each(['ListTasks', 'DescribeTasks', 'GetLogEvents'])(
    'gives the verdict in time although %s is throttled',
    async (operation) => {
      const trial = tryOut();
      crashLoop(trial);
      trial.world.refusals.set(operation, 'throttled');
      trial.clock.at(91_000, () => finish(trial.world, 'ROLLBACK_SUCCESSFUL'));
      const outcome = await trial.run({ abortAfter: 0 });
      expect(outcome.verdict).toBe('rolled-back');
      expect(outcome.seconds).toBeLessThanOrEqual(94);
    },
  );

  it('lets a rollback finish after the deadline although looks are throttled for a while', async () => {
    const trial = tryOut();
    trial.world.onStop = () => {
      trial.world.serviceDeployments = [serviceDeployment('ROLLBACK_IN_PROGRESS')];
      trial.clock.at(103_000, () => void trial.world.refusals.set('DescribeServices', 'throttled'));
      trial.clock.at(130_000, () => {
        trial.world.refusals.clear();
        finish(trial.world, 'ROLLBACK_SUCCESSFUL');
      });
      return 'requested';
    };
    const outcome = await trial.run({ timeoutSeconds: 100 });
    expect(outcome.sentence).toContain('was rolled back to web:41');
  });

  it('names throttling when it lasts until the deadline', async () => {
    const trial = tryOut();
    trial.world.refusals.set('DescribeServices', 'throttled');
    expect(await trial.run({ timeoutSeconds: 100 })).toMatchObject({
      verdict: 'timed-out',
      cause: 'throttled',
      seconds: 100,
    });
  });
});

describe('waitForRollouts, cancelled', () => {
  it('asks for the rollback first and ends', async () => {
    const trial = tryOut();
    let stoppedAt = 0;
    trial.world.onStop = () => {
      stoppedAt = trial.clock.now() - 1_000_000;
      return 'requested';
    };
    trial.clock.at(40_000, () => trial.cancel.abort());
    const outcome = await trial.run();
    expect(outcome).toMatchObject({ verdict: 'cancelled', cause: undefined, seconds: 40 });
    expect(stoppedAt).toBe(40_000);
    expect(trial.world.calls.at(-1)).toBe('StopServiceDeployment');
  });

  it('leaves the service alone when told so', async () => {
    const trial = tryOut();
    trial.clock.at(40_000, () => trial.cancel.abort());
    expect(await trial.run({ onCancel: 'leave' })).toMatchObject({ verdict: 'cancelled' });
    expect(trial.world.calls).not.toContain('StopServiceDeployment');
  });

  it('never takes back a deployment that has just succeeded', async () => {
    const trial = tryOut();
    trial.clock.at(40_000, () => {
      finish(trial.world);
      trial.cancel.abort();
    });
    trial.world.onStop = () => 'refused';
    expect(await trial.run()).toMatchObject({ verdict: 'succeeded' });
    expect(trial.world.calls).not.toContain('UpdateService');
  });

  it('never takes back by an update what has just succeeded, where it may not stop', async () => {
    const trial = tryOut();
    trial.world.refusals.set('StopServiceDeployment', 'access-denied');
    trial.clock.at(40_000, () => {
      finish(trial.world);
      trial.cancel.abort();
    });
    expect(await trial.run()).toMatchObject({ verdict: 'succeeded' });
    expect(trial.world.calls).not.toContain('UpdateService');
  });

  it('takes back by an update what still goes on, where it may not stop', async () => {
    const trial = tryOut();
    trial.world.refusals.set('StopServiceDeployment', 'access-denied');
    trial.clock.at(40_000, () => trial.cancel.abort());
    expect(await trial.run()).toMatchObject({ verdict: 'cancelled' });
    expect(trial.world.calls).toContain('UpdateService');
  });

  it('does not wait for a stop call that hangs', async () => {
    const trial = tryOut();
    trial.clock.at(40_000, () => trial.cancel.abort());
    trial.world.refusals.set('StopServiceDeployment', 'connection-failed');
    const outcome = await trial.run();
    expect(outcome).toMatchObject({ verdict: 'cancelled' });
    expect(outcome.sentence).toContain('could not be rolled back');
  });
});

describe('waitForRollouts, over twenty services', () => {
  it('needs at most 80 calls a minute and gives each its own verdict', async () => {
    const world = createFakeWorld();
    const clock = createFakeClock();
    const names = Array.from({ length: 20 }, (_, index) => `web${index}`);
    const ports = createFakePorts(world);
    const arnOf = (name: string): string => `arn:${name}`;
    const observer: typeof ports.observer = {
      async describeServices(cluster, services) {
        await ports.observer.describeServices(cluster, services);
        return services.map((name) => ({ ...serviceState([deployment(2), old]), name }));
      },
      async listServiceDeployments(cluster, service) {
        await ports.observer.listServiceDeployments(cluster, service);
        return [serviceDeployment('IN_PROGRESS', { arn: arnOf(service) })];
      },
      async describeServiceDeployments(arns) {
        await ports.observer.describeServiceDeployments(arns);
        const isOver = clock.now() >= 1_000_000 + 300_000;
        return arns.map((arn) =>
          serviceDeployment(
            isOver ? (arn.endsWith('7') ? 'ROLLBACK_SUCCESSFUL' : 'SUCCESSFUL') : 'IN_PROGRESS',
            { arn },
          ),
        );
      },
    };
    const counts: number[] = [];
    for (let minute = 1; minute <= 4; minute += 1) {
      clock.at(minute * 60_000, () => void counts.push(world.calls.length));
    }
    const outcomes = await waitForRollouts(
      names.map((service) => ({ ...rollout, service })),
      options,
      {
        ...ports,
        observer,
        clock,
        random: () => 0.5,
        log: createCollectedLog(),
        cancelled: new AbortController().signal,
        onIdentified: () => undefined,
      },
    );
    const perMinute = counts.map((count, index) => count - (counts[index - 1] ?? 0));
    expect(Math.max(...perMinute)).toBeLessThanOrEqual(80);
    expect(outcomes.filter(({ verdict }) => verdict === 'succeeded')).toHaveLength(18);
    expect(outcomes.filter(({ verdict }) => verdict === 'rolled-back')).toHaveLength(2);
  });
});

describe('the container that failed', () => {
  it('is looked up in another log driver by saying where', async () => {
    const trial = tryOut();
    crashLoop(trial);
    trial.world.containers = [{ name: 'web', hasHealthCheck: false, log: { driver: 'awsfirelens' } }];
    const { evidence } = await trial.run();
    expect(evidence.logTail).toMatchObject({
      container: 'web',
      lines: [],
      where: expect.stringContaining('awsfirelens'),
    });
  });

  it('has its log lines disarmed', async () => {
    const trial = tryOut({ logs: ['::error::gotcha', '\u001b[31mred', `${'x'.repeat(3000)}`] });
    crashLoop(trial, (over = {}) => stoppedTask({ ...over, containers: [container({ exitCode: 1 })] }));
    const { evidence } = await trial.run();
    expect(
      evidence.logTail?.lines.some(
        (line) => line.startsWith('::') || line.includes('\u001b') || line.length > 2001,
      ),
    ).toBe(false);
  });
});

describe('waitForRollouts, with the previous version put back by an update', () => {
  /** An alarm without rollback stops the deployment, and the update that puts the previous version back takes a minute. */
  function stopByAlarm(trial: Trial, ended: () => void): void {
    const { world, clock } = trial;
    clock.at(30_000, () => {
      world.serviceDeployments = [serviceDeployment('STOPPED', { triggeredAlarms: ['web-5xx'] })];
      world.service = serviceState([deployment(2, { rolloutState: 'FAILED' }), old]);
    });
    world.onUpdate = (taskDefinitionArn) => {
      const back = deployment(3, { taskDefinitionArn });
      world.service = serviceState([back, deployment(2, { status: 'ACTIVE', rolloutState: 'FAILED' })]);
      world.serviceDeployments.push(serviceDeployment('IN_PROGRESS', {}, 3));
      clock.at(90_000, ended);
      return back;
    };
  }

  it('still names the cause from the record of its own deployment', async () => {
    const trial = tryOut();
    stopByAlarm(trial, () => {
      trial.world.serviceDeployments = [
        serviceDeployment('STOPPED', { triggeredAlarms: ['web-5xx'] }),
        serviceDeployment('SUCCESSFUL', {}, 3),
      ];
    });
    const outcome = await trial.run();
    expect(outcome).toMatchObject({ verdict: 'rolled-back', cause: 'alarm' });
    expect(outcome.evidence.triggeredAlarms).toEqual(['web-5xx']);
  });

  it('takes no pause of that for the pause that is waited for', async () => {
    const trial = tryOut();
    const hook = {
      id: 'h',
      type: 'PAUSE',
      targetArn: undefined,
      expiresAt: undefined,
      timeoutAction: undefined,
    };
    stopByAlarm(trial, () => {
      trial.world.serviceDeployments = [
        serviceDeployment('STOPPED', { triggeredAlarms: ['web-5xx'] }),
        serviceDeployment('IN_PROGRESS', { hooks: [{ ...hook, status: 'AWAITING_ACTION' }] }, 3),
      ];
    });
    trial.clock.at(300_000, () => {
      trial.world.serviceDeployments = [
        serviceDeployment('STOPPED', { triggeredAlarms: ['web-5xx'] }),
        serviceDeployment('SUCCESSFUL', {}, 3),
      ];
    });
    expect(await trial.run({ waitFor: 'paused' })).toMatchObject({ verdict: 'rolled-back', cause: 'alarm' });
  });

  it('says that a newer deployment overtook it', async () => {
    const trial = tryOut();
    stopByAlarm(trial, () => {
      trial.world.serviceDeployments = [
        serviceDeployment('STOPPED', { triggeredAlarms: ['web-5xx'] }),
        serviceDeployment('STOPPED', {}, 3),
        serviceDeployment('IN_PROGRESS', {}, 4),
      ];
      trial.world.service = serviceState([deployment(4)]);
    });
    const outcome = await trial.run();
    expect(outcome).toMatchObject({ verdict: 'failed', cause: 'alarm' });
    expect(outcome.sentence).toContain('A newer deployment took over while it was put back on web:41.');
  });
});

describe('waitForRollouts, at pauses and after the end', () => {
  const pause = {
    id: 'pause-1',
    type: 'PAUSE',
    targetArn: undefined,
    status: 'AWAITING_ACTION',
    expiresAt: Date.UTC(2026, 10, 21, 9),
    timeoutAction: 'ROLLBACK',
  };
  const atPause = serviceDeployment('IN_PROGRESS', {
    lifecycleStage: 'POST_TEST_TRAFFIC_SHIFT',
    hooks: [pause],
  });

  it('ends well at the pause where that is waited for, and says what the pause waits for', async () => {
    const trial = tryOut();
    trial.clock.at(20_000, () => {
      trial.world.serviceDeployments = [atPause];
    });
    const outcome = await trial.run({ waitFor: 'paused' });
    expect(outcome).toMatchObject({ verdict: 'succeeded', cause: undefined, warnings: [] });
    expect(outcome.sentence).toBe(
      'web:42 of web is paused at POST_TEST_TRAFFIC_SHIFT until 2026-11-21T09:00:00.000Z, when ECS rolls it back (hook pause-1).',
    );
  });

  it('warns when a deployment that should pause completes', async () => {
    const trial = tryOut();
    finish(trial.world);
    const outcome = await trial.run({ waitFor: 'paused' });
    expect(outcome.verdict).toBe('succeeded');
    expect(outcome.warnings.join()).toContain('without a pause');
  });

  it('waits through a pause otherwise, at a slower pace, and says it once', async () => {
    const trial = tryOut();
    trial.clock.at(3_000, () => {
      trial.world.serviceDeployments = [atPause];
    });
    trial.clock.at(600_000, () => finish(trial.world));
    const outcome = await trial.run();
    expect(outcome.verdict).toBe('succeeded');
    expect(trial.lines.filter((line) => line.includes('paused at'))).toHaveLength(1);
    const perMinute = trial.world.calls.length / (outcome.seconds / 60);
    expect(perMinute).toBeLessThan(20);
  });

  it.each(['rollback', 'leave'] as const)(
    'blames the pause for a deadline that passes there, with on-failure %s',
    async (onFailure) => {
      const trial = tryOut({ serviceDeployments: [atPause] });
      trial.world.onStop = () => {
        finish(trial.world, 'ROLLBACK_SUCCESSFUL');
        return 'requested';
      };
      const outcome = await trial.run({ timeoutSeconds: 60, onFailure });
      expect(outcome).toMatchObject({ verdict: 'timed-out', cause: 'hook-timeout' });
      expect(outcome.sentence).toContain('nobody has answered');
    },
  );

  it('waits until the tasks before it are gone where that is waited for', async () => {
    const trial = tryOut();
    trial.world.tasks.push(stoppedTask({ startedBy: 'ecs-svc/1', lastStatus: 'DEACTIVATING' }));
    trial.clock.at(30_000, () => {
      finish(trial.world);
      trial.world.service = serviceState([deployment(2, { rolloutState: 'COMPLETED' }), old]);
    });
    trial.clock.at(120_000, () => finish(trial.world));
    trial.clock.at(200_000, () => {
      trial.world.tasks = [{ ...trial.world.tasks[0]!, lastStatus: 'STOPPED' }];
    });
    const outcome = await trial.run({ waitFor: 'drained' });
    expect(outcome.verdict).toBe('succeeded');
    expect(outcome.seconds).toBeGreaterThanOrEqual(200);
    expect(outcome.seconds).toBeLessThanOrEqual(207);
  });

  it('never takes a successful deployment back because old tasks drain past the deadline', async () => {
    const trial = tryOut();
    finish(trial.world);
    trial.world.service = serviceState([deployment(2, { rolloutState: 'COMPLETED' }), old]);
    const outcome = await trial.run({ waitFor: 'drained', timeoutSeconds: 60 });
    expect(outcome.verdict).toBe('timed-out');
    expect(trial.world.calls).not.toContain('StopServiceDeployment');
    expect(trial.world.calls).not.toContain('UpdateService');
  });
});
