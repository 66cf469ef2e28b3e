import { describe, expect, it } from '@jest/globals';
import { deployment, rollout, serviceDeployment, serviceState } from './fixtures.ts';
import { judge } from './judge.ts';
import { type Judgement, type JudgeState, openJudge, type Snapshot } from './judgement.ts';
import type { ServiceDeploymentState } from './service-deployment.ts';
import type { DeploymentState, ServiceEvent, ServiceState } from './service-state.ts';

const ours = deployment(2);
const old = deployment(1, { status: 'ACTIVE', rolloutState: 'COMPLETED' });
const before = deployment(1, { rolloutState: 'COMPLETED' });
const rival = deployment(3);

function snapshot(over: Partial<Snapshot>): Snapshot {
  return { service: undefined, serviceDeployment: undefined, laterServiceDeployment: undefined, ...over };
}

function look(over: Partial<Snapshot>, state: JudgeState = openJudge(rollout)): Judgement {
  return judge(state, snapshot(over)).judgement;
}

/** The judgement after looking at each of these services in turn. */
function follow(services: readonly ServiceState[], state: JudgeState = openJudge(rollout)): Judgement {
  let judged = { state, judgement: { kind: 'waiting', phase: 'pending' } as Judgement };
  for (const service of services) {
    judged = judge(judged.state, snapshot({ service }));
    if (judged.judgement.kind === 'final') break;
  }
  return judged.judgement;
}

const say = (judgement: Judgement): string =>
  judgement.kind === 'final' ? judgement.verdict : judgement.phase;

const services = (...deployments: DeploymentState[]): ServiceState => serviceState(deployments);
const repeat = (count: number, service: ServiceState): ServiceState[] =>
  Array.from({ length: count }, () => service);
const event = (message: string, createdAt = 5_000): ServiceEvent => ({ id: message, createdAt, message });

describe('judge, with the service deployment in sight', () => {
  it.each<[string, string]>([
    ['PENDING', 'pending'],
    ['IN_PROGRESS', 'rolling-out'],
    ['STOP_REQUESTED', 'stopping'],
    ['ROLLBACK_REQUESTED', 'rolling-back'],
    ['ROLLBACK_IN_PROGRESS', 'rolling-back'],
    ['A_STATUS_OF_THE_FUTURE', 'rolling-out'],
    ['SUCCESSFUL', 'succeeded'],
    ['ROLLBACK_SUCCESSFUL', 'rolled-back'],
    ['ROLLBACK_FAILED', 'failed'],
  ])('reads %s as %s', (status, expected) => {
    expect(say(look({ service: services(ours, old), serviceDeployment: serviceDeployment(status) }))).toBe(
      expected,
    );
  });

  it.each([
    'RECONCILE_SERVICE',
    'PRE_SCALE_UP',
    'SCALE_UP',
    'POST_SCALE_UP',
    'TEST_TRAFFIC_SHIFT',
    'POST_TEST_TRAFFIC_SHIFT',
    'PRE_PRODUCTION_TRAFFIC_SHIFT',
    'PRODUCTION_TRAFFIC_SHIFT',
    'POST_PRODUCTION_TRAFFIC_SHIFT',
    'BAKE_TIME',
    'CLEAN_UP',
  ])('waits through the stage %s, whatever the service looks like', (lifecycleStage) => {
    const complete = services(deployment(2, { rolloutState: 'COMPLETED' }));
    const record = serviceDeployment('IN_PROGRESS', { lifecycleStage, productionTrafficPercent: 100 });
    expect(say(look({ service: complete, serviceDeployment: record }))).toBe('rolling-out');
  });

  const pause = { id: 'h', type: 'PAUSE', targetArn: undefined, expiresAt: 9_000, timeoutAction: 'ROLLBACK' };
  it.each([
    ['IN_PROGRESS', 'AWAITING_ACTION', 'paused'],
    ['IN_PROGRESS', 'SUCCEEDED', 'rolling-out'],
    ['IN_PROGRESS', 'IN_PROGRESS', 'rolling-out'],
    ['ROLLBACK_IN_PROGRESS', 'AWAITING_ACTION', 'rolling-back'],
    ['STOPPED', 'FAILED', 'failed'],
  ])('reads %s with a hook that is %s as %s', (status, hook, expected) => {
    const record = serviceDeployment(status, { hooks: [{ ...pause, status: hook }] });
    expect(say(look({ service: services(ours, old), serviceDeployment: record }))).toBe(expected);
  });

  it.each(['PENDING', 'IN_PROGRESS', 'ROLLBACK_SUCCESSFUL', 'ROLLBACK_IN_PROGRESS'])(
    'never takes a perfectly stable service for success while the status is %s',
    (status) => {
      const stable = services(deployment(2, { rolloutState: 'COMPLETED' }));
      expect(say(look({ service: stable, serviceDeployment: serviceDeployment(status) }))).not.toBe(
        'succeeded',
      );
    },
  );

  const triggered = { circuitBreaker: { status: 'TRIGGERED', failureCount: 3, threshold: 3 } };
  const later = serviceDeployment('IN_PROGRESS', {}, 3);
  it.each<[string, Partial<ServiceDeploymentState>, Partial<Snapshot>, string]>([
    ['the breaker fired without rollback', triggered, {}, 'failed'],
    [
      'a newer deployment replaced the rollback that the breaker began',
      { ...triggered, finishedAt: 9_000 },
      { laterServiceDeployment: later },
      'superseded',
    ],
    [
      'the breaker fired, then somebody fixed forward',
      triggered,
      { laterServiceDeployment: later },
      'failed',
    ],
    ['an alarm fired without rollback', { triggeredAlarms: ['errors'] }, {}, 'failed'],
    ['a newer service deployment is listed', {}, { laterServiceDeployment: later }, 'superseded'],
    [
      'another deployment is PRIMARY',
      {},
      { service: services(rival, { ...ours, status: 'ACTIVE' }) },
      'superseded',
    ],
    [
      'the previous version is PRIMARY and nothing else is known',
      {},
      { service: services(before) },
      'stopping',
    ],
    ['nothing explains it yet', {}, { service: services(ours) }, 'stopping'],
  ])('takes STOPPED apart when %s', (_when, over, seen, expected) => {
    const stopped = serviceDeployment('STOPPED', over);
    expect(say(look({ service: services(ours, old), serviceDeployment: stopped, ...seen }))).toBe(expected);
  });

  it('calls an unexplained STOPPED failed only after three looks, in ECS words', () => {
    const seen = snapshot({
      service: services(ours, old),
      serviceDeployment: serviceDeployment('STOPPED', { statusReason: 'Stopped by admin.' }),
    });
    const first = judge(openJudge(rollout), seen);
    const second = judge(first.state, seen);
    const third = judge(second.state, seen);
    expect([first, second, third].map(({ judgement }) => say(judgement))).toEqual([
      'stopping',
      'stopping',
      'failed',
    ]);
    expect(third.judgement).toMatchObject({ reason: 'Stopped by admin.' });
  });

  it('says that a deployment given up without rollback is left in place', () => {
    const stopped = serviceDeployment('STOPPED', triggered);
    expect(look({ service: services(ours), serviceDeployment: stopped })).toMatchObject({
      isLeftInPlace: true,
    });
  });

  it('names the reason of a rollback in the words ECS gives, the rollback reason first', () => {
    const state = serviceDeployment('ROLLBACK_SUCCESSFUL', {
      rollbackReason: 'Service deployment rolled back because the circuit breaker threshold was exceeded.',
      statusReason: 'x',
    });
    expect(look({ serviceDeployment: state })).toMatchObject({ reason: state.rollbackReason });
  });
});

describe('judge, by DescribeServices alone', () => {
  const failed = {
    rolloutState: 'FAILED',
    rolloutStateReason: 'ECS deployment circuit breaker: tasks failed to start.',
  };
  const oursFailed = deployment(2, { ...failed, status: 'ACTIVE' });
  const back = (state: string): DeploymentState =>
    deployment(3, { taskDefinitionArn: old.taskDefinitionArn, rolloutState: state });

  it.each<[string, readonly ServiceState[], string]>([
    ['ours in progress', [services(ours, old)], 'rolling-out'],
    ['ours completed', [services(deployment(2, { rolloutState: 'COMPLETED' }))], 'succeeded'],
    [
      'ours completed, then a rival began',
      [services(rival, deployment(2, { status: 'ACTIVE', rolloutState: 'COMPLETED' }))],
      'succeeded',
    ],
    ['counts that are perfect before ECS says COMPLETED', [services(deployment(2))], 'rolling-out'],
    ['ours failed without rollback', [services(deployment(2, failed), old)], 'failed'],
    ['ours failed and its rollback in progress', [services(back('IN_PROGRESS'), oursFailed)], 'rolling-back'],
    [
      'ours failed and its rollback completed',
      [services(ours, old), services(back('COMPLETED'), oursFailed)],
      'rolled-back',
    ],
    ['ours failed and its rollback failed', [services(back('FAILED'), oursFailed)], 'failed'],
    ['ours failed, then fixed forward by another definition', [services(rival, oursFailed)], 'failed'],
    [
      'a rival with another definition',
      [services(ours, old), services(rival, deployment(2, { status: 'ACTIVE' }))],
      'superseded',
    ],
    [
      'a rival with our definition',
      [services(ours, old), services(deployment(3, { taskDefinitionArn: ours.taskDefinitionArn }))],
      'superseded',
    ],
    ['an old answer from before our update', [services(before)], 'pending'],
    ['one old answer amid new ones', [services(ours, old), services(before)], 'rolling-back'],
    [
      'two old answers, then a new one',
      [services(ours, old), services(before), services(before), services(ours, old)],
      'rolling-out',
    ],
    [
      'the old deployment PRIMARY for good',
      [services(ours, old), ...repeat(3, services(before))],
      'rolled-back',
    ],
  ])('reads %s', (_what, seen, expected) => {
    expect(say(follow(seen))).toBe(expected);
  });

  it('waits for the announced rollback of a FAILED deployment, and gives up when none comes', () => {
    const announced = serviceState([deployment(2, failed), old], { rollsBackOnFailure: true });
    expect(say(follow(repeat(4, announced)))).toBe('rolling-back');
    expect(say(follow(repeat(5, announced)))).toBe('failed');
  });

  it('believes an event that says we are being rolled back, but none from before our deployment', () => {
    const said = event('(service web) rolling back to deployment ecs-svc/1.');
    const now = serviceState([before], { events: [said] });
    const stale = serviceState([before], { events: [{ ...said, createdAt: 1_500 }] });
    expect(say(follow([services(ours, old), now]))).toBe('rolled-back');
    expect(say(follow([services(ours, old), stale]))).toBe('rolling-back');
  });

  it('knows from its event that ours completed before a rival took over unseen', () => {
    const said = event('(service web) (deployment ecs-svc/2) deployment completed.');
    expect(say(follow([services(ours, old), serviceState([rival], { events: [said] })]))).toBe('succeeded');
    const other = event('(service web) (deployment ecs-svc/22) deployment completed.');
    expect(say(follow([services(ours, old), serviceState([rival], { events: [other] })]))).toBe('superseded');
  });

  it('withholds a bad verdict for five looks while our service deployment may still show up', () => {
    const seen = snapshot({ service: services(rival), isServiceDeploymentAwaited: true });
    let judged = judge({ ...openJudge(rollout), wasListed: true }, seen);
    for (let look = 1; look <= 5; look += 1) {
      expect(say(judged.judgement)).toBe('stopping');
      judged = judge(judged.state, seen);
    }
    expect(say(judged.judgement)).toBe('superseded');
  });

  it('takes the previous version for our own rollback at once when we asked for it', () => {
    const state = { ...openJudge(rollout), rollbackRequested: true, wasListed: true };
    expect(say(follow([services(back('COMPLETED'))], state))).toBe('rolled-back');
  });

  it('trusts a steady-state event where there is no rolloutState, but never bare counts', () => {
    const classic = deployment(2, { rolloutState: undefined });
    expect(say(follow([serviceState([classic])]))).toBe('rolling-out');
    const steady = event('(service web) has reached a steady state.');
    expect(say(follow([serviceState([classic], { events: [steady] })]))).toBe('succeeded');
    expect(say(follow([serviceState([classic], { events: [{ ...steady, createdAt: 100 }] })]))).toBe(
      'rolling-out',
    );
  });

  it.each(['INACTIVE', 'DRAINING'])('ends at once when the service is %s', (status) => {
    const judgement = look({
      service: serviceState([ours], { status }),
      serviceDeployment: serviceDeployment('IN_PROGRESS'),
    });
    expect(judgement).toMatchObject({ verdict: 'failed', cause: 'service-not-found' });
  });
});

describe('judge, over random sequences of looks', () => {
  const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  // https://en.wikipedia.org/wiki/Linear_congruential_generator
  function createRandom(start: number): <T>(items: readonly T[]) => T {
    let state = start;
    return (items) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return items[Math.floor((state / 2 ** 32) * items.length)]!;
    };
  }

  it(`keeps its promises (seed ${seed})`, () => {
    const pick = createRandom(seed);
    const statuses = [
      'PENDING',
      'IN_PROGRESS',
      'STOP_REQUESTED',
      'STOPPED',
      'ROLLBACK_REQUESTED',
      'ROLLBACK_IN_PROGRESS',
      'ROLLBACK_SUCCESSFUL',
      'ROLLBACK_FAILED',
      'SUCCESSFUL',
    ];
    const states = [undefined, 'IN_PROGRESS', 'COMPLETED', 'FAILED'];
    for (let run = 0; run < 3000; run += 1) {
      let state = openJudge(pick([rollout, { ...rollout, previousTaskDefinitionArn: undefined }]));
      for (let step = 0; step < 12; step += 1) {
        const listed = [1, 2, 3].filter(() => pick([true, false]));
        const service = pick([
          undefined,
          serviceState(
            listed.map((id, index) =>
              deployment(id, {
                status: index === 0 ? 'PRIMARY' : 'ACTIVE',
                rolloutState: pick(states),
                runningCount: pick([0, 1, 2]),
              }),
            ),
            { rollsBackOnFailure: pick([true, false]) },
          ),
        ]);
        const status = pick([undefined, ...statuses]);
        const seen = snapshot({
          service,
          serviceDeployment: status === undefined ? undefined : serviceDeployment(status),
          laterServiceDeployment: pick([undefined, serviceDeployment('IN_PROGRESS', {}, 3)]),
        });
        const judged = judge(state, seen);
        const again = judge(state, seen);
        expect(again).toEqual(judged);
        state = judged.state;
        if (judged.judgement.kind !== 'final') continue;
        const { verdict, reason } = judged.judgement;
        expect(reason).not.toBe('');
        const mine = service?.deployments.find(({ id }) => id === 'ecs-svc/2');
        const others = service?.deployments.some(({ id }) => id === 'ecs-svc/3') ?? false;
        if (status !== undefined) {
          expect({ status, verdict }).toEqual({
            status,
            verdict: {
              SUCCESSFUL: 'succeeded',
              ROLLBACK_SUCCESSFUL: 'rolled-back',
              ROLLBACK_FAILED: 'failed',
              STOPPED: verdict,
            }[status],
          });
          expect(status === 'STOPPED' && (verdict === 'succeeded' || verdict === 'rolled-back')).toBe(false);
        } else if (verdict === 'succeeded') {
          expect(mine?.rolloutState).toBe('COMPLETED');
        } else if (verdict === 'superseded') {
          expect(others || state.doubtfulLooks > 0).toBe(true);
        }
        break;
      }
    }
  });
});
