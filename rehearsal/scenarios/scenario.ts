import type { DeploymentGroupSeed } from '../codedeploy/state.ts';
import type { Rehearsal } from '../rehearsal.ts';
import type { Json } from '../server/service.ts';

/** What the deploy step is expected to end with. The names are the contract's, repeated here because the rehearsal imports nothing of the actions. */
export type ExpectedVerdict =
  | 'succeeded'
  | 'rolled-back'
  | 'failed'
  | 'superseded'
  | 'timed-out'
  | 'cancelled';

/** One rehearsed deployment: how the world is before the deploy step, what happens during it, and how it must end. */
export interface Scenario {
  /** The name after `--scenario`. */
  readonly name: string;
  /** One line for `--list`. */
  readonly description: string;
  /** How the service that is deployed to differs from the rehearsal's usual one. */
  readonly service?: ServiceTraits;
  /** Inputs of deploy-ecs-service that differ from the chain's usual ones. */
  readonly deployInputs?: Readonly<Record<string, string>>;
  readonly expected: ScenarioEnd;
  /** How many times as fast as usual its clock runs: for scenarios that take long. */
  readonly speedFactor?: number;
  /** Called after the image was pushed and before the deploy step; everything later is put on the rehearsal's clock from here. */
  prepare?(stage: Stage): void | Promise<void>;
}

export interface ScenarioEnd {
  readonly verdict: ExpectedVerdict;
  /** One of the contract's causes; absent where there is nothing to explain. */
  readonly cause?: string;
  /** Exit code of the deploy step. */
  readonly exitCode: 0 | 1;
}

/** Settings of the seeded service that scenarios vary. */
export interface ServiceTraits {
  readonly desiredCount?: number;
  /** Absent: no circuit breaker. */
  readonly circuitBreaker?: { readonly enable: boolean; readonly rollback: boolean };
  readonly healthCheckGracePeriodSeconds?: number;
  /** Of `deploymentConfiguration`: strategy, bake times, lifecycle hooks, alarms. */
  readonly deployment?: Json;
  /** CodeDeploy deploys the service: with an application and a deployment group named as CodeDeploy's console names them. */
  readonly codeDeploy?: Pick<
    DeploymentGroupSeed,
    | 'deploymentConfigName'
    | 'terminationWaitMinutes'
    | 'readyWaitMinutes'
    | 'isRolledBackOnFailure'
    | 'timeoutMinutes'
  >;
  /** A health check for the container that takes traffic, in the running and in the new definition. */
  readonly containerHealthCheck?: Json;
}

/** The world a scenario acts on, handed to `prepare` by whoever runs the chain. */
export interface Stage {
  readonly rehearsal: Rehearsal;
  readonly cluster: string;
  readonly service: string;
  /** The ECR repository's name. */
  readonly repository: string;
  /** The image that is about to be deployed, by digest: `host/repository@sha256:…`. */
  readonly image: string;
  /** Cancels the running step as GitHub's runner does: SIGINT first. */
  cancel(): void;
}
