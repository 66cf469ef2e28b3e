import { type Connection, createConnection } from './random/connection.ts';
import { drawRolloutPlan } from './random/draw-plan.ts';
import { happen } from './random/incidents.ts';
import type { RolloutPlan } from './random/plan.ts';
import type { RolloutTruth } from './random/truth.ts';
import { createWitness, type Witness } from './random/witness.ts';
import { CLUSTER, createRolloutWorld, type RolloutWorld, SERVICE } from './random/world.ts';
import type { Json } from './server/service.ts';

/**
 * One rollout in a world of its own, in this process and on a stepping clock, for property tests of clients. The world stands
 * still except in `call` and `sleep`; the same plan and the same calls give the same rollout.
 */
export interface RandomRollout {
  readonly plan: RolloutPlan;
  readonly cluster: string;
  readonly service: string;
  /** What the service runs before our rollout. */
  readonly previousTaskDefinitionArn: string;
  /** What is to be deployed; it is registered. */
  readonly taskDefinitionArn: string;
  /** The client's clock, which may be off. Epoch milliseconds. */
  now(): number;
  /** Lets virtual time go by. */
  sleep(milliseconds: number): Promise<void>;
  /** Calls an operation of `ecs`, `elasticloadbalancing` or `logs` as an SDK's client would, but without retries of its own. */
  readonly call: Connection;
  /** UpdateService to our revision, past all faults; its answer. The client may as well `call` it. */
  deploy(): Json;
  /** What is true by now, as only the simulator knows it. */
  truth(): RolloutTruth;
}

/** The rollout that belongs to the seed. */
export function createRandomRollout(seed: number): RandomRollout {
  return createPlannedRollout(drawRolloutPlan(seed));
}

// Incidents before our rollout come within this time.
const PRELUDE_MILLISECONDS = 25_000;

/** The rollout of this plan: of one drawn from a seed, or of one made simpler by `simplifyRolloutPlan`. */
export function createPlannedRollout(plan: RolloutPlan): RandomRollout {
  const world = createRolloutWorld(plan);
  const { clock, taskDefinitionArn, previousTaskDefinitionArn } = world;
  const witness = createWitness(world, () => schedule(world, plan, witness));
  for (const incident of plan.incidents.filter(({ atSeconds }) => atSeconds < 0)) {
    clock.after(PRELUDE_MILLISECONDS + incident.atSeconds * 1000, () => happen(world, incident));
  }
  clock.advance(PRELUDE_MILLISECONDS);
  const target = { cluster: CLUSTER, service: SERVICE };
  return {
    plan,
    ...target,
    previousTaskDefinitionArn,
    taskDefinitionArn,
    now: () => clock.now() + plan.network.skewSeconds * 1000,
    sleep: async (milliseconds) => clock.advance(milliseconds),
    call: createConnection({
      seed: plan.seed,
      plan: plan.network,
      clock,
      services: world.services,
      perform: witness.perform,
    }),
    deploy: () =>
      witness.perform('UpdateService', () =>
        world.ecs('UpdateService', { ...target, taskDefinition: taskDefinitionArn }),
      ),
    truth: witness.truth,
  };
}

function schedule(world: RolloutWorld, { incidents }: RolloutPlan, witness: Witness): void {
  for (const incident of incidents) {
    if (incident.atSeconds < 0) continue;
    world.clock.after(incident.atSeconds * 1000, () => {
      if (incident.kind === 'delete-service') witness.noteDeletion();
      happen(world, incident);
    });
  }
}
