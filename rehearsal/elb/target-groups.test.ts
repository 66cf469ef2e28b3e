import { describe, expect, it } from '@jest/globals';
import { createSteppingClock, type SteppingClock } from '../clock/clock.ts';
import { invoke } from '../ecs/ecs-fixture.ts';
import type { Json } from '../server/service.ts';
import { createElb, type Elb } from './service.ts';
import type { Probe } from './target-groups.ts';

const target = { ip: '10.0.0.4', port: 8080 };

interface Bench {
  readonly clock: SteppingClock;
  readonly elb: Elb;
  readonly arn: string;
  /** Virtual seconds and what was told. */
  readonly told: [number, string][];
  register(probe: Probe): void;
}

function createBench(
  settings: { interval?: number; healthy?: number; unhealthy?: number; drain?: number } = {},
): Bench {
  const clock = createSteppingClock(0);
  const elb = createElb({ clock, region: 'eu-west-1', accountId: '123456789012' });
  const { arn } = elb.createTargetGroup({
    name: 'web',
    port: 8080,
    healthCheck: {
      intervalSeconds: settings.interval ?? 10,
      healthyThreshold: settings.healthy ?? 3,
      unhealthyThreshold: settings.unhealthy ?? 2,
    },
    deregistrationDelaySeconds: settings.drain ?? 30,
  });
  const told: [number, string][] = [];
  return {
    clock,
    elb,
    arn,
    told,
    register: (probe) =>
      elb.register(arn, target, probe, (health) => told.push([clock.now() / 1000, health.state])),
  };
}

function describeHealth({ elb, arn }: Bench, input: Json = {}): Json[] {
  const { TargetHealthDescriptions } = invoke(elb.service, 'DescribeTargetHealth', {
    TargetGroupArn: arn,
    ...input,
  });
  return (TargetHealthDescriptions as { TargetHealth: Json }[]).map(({ TargetHealth }) => TargetHealth);
}

describe('a registered target', () => {
  it('is initial, first registering and then being checked', () => {
    const bench = createBench();
    bench.register({ kind: 'passes', fromMilliseconds: 8000 });
    expect(describeHealth(bench)).toMatchObject([{ State: 'initial', Reason: 'Elb.RegistrationInProgress' }]);
    bench.clock.advance(1000);
    expect(describeHealth(bench)).toMatchObject([{ State: 'initial', Reason: 'Elb.InitialHealthChecking' }]);
  });

  it.each([
    ['at its first check when it answers at once', 0, [[1, 'healthy']]],
    ['at the check after it begins to answer', 5000, [[11, 'healthy']]],
    [
      'after the healthy threshold when it had become unhealthy before',
      15_000,
      [
        [11, 'unhealthy'],
        [41, 'healthy'],
      ],
    ],
  ])('is healthy %s', (_, fromMilliseconds, expected) => {
    const bench = createBench();
    bench.register({ kind: 'passes', fromMilliseconds });
    bench.clock.advance(120_000);
    expect(bench.told).toEqual(expected);
  });

  it('that never answers well is unhealthy after the unhealthy threshold, with the reason', () => {
    const bench = createBench({ interval: 5, unhealthy: 4 });
    bench.register({ kind: 'fails', reasonCode: 'Target.Timeout', description: 'Request timed out' });
    bench.clock.advance(120_000);
    expect(bench.told).toEqual([[16, 'unhealthy']]);
    expect(describeHealth(bench)).toEqual([
      { State: 'unhealthy', Reason: 'Target.Timeout', Description: 'Request timed out' },
    ]);
  });

  it('drains for the deregistration delay, then is forgotten', () => {
    const bench = createBench();
    bench.register({ kind: 'passes', fromMilliseconds: 0 });
    bench.clock.advance(20_000);
    let drainedAt = 0;
    bench.elb.deregister(bench.arn, target, () => {
      drainedAt = bench.clock.now();
    });
    expect(describeHealth(bench)).toMatchObject([
      { State: 'draining', Reason: 'Target.DeregistrationInProgress' },
    ]);
    bench.clock.advance(29_999);
    expect(describeHealth(bench)).toHaveLength(1);
    bench.clock.advance(1);
    expect([describeHealth(bench), drainedAt]).toEqual([[], 50_000]);
  });

  it('says nothing any more once it was deregistered', () => {
    const bench = createBench();
    bench.register({ kind: 'passes', fromMilliseconds: 0 });
    bench.elb.deregister(bench.arn, target, () => {});
    bench.clock.advance(120_000);
    expect(bench.told).toEqual([]);
  });
});

describe('DescribeTargetHealth', () => {
  it('calls targets that it does not know unused', () => {
    const bench = createBench();
    expect(describeHealth(bench, { Targets: [{ Id: '10.9.9.9', Port: '80' }] })).toEqual([
      {
        State: 'unused',
        Reason: 'Target.NotRegistered',
        Description: 'Target is not registered to the target group',
      },
    ]);
  });

  it('finds a target by its id alone on the port of the group', () => {
    const bench = createBench();
    bench.register({ kind: 'passes', fromMilliseconds: 0, already: true });
    expect(describeHealth(bench, { Targets: [{ Id: target.ip }] })).toMatchObject([{ State: 'healthy' }]);
  });
});

it('leads from the load balancer to its listener, rule and target group', () => {
  const { elb, arn } = createBench();
  const ask = (operation: string, input: Json): Json[] =>
    Object.values(invoke(elb.service, operation, input))[0] as Json[];
  const [balancer] = ask('DescribeLoadBalancers', { Names: ['web'] });
  const [listener] = ask('DescribeListeners', { LoadBalancerArn: balancer?.['LoadBalancerArn'] });
  const [rule] = ask('DescribeRules', { ListenerArn: listener?.['ListenerArn'] });
  expect(rule).toMatchObject({ Actions: [{ Type: 'forward', TargetGroupArn: arn }] });
  expect(ask('DescribeTargetGroups', { LoadBalancerArn: balancer?.['LoadBalancerArn'] })).toMatchObject([
    { TargetGroupArn: arn },
  ]);
  expect(ask('DescribeListeners', { LoadBalancerArn: 'arn:none' })).toEqual([]);
});
