import type { ECSClient } from '@aws-sdk/client-ecs';
import { describe, expect, it } from '@jest/globals';
import { createDraw } from '../../../rehearsal/random/draw.ts';
import { drawRolloutPlan } from '../../../rehearsal/random/draw-plan.ts';
import type { RolloutPlan } from '../../../rehearsal/random/plan.ts';
import { simplifyRolloutPlan } from '../../../rehearsal/random/shrink-plan.ts';
import type { RolloutTruth } from '../../../rehearsal/random/truth.ts';
import { createPlannedRollout, type RandomRollout } from '../../../rehearsal/random-rollout.ts';
import type { Json } from '../../../rehearsal/server/service.ts';
import { createCollectedLog } from '../rollout/fixtures.ts';
import type { Outcome } from '../rollout/outcome.ts';
import type { RolloutPorts } from '../rollout/ports.ts';
import { waitForRollouts } from '../rollout/wait.ts';
import type { WaitOptions } from '../rollout/wait-options.ts';
import { attempt, awsFailureKind } from './aws-failure.ts';
import { createRolloutControl, createRolloutObserver } from './ecs-rollout.ts';
import { createTaskReader } from './ecs-tasks.ts';

const rollouts = Number(process.env['ROLLOUTS'] ?? 500);
/** Printed with every failure; the same number gives the same rollout. */
const firstSeed = Number(process.env['SEED'] ?? 20261120);

/** What the client wants, drawn from the plan's seed. */
interface Wish {
  readonly options: WaitOptions;
  /** Virtual seconds after the start at which the run is cancelled. */
  readonly cancelledAfter: number | undefined;
}

function drawWish({ seed }: RolloutPlan): Wish {
  const draw = createDraw(seed ^ 0x5eed);
  return {
    options: {
      timeoutSeconds: draw.pick([120, 600, 1800, 1800]),
      pollSeconds: draw.pick([1, 3, 3, 10]),
      abortAfter: draw.pick([0, 3, 3]),
      onFailure: draw.pick(['rollback', 'rollback', 'leave']),
      onCancel: draw.pick(['rollback', 'leave']),
      waitFor: 'completed',
      logLines: 0,
    },
    cancelledAfter: draw.chance(0.1) ? draw.between(0, 150) : undefined,
  };
}

const attempts = 4;

/** Tries a call as often as the SDK's standard retries do, in virtual time. */
async function send(rollout: RandomRollout, service: string, operation: string, input: Json): Promise<Json> {
  for (let count = 1; ; count += 1) {
    try {
      return await rollout.call(service, operation, input);
    } catch (error) {
      const isTransient = ['throttled', 'server', 'connection'].includes(awsFailureKind(error));
      if (!isTransient || count === attempts) throw error;
      await rollout.sleep(100 * 2 ** count);
    }
  }
}

/** The SDK's client as far as the adapters go, without the wire. */
function createClient(rollout: RandomRollout): ECSClient {
  return {
    send: (command: { readonly input: Json; readonly constructor: { readonly name: string } }) =>
      send(rollout, 'ecs', command.constructor.name.replace(/Command$/, ''), command.input),
    config: { region: async () => 'eu-west-1' },
  } as unknown as ECSClient;
}

interface TargetDescription {
  readonly Target: { readonly Id: string; readonly Port: number };
  readonly TargetHealth: { readonly State: string };
}

function createPorts(rollout: RandomRollout): RolloutPorts {
  const client = createClient(rollout);
  return {
    observer: createRolloutObserver(client),
    control: createRolloutControl(client),
    tasks: createTaskReader(client),
    targets: {
      describeHealthCheck: async () => undefined,
      async describeTargets(TargetGroupArn) {
        const answer = await attempt('elasticloadbalancing:DescribeTargetHealth', () =>
          send(rollout, 'elasticloadbalancing', 'DescribeTargetHealth', { TargetGroupArn }),
        );
        return (answer['TargetHealthDescriptions'] as TargetDescription[]).map(
          ({ Target, TargetHealth }) => ({
            id: Target.Id,
            port: Number(Target.Port),
            state: TargetHealth.State,
            reason: undefined,
            description: undefined,
          }),
        );
      },
    },
    logs: { readTail: async () => [] },
  };
}

interface Played {
  readonly plan: RolloutPlan;
  readonly wish: Wish;
  readonly outcome: Outcome;
  readonly truth: RolloutTruth;
}

async function play(plan: RolloutPlan): Promise<Played> {
  const rollout = createPlannedRollout(plan);
  const wish = drawWish(plan);
  const { cluster, service, previousTaskDefinitionArn, taskDefinitionArn } = rollout;
  const { deployments } = rollout.deploy()['service'] as {
    deployments: { id: string; createdAt: Date; taskDefinition: string }[];
  };
  const ours = deployments.find((each) => each.taskDefinition === taskDefinitionArn)!;
  const cancel = new AbortController();
  const cancelAt = rollout.now() + (wish.cancelledAfter ?? Number.POSITIVE_INFINITY) * 1000;
  const [outcome] = await waitForRollouts(
    [
      {
        cluster,
        service,
        deploymentId: ours.id,
        createdAt: ours.createdAt.getTime(),
        serviceDeploymentArn: undefined,
        taskDefinitionArn,
        previousTaskDefinitionArn,
      },
    ],
    wish.options,
    {
      ...createPorts(rollout),
      clock: {
        now: rollout.now,
        async sleep(milliseconds, signal) {
          // The limit of a cancelled run's last calls, which end in time here.
          if (signal !== undefined && signal !== cancel.signal) return new Promise(() => undefined);
          const until = rollout.now() + milliseconds;
          await rollout.sleep(Math.min(until, Math.max(cancelAt, rollout.now())) - rollout.now());
          if (rollout.now() >= cancelAt) cancel.abort();
          else await rollout.sleep(until - rollout.now());
        },
      },
      random: () => 0.5,
      log: createCollectedLog(),
      cancelled: cancel.signal,
      onIdentified: () => undefined,
    },
  );
  const truth = rollout.truth();
  return { plan, wish, outcome: outcome!, truth };
}

/** What is wrong with a verdict, held against the simulator's truth; undefined when it is right. */
function findFault(played: Played): string | undefined {
  const { wish, outcome, truth } = played;
  const { verdict } = outcome;
  const isLate = outcome.endedAt - outcome.startedAt >= wish.options.timeoutSeconds * 1000;
  if (wasGood(played) && !isLate && verdict !== 'cancelled') return 'a healthy deployment was taken back';
  switch (verdict) {
    case 'succeeded':
    case 'rolled-back':
    case 'failed':
    case 'superseded':
      return truth.verdict === verdict || isAsGood(played) ? undefined : `the truth is ${truth.verdict}`;
    case 'timed-out':
      return isLate ? undefined : 'it was not late';
    case 'cancelled':
      return wish.cancelledAfter === undefined ? 'nobody cancelled' : undefined;
    case 'unchanged':
    case 'planned':
      return 'no such verdict can be';
  }
}

/** Nothing was wrong with the deployment when the client took it back. */
function wasGood({ plan: { mishap }, truth: { takenBack } }: Played): boolean {
  // Once ECS itself has given it up, for an alarm or a hook, healthy tasks do not make it good; nor do tasks that all fail a
  // while after they have started.
  const isDoomed = mishap?.share === 1 && mishap.untilAttempt > 1000;
  return takenBack?.wasHealthy === true && takenBack.facts.status !== 'STOPPED' && !isDoomed;
}

/** The verdict is no less true than the simulator's. */
function isAsGood({ plan, outcome: { verdict }, truth }: Played): boolean {
  const { ours, back, takenBack } = truth;
  const isByOther = ours?.supersededBy !== undefined && ours.supersededBy !== back?.deploymentId;
  // Without service deployments, what ECS did between failure and the next deployment of somebody else cannot be seen.
  const isBlind = plan.network.denied.includes('DescribeServiceDeployments');
  const isFailed = ours?.statusReason !== undefined;
  const isIntruded = plan.incidents.some(({ kind }) => kind === 'rival' || kind === 'force');
  switch (verdict) {
    case 'superseded':
      // ECS takes a moment to end what has been replaced.
      return isByOther && ours.status === 'STOP_REQUESTED';
    case 'failed': {
      // It was given up and left, as the user wanted; tasks that answer after 6 s fail their health checks.
      const canFail = plan.mishap !== undefined || plan.readySeconds > 6;
      if (truth.verdict === 'ongoing' && takenBack === undefined && canFail) return true;
      // It had failed before a newer deployment overtook the one that was to put the service back.
      if (!isByOther && back?.supersededBy !== undefined) return true;
      // Replaced, and deleted before anybody looked again: both are true.
      if (isByOther && truth.isServiceDeleted) return true;
      return isBlind && isFailed && isIntruded && truth.verdict !== 'succeeded';
    }
    case 'rolled-back':
      return isBlind && isFailed && isIntruded && truth.verdict === 'superseded';
    default:
      return false;
  }
}

/** The simplest plan that still gives a wrong verdict. */
async function shrink(plan: RolloutPlan): Promise<Played> {
  for (const simpler of simplifyRolloutPlan(plan)) {
    const fault = await play(simpler).then(findFault, () => undefined);
    if (fault !== undefined) return shrink(simpler);
  }
  return play(plan);
}

describe('random rollouts on the stepping clock', () => {
  it(
    `give ${rollouts} right verdicts and never undo a healthy deployment`,
    async () => {
      const verdicts = new Map<string, number>();
      const wrong: object[] = [];
      for (let seed = firstSeed; seed < firstSeed + rollouts; seed += 1) {
        const played = await play(drawRolloutPlan(seed));
        const { verdict } = played.outcome;
        verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
        if (findFault(played) === undefined || wrong.length >= 5) continue;
        const { plan, wish, outcome, truth } = await shrink(played.plan);
        const fault = findFault({ plan, wish, outcome, truth });
        wrong.push({ seed, fault, verdict: outcome.verdict, sentence: outcome.sentence, plan, wish, truth });
      }
      expect(wrong).toEqual([]);
      for (const verdict of ['succeeded', 'rolled-back', 'failed', 'superseded', 'timed-out', 'cancelled'])
        expect([verdict, verdicts.get(verdict) ?? 0]).not.toEqual([verdict, 0]);
    },
    Math.max(30_000, rollouts * 100),
  );
});
