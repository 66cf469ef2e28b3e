import type { ECSClient } from '@aws-sdk/client-ecs';
import { describe, expect, it } from '@jest/globals';
import { createBench, type EcsBench, invoke, taskDefinition } from '../../../rehearsal/ecs/ecs-fixture.ts';
import { createRandom } from '../../../rehearsal/ecs/ids.ts';
import type { TaskOutcome } from '../../../rehearsal/ecs/outcome.ts';
import { AwsError, type Json } from '../../../rehearsal/server/service.ts';
import { createCollectedLog } from '../rollout/fixtures.ts';
import type { Outcome } from '../rollout/outcome.ts';
import type { RolloutPorts } from '../rollout/ports.ts';
import type { Rollout } from '../rollout/rollout.ts';
import { waitForRollouts } from '../rollout/wait.ts';
import type { WaitOptions } from '../rollout/wait-options.ts';
import { createRolloutControl, createRolloutObserver } from './ecs-rollout.ts';
import { createTaskReader } from './ecs-tasks.ts';

const rollouts = Number(process.env['ROLLOUTS'] ?? 500);
/** Named with every failure; the same number gives the same rollout. */
const firstSeed = Number(process.env['SEED'] ?? 20261120);

const mishaps: readonly TaskOutcome[] = [
  { kind: 'exits', afterSeconds: 2, exitCode: 1 },
  { kind: 'exits', afterSeconds: 90, exitCode: 1 },
  { kind: 'cannot-pull', reason: 'CannotPullContainerError: denied' },
  { kind: 'fails-to-start', reason: 'ResourceInitializationError: no secret' },
  { kind: 'unhealthy-target', reasonCode: 'Target.Timeout', description: 'Request timed out' },
  { kind: 'spot-interrupted', afterSeconds: 20 },
  { kind: 'out-of-memory', afterSeconds: 1 },
  { kind: 'hangs' },
];

interface Draw {
  readonly desired: number;
  readonly breaker: { readonly enable: boolean; readonly rollback: boolean };
  /** The share of new tasks that something happens to. */
  readonly badShare: number;
  readonly mishap: TaskOutcome;
  readonly intrusion: 'none' | 'rival' | 'cancel';
  readonly intrusionSeconds: number;
  /** The share of calls that are throttled or lost. */
  readonly faultShare: number;
  readonly denied: string | undefined;
  readonly options: WaitOptions;
}

function drawRollout(seed: number): { readonly drawn: Draw; readonly chance: (share: number) => boolean } {
  const next = createRandom(seed);
  const draw = (): number => next() / 2 ** 32;
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(draw() * items.length)]!;
  const drawn: Draw = {
    desired: pick([0, 1, 2, 3, 7, 20]),
    breaker: pick([
      { enable: false, rollback: false },
      { enable: true, rollback: true },
      { enable: true, rollback: false },
    ]),
    badShare: pick([0, 0, 0.3, 1]),
    mishap: pick(mishaps),
    intrusion: pick(['none', 'none', 'none', 'rival', 'cancel'] as const),
    intrusionSeconds: draw() * 120,
    faultShare: pick([0, 0, 0.1, 0.4]),
    denied: pick([
      undefined,
      undefined,
      undefined,
      'ListServiceDeployments',
      'ListTasks',
      'StopServiceDeployment',
    ]),
    options: {
      timeoutSeconds: pick([120, 600, 1800]),
      pollSeconds: pick([1, 3]),
      abortAfter: pick([0, 3]),
      onFailure: pick(['rollback', 'leave']),
      onCancel: pick(['rollback', 'leave']),
      waitFor: 'completed',
      logLines: 0,
    },
  };
  return { drawn, chance: (share) => draw() < share };
}

interface Played {
  readonly outcome: Outcome;
  readonly bench: EcsBench;
  readonly rollout: Rollout;
  readonly previousTaskDefinitionArn: string;
  /** The service deployment's status in the simulator at the moment of the verdict. */
  readonly statusThen: string;
  readonly asked: readonly string[];
}

const web = { cluster: 'rehearsal', service: 'web' };

/** The SDK's client as far as the adapters go, without the wire. */
function createClient(
  bench: EcsBench,
  asked: string[],
  refuse: (operation: string) => string | undefined,
): ECSClient {
  const send = async (command: { readonly input: Json; readonly constructor: { readonly name: string } }) => {
    const operation = command.constructor.name.replace(/Command$/, '');
    const refusal = refuse(operation);
    if (refusal !== undefined) throw Object.assign(new Error(refusal), { name: refusal, $metadata: {} });
    asked.push(operation);
    try {
      return bench.call(operation, command.input);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      throw Object.assign(new Error(error.message), {
        name: error.code,
        $metadata: { httpStatusCode: error.statusCode },
      });
    }
  };
  return { send, config: { region: async () => 'eu-west-1' } } as unknown as ECSClient;
}

function createPorts(bench: EcsBench, client: ECSClient): RolloutPorts {
  const elb = (operation: string, input: Json): Json => invoke(bench.elb.service, operation, input);
  return {
    observer: createRolloutObserver(client),
    control: createRolloutControl(client),
    tasks: createTaskReader(client),
    targets: {
      describeHealthCheck: async () => undefined,
      async describeTargets(TargetGroupArn) {
        const { TargetHealthDescriptions } = elb('DescribeTargetHealth', { TargetGroupArn });
        type Description = { Target: { Id: string; Port: number }; TargetHealth: { State: string } };
        return (TargetHealthDescriptions as Description[]).map(({ Target, TargetHealth }) => ({
          id: Target.Id,
          port: Number(Target.Port),
          state: TargetHealth.State,
          reason: undefined,
          description: undefined,
        }));
      },
    },
    logs: { readTail: async () => [] },
  };
}

async function play(seed: number): Promise<Played & { readonly drawn: Draw }> {
  const { drawn, chance } = drawRollout(seed);
  const bench = createBench({ seed });
  const seeded = bench.seed({
    desiredCount: drawn.desired,
    deploymentConfiguration: { deploymentCircuitBreaker: drawn.breaker },
  });
  bench.control.scriptOutcome(({ revision }) =>
    revision === 2 && chance(drawn.badShare) ? drawn.mishap : undefined,
  );
  const asked: string[] = [];
  const client = createClient(bench, asked, (operation) => {
    if (operation === drawn.denied) return 'AccessDeniedException';
    return operation !== 'UpdateService' && chance(drawn.faultShare) ? 'ThrottlingException' : undefined;
  });
  const { taskDefinition: registered } = bench.call('RegisterTaskDefinition', taskDefinition);
  const taskDefinitionArn = String((registered as Json)['taskDefinitionArn']);
  const ports = createPorts(bench, client);
  const started = await ports.control.updateService({ ...web, taskDefinitionArn, isForced: false });
  const rollout: Rollout = {
    ...web,
    ...started,
    serviceDeploymentArn: undefined,
    taskDefinitionArn,
    previousTaskDefinitionArn: seeded.taskDefinitionArn,
  };
  const cancel = new AbortController();
  if (drawn.intrusion !== 'none') {
    bench.clock.after(drawn.intrusionSeconds * 1000, () =>
      drawn.intrusion === 'rival' ? void bench.control.deployRival('rehearsal', 'web') : cancel.abort(),
    );
  }
  // The runner's clock is not AWS's: half an hour off, and everything must be the same.
  const skew = 1_800_000;
  const [outcome] = await waitForRollouts([rollout], drawn.options, {
    ...ports,
    clock: {
      now: () => bench.clock.now() - skew,
      async sleep(milliseconds, signal) {
        // The limit of a cancelled run's last calls, which answer at once here.
        if (signal !== undefined && signal !== cancel.signal) return new Promise(() => undefined);
        const until = bench.clock.now() + milliseconds;
        while (!signal?.aborted && bench.clock.now() < until)
          bench.clock.advance(Math.min(500, until - bench.clock.now()));
      },
    },
    random: () => 0.5,
    log: createCollectedLog(),
    cancelled: cancel.signal,
    onIdentified: () => undefined,
  });
  const statusThen = statusOf(bench, started.deploymentId);
  return {
    outcome: outcome!,
    bench,
    rollout,
    previousTaskDefinitionArn: seeded.taskDefinitionArn,
    statusThen,
    asked,
    drawn,
  };
}

function statusOf(bench: EcsBench, deploymentId: string): string {
  const number = deploymentId.slice('ecs-svc/'.length);
  return (
    bench
      .serviceDeployments()
      .find(({ targetServiceRevisionArn }) => targetServiceRevisionArn.endsWith(`/${number}`))?.status ??
    'unknown'
  );
}

/** What is wrong with a verdict, held against the simulator's truth; undefined when it is right. */
function findFault({
  outcome,
  bench,
  statusThen,
  asked,
  drawn,
  previousTaskDefinitionArn,
}: Played & { readonly drawn: Draw }): string | undefined {
  const { verdict } = outcome;
  const intervened = asked.filter((operation) => operation === 'StopServiceDeployment').length;
  const isBack = bench.service().deployments[0]?.taskDefinition === previousTaskDefinitionArn;
  const mayBlame = drawn.badShare > 0;
  const isLate = outcome.endedAt - outcome.startedAt >= drawn.options.timeoutSeconds * 1000;
  if (verdict === 'succeeded') return statusThen === 'SUCCESSFUL' ? undefined : 'succeeded is not true';
  if (statusThen === 'SUCCESSFUL' && isBack) return 'a finished deployment was taken back';
  // A cancelled wait that leaves the service alone, or that AWS does not answer, cannot know better.
  const isBlind = drawn.faultShare > 0 || drawn.options.onCancel === 'leave';
  if (verdict === 'cancelled' && drawn.intrusion === 'cancel' && isBlind) return undefined;
  if (statusThen === 'SUCCESSFUL' && !(verdict === 'timed-out' && isLate)) return 'it was successful';
  const hasRival = drawn.intrusion === 'rival';
  if (verdict === 'rolled-back' && statusThen !== 'ROLLBACK_SUCCESSFUL' && !isBack && !hasRival)
    return 'it is not back';
  if (verdict === 'superseded' && drawn.intrusion !== 'rival') return 'there was no rival';
  if (verdict === 'cancelled' && drawn.intrusion !== 'cancel') return 'nobody cancelled';
  if (verdict === 'timed-out' && !isLate) return 'it was not late';
  if ((verdict === 'failed' || verdict === 'rolled-back') && !mayBlame) return 'nothing was wrong';
  if (intervened > 0 && !mayBlame && !isLate && drawn.intrusion !== 'cancel')
    return 'a healthy deployment was rolled back';
  if (statusThen === 'ROLLBACK_SUCCESSFUL' && !['rolled-back', 'timed-out', 'cancelled'].includes(verdict))
    return 'it was rolled back';
  return undefined;
}

describe('random rollouts on the stepping clock', () => {
  it(`give ${rollouts} right verdicts`, async () => {
    const wrong: object[] = [];
    const verdicts = new Map<string, number>();
    for (let seed = firstSeed; seed < firstSeed + rollouts; seed += 1) {
      const played = await play(seed);
      const { outcome, statusThen, drawn } = played;
      verdicts.set(outcome.verdict, (verdicts.get(outcome.verdict) ?? 0) + 1);
      const fault = findFault(played);
      if (fault !== undefined)
        wrong.push({ seed, fault, verdict: outcome.verdict, sentence: outcome.sentence, statusThen, drawn });
    }
    expect(wrong).toEqual([]);
    for (const verdict of ['succeeded', 'rolled-back', 'failed', 'superseded', 'timed-out', 'cancelled']) {
      expect([verdict, verdicts.get(verdict) ?? 0]).not.toEqual([verdict, 0]);
    }
  });
});
