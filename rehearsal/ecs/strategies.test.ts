import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Json } from '../server/service.ts';
import { createBench, type EcsBench, refusalOf, START } from './ecs-fixture.ts';
import type { HookOutcome } from './hook-outcome.ts';

const LAMBDA = 'arn:aws:lambda:eu-west-1:123456789012:function:check';
const MINUTE = 60_000;

interface Described {
  readonly serviceDeploymentArn: string;
  readonly status: string;
  readonly statusReason?: string;
  readonly lifecycleStage?: string;
  readonly lifecycleHookDetails?: readonly { hookId: string; status: string; expiresAt: Date }[];
  readonly sourceServiceRevisions: readonly Json[];
  readonly targetServiceRevision: Json;
  readonly alarms: Json;
  readonly rollback?: Json;
}

let bench: EcsBench;

beforeEach(() => {
  bench = createBench();
});

/** The service with a blue and a green target group and a strategy. */
function seed(deploymentConfiguration: Json, desiredCount = 2): void {
  const green = bench.elb.createTargetGroup({ name: 'web-green', port: 8080 });
  const { arn } = bench.elb.createTargetGroup({ name: 'web-blue', port: 8080 });
  bench.seed({
    desiredCount,
    deploymentConfiguration,
    loadBalancers: [
      {
        targetGroupArn: arn,
        containerName: 'app',
        containerPort: 8080,
        advancedConfiguration: {
          alternateTargetGroupArn: green.arn,
          productionListenerRule: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener-rule/prod',
          testListenerRule: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener-rule/test',
          roleArn: 'arn:aws:iam::123456789012:role/ecsInfrastructureRole',
        },
      },
    ],
  });
}

function describeOurs(): Described | undefined {
  const [latest] = bench.serviceDeployments();
  const arn = latest?.serviceDeploymentArn;
  if (arn === undefined || latest?.createdAt.getTime() !== START) return undefined;
  return (
    bench.call('DescribeServiceDeployments', { serviceDeploymentArns: [arn] })['serviceDeployments'] as [
      Described,
    ]
  )[0];
}

/** Moves time on in small steps, so that nothing that only lasts for a moment is missed. */
function advanceUntil(holds: () => boolean, limitSeconds = 3600): void {
  for (let steps = 0; steps < limitSeconds * 2 && !holds(); steps += 1) bench.clock.advance(500);
  expect(holds()).toBe(true);
}

const status = (): string | undefined => describeOurs()?.status;
const stage = (): string | undefined => describeOurs()?.lifecycleStage;

/** Follows our deployment to its end, and tells the distinct stages and production weights on the way. */
function follow(): { readonly stages: string[]; readonly weights: number[] } {
  const stages: string[] = [];
  const weights: number[] = [];
  advanceUntil(() => {
    const ours = describeOurs();
    const weight = ours?.targetServiceRevision['requestedProductionTrafficWeight'] as number | undefined;
    if (ours?.lifecycleStage !== undefined && stages.at(-1) !== ours.lifecycleStage)
      stages.push(ours.lifecycleStage);
    if (weight !== undefined && weights.at(-1) !== weight) weights.push(weight);
    return !['PENDING', 'IN_PROGRESS', undefined].includes(ours?.status);
  }, 20 * 3600);
  return { stages, weights };
}

const STAGES = [
  'PRE_SCALE_UP',
  'SCALE_UP',
  'POST_SCALE_UP',
  'TEST_TRAFFIC_SHIFT',
  'POST_TEST_TRAFFIC_SHIFT',
  'PRODUCTION_TRAFFIC_SHIFT',
  'POST_PRODUCTION_TRAFFIC_SHIFT',
  'BAKE_TIME',
  'CLEAN_UP',
];

describe('a deployment beside the old one', () => {
  it.each<[string, Json, number[], number]>([
    ['BLUE_GREEN', { bakeTimeInMinutes: 10 }, [0, 100], 10],
    [
      'CANARY',
      { canaryConfiguration: { canaryPercent: 12.5, canaryBakeTimeInMinutes: 3 } },
      [0, 12.5, 100],
      3,
    ],
    [
      'LINEAR',
      { linearConfiguration: { stepPercent: 30, stepBakeTimeInMinutes: 2 }, bakeTimeInMinutes: 1 },
      [0, 30, 60, 90, 100],
      7,
    ],
  ])('%s goes through its stages, shifts traffic and bakes', (strategy, configuration, weights, minutes) => {
    seed({ strategy, ...configuration });
    bench.deploy();
    const startedAt = bench.clock.now();
    expect(follow()).toEqual({ stages: STAGES, weights });
    expect(status()).toBe('SUCCESSFUL');
    const lasted = bench.clock.now() - startedAt;
    expect(lasted).toBeGreaterThan(minutes * MINUTE);
    expect(lasted).toBeLessThan((minutes + 3) * MINUTE);
    expect(bench.service().deployments).toHaveLength(1);
  });

  it('keeps all old tasks until CLEAN_UP, and replaces those that stop', () => {
    seed({ strategy: 'BLUE_GREEN', bakeTimeInMinutes: 5 });
    bench.deploy();
    advanceUntil(() => stage() === 'BAKE_TIME');
    expect(bench.service()).toMatchObject({ runningCount: 4, desiredCount: 2 });
    const [, blue] = bench.service().deployments;
    const { taskArns } = bench.call('ListTasks', { cluster: 'rehearsal', startedBy: blue?.id });
    bench.call('StopTask', { cluster: 'rehearsal', task: (taskArns as string[])[0] });
    bench.clock.advance(MINUTE);
    expect(bench.service().deployments[1]?.runningCount).toBe(2);
    expect(describeOurs()?.sourceServiceRevisions).toMatchObject([
      { runningTaskCount: 2, requestedTestTrafficWeight: 0, requestedProductionTrafficWeight: 0 },
    ]);
  });

  it('puts green into the target group that blue is not in, and the next green into the other', () => {
    seed({ strategy: 'BLUE_GREEN' });
    const groups: unknown[] = [];
    for (let round = 0; round < 2; round += 1) {
      bench.deploy();
      advanceUntil(() => bench.service().deployments.length === 2 && bench.service().runningCount === 4);
      const [primary] = bench.service().deployments;
      const { serviceRevisions } = bench.call('DescribeServiceRevisions', {
        serviceRevisionArns: [String(bench.serviceDeployments()[0]?.targetServiceRevisionArn)],
      });
      const [revision] = serviceRevisions as [{ resolvedConfiguration: { loadBalancers: [Json] } }];
      groups.push(String(revision.resolvedConfiguration.loadBalancers[0]['targetGroupArn']).split('/')[1]);
      expect(primary?.status).toBe('PRIMARY');
      advanceUntil(() => bench.serviceDeployments()[0]?.status === 'SUCCESSFUL');
    }
    expect(groups).toEqual(['web-green', 'web-blue']);
  });

  it('reconciles when it replaces a deployment that has not ended', () => {
    seed({ strategy: 'BLUE_GREEN', bakeTimeInMinutes: 5 });
    bench.deploy();
    advanceUntil(() => stage() === 'BAKE_TIME');
    const first = describeOurs()?.serviceDeploymentArn;
    bench.control.deployRival('rehearsal', 'web');
    const stages: string[] = [];
    advanceUntil(() => {
      const [latest] = bench.serviceDeployments();
      if (latest?.serviceDeploymentArn === first) return false;
      const { serviceDeployments } = bench.call('DescribeServiceDeployments', {
        serviceDeploymentArns: [latest?.serviceDeploymentArn],
      });
      const [shown] = serviceDeployments as [Described];
      if (shown.lifecycleStage !== undefined && stages.at(-1) !== shown.lifecycleStage)
        stages.push(shown.lifecycleStage);
      return shown.status === 'SUCCESSFUL';
    });
    expect(stages).toEqual(['RECONCILE_SERVICE', ...STAGES]);
    const { serviceDeployments } = bench.call('DescribeServiceDeployments', {
      serviceDeploymentArns: [first],
    });
    expect(serviceDeployments).toMatchObject([{ status: 'STOPPED' }]);
  });

  it.each(STAGES.slice(0, -1))('can be rolled back by its user in %s', (at) => {
    seed({ strategy: 'CANARY', bakeTimeInMinutes: 2 });
    bench.control.scriptHook(() => ({ kind: 'succeeds', afterSeconds: 30 }));
    bench.deploy();
    advanceUntil(() => stage() === at);
    // Whatever comes of what was under way must not disturb the rollback.
    bench.call('StopServiceDeployment', { serviceDeploymentArn: describeOurs()?.serviceDeploymentArn });
    advanceUntil(() => status() === 'ROLLBACK_SUCCESSFUL');
    expect(describeOurs()).toMatchObject({
      status: 'ROLLBACK_SUCCESSFUL',
      targetServiceRevision: { requestedProductionTrafficWeight: 0 },
      sourceServiceRevisions: [{ requestedProductionTrafficWeight: 100 }],
    });
    bench.clock.advance(60 * MINUTE);
    expect(bench.service()).toMatchObject({ runningCount: 2, deployments: [{ rolloutState: 'COMPLETED' }] });
  });

  it('is rolled back by the circuit breaker while it scales up', () => {
    seed({ strategy: 'BLUE_GREEN', deploymentCircuitBreaker: { enable: true, rollback: true } });
    bench.control.scriptOutcome(({ revision }) =>
      revision === 2 ? { kind: 'exits', afterSeconds: 1, exitCode: 1 } : undefined,
    );
    bench.deploy();
    expect(follow().stages).toEqual(['PRE_SCALE_UP', 'SCALE_UP']);
    advanceUntil(() => status() === 'ROLLBACK_SUCCESSFUL');
    expect(describeOurs()?.statusReason).toContain('circuit breaker');
    expect(bench.service().runningCount).toBe(2);
  });

  it('scales both revisions when the desired count changes', () => {
    seed({ strategy: 'BLUE_GREEN', bakeTimeInMinutes: 5 });
    bench.deploy();
    advanceUntil(() => stage() === 'BAKE_TIME');
    bench.call('UpdateService', { cluster: 'rehearsal', service: 'web', desiredCount: 3 });
    bench.clock.advance(2 * MINUTE);
    expect(bench.service().deployments.map(({ runningCount }) => runningCount)).toEqual([3, 3]);
    expect(bench.serviceDeployments()).toHaveLength(2);
  });

  it.each<[string, Json]>([
    ['Invalid deployment strategy: FAST', { strategy: 'FAST' }],
    [
      'stepPercent must be between 3.0 and 100.0.',
      { strategy: 'LINEAR', linearConfiguration: { stepPercent: 2 } },
    ],
    [
      'canaryPercent must be between 0.1 and 100.0.',
      { strategy: 'CANARY', canaryConfiguration: { canaryPercent: 0 } },
    ],
    ['bakeTimeInMinutes must be between 0 and 1440.', { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 1441 }],
    ['linearConfiguration is only valid', { strategy: 'CANARY', linearConfiguration: {} }],
    ['earlySuccessCriteria is only valid', { strategy: 'CANARY', earlySuccessCriteria: { enable: false } }],
    [
      'PAUSE lifecycle hooks cannot be configured at the PRODUCTION_TRAFFIC_SHIFT stage.',
      { lifecycleHooks: [{ targetType: 'PAUSE', lifecycleStages: ['PRODUCTION_TRAFFIC_SHIFT'] }] },
    ],
    ['hookTargetArn must be specified', { lifecycleHooks: [{ lifecycleStages: ['PRE_SCALE_UP'] }] }],
    [
      'Invalid lifecycle stage: SCALE_UP',
      { lifecycleHooks: [{ hookTargetArn: LAMBDA, lifecycleStages: ['SCALE_UP'] }] },
    ],
    ['alarmNames cannot be empty', { alarms: { enable: true, rollback: true, alarmNames: [] } }],
    [
      'healthyPercent must be a whole number between minimumHealthyPercent and 100.',
      {
        earlySuccessCriteria: { enable: true, healthyPercent: 50, sourceServiceRevisionCleanup: 'BLOCKING' },
      },
    ],
  ])('is refused: %s', (message, deploymentConfiguration) => {
    seed({});
    const refusal = refusalOf(() =>
      bench.call('UpdateService', { cluster: 'rehearsal', service: 'web', deploymentConfiguration }),
    );
    expect(refusal.code).toBe('InvalidParameterException');
    expect(refusal.message).toContain(message);
  });

  it('needs traffic to shift in steps, but none for blue and green', () => {
    bench.seed({ loadBalancers: [] });
    const change = (strategy: string): Json =>
      bench.call('UpdateService', {
        cluster: 'rehearsal',
        service: 'web',
        deploymentConfiguration: { strategy },
      });
    expect(refusalOf(() => change('LINEAR')).message).toContain(
      'requires a load balancer or Service Connect',
    );
    change('BLUE_GREEN');
    bench.deploy();
    expect(follow()).toEqual({ stages: STAGES, weights: [] });
  });
});

describe('a Lambda hook', () => {
  const script = (outcome: HookOutcome): void => bench.control.scriptHook(() => outcome);
  const hooked = (...lifecycleStages: string[]): Json => ({
    strategy: 'BLUE_GREEN',
    lifecycleHooks: [
      {
        hookTargetArn: LAMBDA,
        roleArn: 'arn:aws:iam::123456789012:role/hooks',
        lifecycleStages,
        timeoutConfiguration: { timeoutInMinutes: 5 },
      },
    ],
  });

  it('lets the deployment go on when it succeeds', () => {
    seed(hooked('POST_SCALE_UP', 'POST_PRODUCTION_TRAFFIC_SHIFT'));
    script({ kind: 'succeeds', afterSeconds: 50 });
    bench.deploy();
    advanceUntil(() => stage() === 'POST_SCALE_UP');
    expect(describeOurs()?.lifecycleHookDetails).toEqual([
      {
        hookId: expect.stringMatching(/^ecs-lambda-[\w-]{43}$/),
        targetType: 'AWS_LAMBDA',
        targetArn: LAMBDA,
        status: 'IN_PROGRESS',
        expiresAt: expect.any(Date),
        timeoutAction: 'ROLLBACK',
      },
    ]);
    const expiresIn =
      Number(describeOurs()?.lifecycleHookDetails?.[0]?.expiresAt.getTime()) - bench.clock.now();
    expect(expiresIn).toBeGreaterThan(4.9 * MINUTE);
    expect(expiresIn).toBeLessThanOrEqual(5 * MINUTE);
    follow();
    expect(status()).toBe('SUCCESSFUL');
    expect(describeOurs()?.lifecycleHookDetails?.map(({ status }) => status)).toEqual([
      'SUCCEEDED',
      'SUCCEEDED',
    ]);
  });

  const stages = [
    'PRE_SCALE_UP',
    'POST_SCALE_UP',
    'TEST_TRAFFIC_SHIFT',
    'POST_TEST_TRAFFIC_SHIFT',
    'PRE_PRODUCTION_TRAFFIC_SHIFT',
    'PRODUCTION_TRAFFIC_SHIFT',
    'POST_PRODUCTION_TRAFFIC_SHIFT',
  ];
  it.each(stages)('rolls back when it fails in %s', (at) => {
    seed(hooked(at));
    script({ kind: 'fails', afterSeconds: 10 });
    bench.deploy();
    expect(follow().stages.at(-1)).toBe(at);
    advanceUntil(() => status() === 'ROLLBACK_SUCCESSFUL');
    const reason = `Service deployment rolled back because ${at} lifecycle hook(s) failed. Lifecycle hook target ${LAMBDA} returned FAILED status.`;
    expect(describeOurs()).toMatchObject({
      statusReason: reason,
      rollback: { reason },
      lifecycleHookDetails: [{ status: 'FAILED' }],
    });
    expect(bench.messages()).toContainEqual(expect.stringContaining(`deployment failed: ${reason}`));
  });

  it('fails when its answer has no status', () => {
    seed(hooked('PRE_SCALE_UP'));
    script({ kind: 'unreadable', afterSeconds: 1 });
    bench.deploy();
    advanceUntil(() => status() === 'ROLLBACK_SUCCESSFUL');
    expect(describeOurs()?.statusReason).toContain('due to: HookStatus must not be null.');
  });

  it('times out when it never ends', () => {
    seed(hooked('PRE_SCALE_UP'));
    script({ kind: 'never-answers' });
    bench.deploy();
    bench.clock.advance(4.9 * MINUTE);
    expect(status()).toBe('IN_PROGRESS');
    advanceUntil(() => status() === 'ROLLBACK_SUCCESSFUL');
    expect(describeOurs()).toMatchObject({
      statusReason: expect.stringContaining('timed out'),
      lifecycleHookDetails: [{ status: 'TIMED_OUT' }],
    });
  });

  it('has nothing to roll back to in a first deployment', () => {
    bench.control.ensureCluster('rehearsal');
    bench.logs.ensureGroup('/ecs/web');
    script({ kind: 'fails', afterSeconds: 1 });
    bench.call('RegisterTaskDefinition', {
      family: 'web',
      networkMode: 'bridge',
      containerDefinitions: [{ name: 'app', image: 'example.com/web:1', memory: 64 }],
    });
    bench.call('CreateService', {
      cluster: 'rehearsal',
      serviceName: 'web',
      taskDefinition: 'web',
      desiredCount: 1,
      launchType: 'EC2',
      deploymentConfiguration: hooked('PRE_SCALE_UP'),
    });
    advanceUntil(() => status() === 'ROLLBACK_FAILED');
    expect(describeOurs()?.statusReason).toBe('No rollback candidate was found to run the rollback.');
  });
});

describe('a pause hook', () => {
  const paused = (strategy: string, lifecycleStage: string, timeoutConfiguration?: Json): Json => ({
    strategy,
    lifecycleHooks: [{ targetType: 'PAUSE', lifecycleStages: [lifecycleStage], timeoutConfiguration }],
  });
  const waitForPause = (): { serviceDeploymentArn: string; hookId: string } => {
    advanceUntil(() => describeOurs()?.lifecycleHookDetails?.[0]?.status === 'AWAITING_ACTION');
    const ours = describeOurs();
    return {
      serviceDeploymentArn: String(ours?.serviceDeploymentArn),
      hookId: String(ours?.lifecycleHookDetails?.[0]?.hookId),
    };
  };

  it.each(['BLUE_GREEN', 'LINEAR', 'CANARY', 'ROLLING'])(
    'waits in a %s deployment until somebody lets it go on',
    (strategy) => {
      seed(paused(strategy, 'POST_SCALE_UP'));
      bench.deploy();
      const target = waitForPause();
      bench.clock.advance(300 * MINUTE);
      expect(describeOurs()).toMatchObject({ status: 'IN_PROGRESS', lifecycleStage: 'POST_SCALE_UP' });
      expect(bench.call('ContinueServiceDeployment', target)).toEqual({
        serviceDeploymentArn: target.serviceDeploymentArn,
      });
      follow();
      expect(describeOurs()).toMatchObject({
        status: 'SUCCESSFUL',
        lifecycleHookDetails: [{ status: 'SUCCEEDED' }],
      });
    },
  );

  it('keeps a rolling deployment from starting tasks before PRE_SCALE_UP is over', () => {
    seed(paused('ROLLING', 'PRE_SCALE_UP'));
    bench.deploy();
    waitForPause();
    bench.clock.advance(30 * MINUTE);
    expect(bench.service().deployments.map(({ runningCount }) => runningCount)).toEqual([0, 2]);
  });

  it('rolls back when told so', () => {
    seed(paused('BLUE_GREEN', 'POST_TEST_TRAFFIC_SHIFT'));
    bench.deploy();
    bench.call('ContinueServiceDeployment', { ...waitForPause(), action: 'ROLLBACK' });
    advanceUntil(() => status() === 'ROLLBACK_SUCCESSFUL');
    expect(status()).toBe('ROLLBACK_SUCCESSFUL');
  });

  it.each([
    ['ROLLBACK', 'ROLLBACK_SUCCESSFUL'],
    ['CONTINUE', 'SUCCESSFUL'],
  ])('does what its timeout says: %s', (action, end) => {
    seed(paused('CANARY', 'PRE_PRODUCTION_TRAFFIC_SHIFT', { timeoutInMinutes: 30, action }));
    bench.deploy();
    waitForPause();
    advanceUntil(() => describeOurs()?.lifecycleHookDetails?.[0]?.status === 'TIMED_OUT');
    advanceUntil(() => status() === end, 30 * 3600);
    expect(status()).toBe(end);
  });

  it('is refused for hooks that do not wait', () => {
    seed(paused('BLUE_GREEN', 'PRE_SCALE_UP'));
    bench.deploy();
    const target = waitForPause();
    const refuse = (change: Json): string =>
      refusalOf(() => bench.call('ContinueServiceDeployment', { ...target, ...change })).code;
    expect(refuse({ hookId: 'ecs-pause-unknown' })).toBe('InvalidParameterException');
    expect(refuse({ action: 'WAIT' })).toBe('InvalidParameterException');
    expect(refuse({ serviceDeploymentArn: `${target.serviceDeploymentArn}x` })).toBe(
      'ServiceDeploymentNotFoundException',
    );
    bench.call('ContinueServiceDeployment', target);
    expect(refuse({})).toBe('InvalidParameterException');
  });
});

describe('an alarm', () => {
  const alarms = { enable: true, rollback: true, alarmNames: ['web-5xx', 'web-latency'] };

  it.each([
    ['ROLLING', true, 'ROLLBACK_SUCCESSFUL'],
    ['ROLLING', false, 'STOPPED'],
    ['CANARY', true, 'ROLLBACK_SUCCESSFUL'],
    ['BLUE_GREEN', true, 'ROLLBACK_SUCCESSFUL'],
  ])('ends a %s deployment with rollback %j as %s', (strategy, rollback, end) => {
    seed({ strategy, alarms: { ...alarms, rollback } });
    bench.deploy();
    bench.clock.advance(20_000);
    expect(describeOurs()?.alarms).toEqual({ status: 'MONITORING', alarmNames: alarms.alarmNames });
    bench.control.setAlarm('web-5xx', 'ALARM');
    advanceUntil(() => status() === end);
    expect(describeOurs()).toMatchObject({
      status: end,
      alarms: { status: 'TRIGGERED', alarmNames: alarms.alarmNames, triggeredAlarmNames: ['web-5xx'] },
    });
    expect(bench.messages()).toContainEqual(expect.stringMatching(/\) deployment failed: alarm detected\.$/));
  });

  it('is watched for a while after a rolling deployment has what it needs', () => {
    seed({ alarms });
    bench.deploy();
    advanceUntil(() => bench.service().deployments.length === 1);
    bench.clock.advance(30_000);
    expect(status()).toBe('IN_PROGRESS');
    bench.control.setAlarm('web-latency', 'ALARM');
    advanceUntil(() => status() === 'ROLLBACK_SUCCESSFUL');
    expect(bench.service().runningCount).toBe(2);
  });

  it('that was there before the deployment is ignored', () => {
    seed({ alarms });
    bench.control.setAlarm('web-5xx', 'ALARM');
    bench.clock.advance(10_000);
    bench.deploy();
    bench.clock.advance(5000);
    const [latest] = bench.serviceDeployments();
    const { serviceDeployments } = bench.call('DescribeServiceDeployments', {
      serviceDeploymentArns: [latest?.serviceDeploymentArn],
    });
    expect(serviceDeployments).toMatchObject([{ alarms: { status: 'DISABLED' } }]);
    bench.control.setAlarm('web-latency', 'ALARM');
    advanceUntil(() => bench.serviceDeployments()[0]?.status === 'SUCCESSFUL');
    expect(bench.serviceDeployments()[0]?.status).toBe('SUCCESSFUL');
  });

  it('of another service, one that is over at once, and one after the end change nothing', () => {
    seed({ alarms });
    bench.deploy();
    bench.clock.advance(20_000);
    bench.control.setAlarm('somebody-else', 'ALARM');
    bench.control.setAlarm('web-5xx', 'ALARM');
    bench.control.setAlarm('web-5xx', 'OK');
    advanceUntil(() => status() === 'SUCCESSFUL');
    bench.control.setAlarm('web-5xx', 'ALARM');
    bench.clock.advance(60_000);
    expect(describeOurs()).toMatchObject({ status: 'SUCCESSFUL', alarms: { status: 'MONITORING_COMPLETE' } });
  });
});

describe('early success', () => {
  const early = (sourceServiceRevisionCleanup: string): Json => ({
    minimumHealthyPercent: 50,
    earlySuccessCriteria: { enable: true, healthyPercent: 50, sourceServiceRevisionCleanup },
  });

  it.each([
    ['DEFERRED', 2],
    ['BLOCKING', 1],
  ])('with %s cleanup comes when half of the tasks are healthy', (cleanup, deployments) => {
    seed(early(cleanup), 4);
    // Half of the tasks never come up.
    bench.control.scriptOutcome(({ revision, attempt }) => {
      if (revision !== 2) return undefined;
      return attempt % 2 === 0 ? { kind: 'hangs' } : { kind: 'healthy' };
    });
    bench.deploy();
    follow();
    expect(status()).toBe('SUCCESSFUL');
    expect(bench.service().deployments).toHaveLength(deployments);
    const [primary] = bench.service().deployments;
    expect(primary).toMatchObject({ rolloutState: 'COMPLETED', runningCount: 2 });
  });

  it('goes on to the full count in the background', () => {
    seed(early('DEFERRED'), 4);
    bench.control.scriptOutcome(({ revision, attempt }) =>
      revision === 2 ? { kind: 'healthy', pullSeconds: attempt * 40 } : undefined,
    );
    bench.deploy();
    follow();
    expect(bench.service().deployments[0]?.runningCount).toBeLessThan(4);
    bench.clock.advance(10 * MINUTE);
    expect(bench.service()).toMatchObject({ runningCount: 4, deployments: [{ runningCount: 4 }] });
    expect(bench.messages()[0]).toContain('steady state');
  });
});
