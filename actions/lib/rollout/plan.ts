import type { FoundService } from './find-services.ts';
import type { Rollout } from './rollout.ts';
import { type DeploymentState, primaryDeployment } from './service-state.ts';

/** What deploying comes to for one service. */
export type Step =
  /** It runs the wanted definition already, and its last rollout is complete. */
  | { readonly kind: 'unchanged'; readonly taskDefinitionArn: string }
  /** The wanted definition is being rolled out right now: there is nothing to send, but something to wait for. */
  | { readonly kind: 'follow'; readonly rollout: Rollout }
  | {
      readonly kind: 'update';
      /** Undefined where the wanted definition has to be registered first. */
      readonly taskDefinitionArn: string | undefined;
      readonly previousTaskDefinitionArn: string | undefined;
      readonly isForced: boolean;
    };

/**
 * Plans one service.
 *
 * @param wantedArn the revision to deploy where it exists already: it was given, or what runs equals the file
 */
export function planService(found: FoundService, wantedArn: string | undefined, isForced: boolean): Step {
  const primary = primaryDeployment(found.state);
  const previousTaskDefinitionArn = primary?.taskDefinitionArn ?? found.state.taskDefinitionArn;
  if (primary === undefined || wantedArn === undefined || primary.taskDefinitionArn !== wantedArn) {
    return { kind: 'update', taskDefinitionArn: wantedArn, previousTaskDefinitionArn, isForced: false };
  }
  // The same definition starts a deployment only when forced; a FAILED one is worth another try.
  if (isForced || primary.rolloutState === 'FAILED') {
    return { kind: 'update', taskDefinitionArn: wantedArn, previousTaskDefinitionArn, isForced: true };
  }
  if (primary.rolloutState === 'IN_PROGRESS') return { kind: 'follow', rollout: rolloutOf(found, primary) };
  return { kind: 'unchanged', taskDefinitionArn: wantedArn };
}

/** A deployment of a service as a rollout to wait for; what is being drained is what ran before. */
export function rolloutOf({ reference, state }: FoundService, deployment: DeploymentState): Rollout {
  const older = state.deployments.find(
    ({ id, createdAt }) => id !== deployment.id && createdAt < deployment.createdAt,
  );
  return {
    ...reference,
    deploymentId: deployment.id,
    createdAt: deployment.createdAt,
    serviceDeploymentArn: undefined,
    taskDefinitionArn: deployment.taskDefinitionArn,
    previousTaskDefinitionArn: older?.taskDefinitionArn,
    isForeign: true,
  };
}
