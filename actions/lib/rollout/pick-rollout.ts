import { UserError } from '../message/user-error.ts';
import type { Access } from './access.ts';
import type { FoundService } from './find-services.ts';
import { rolloutOf } from './plan.ts';
import type { RolloutObserver, ServiceRevisionReader } from './ports.ts';
import type { Rollout } from './rollout.ts';
import { deploymentIdOf, type ServiceDeploymentBrief } from './service-deployment.ts';
import { primaryDeployment } from './service-state.ts';

/**
 * The rollout of a service to wait for when something else started it: the one whose ARN is given, or else the latest,
 * finished or not. Where service deployments may not be listed it is the PRIMARY deployment.
 *
 * @throws UserError `service-deployment-not-found` when the ARN given is none of this service's
 */
export async function pickRollout(
  found: FoundService,
  serviceDeploymentArn: string | undefined,
  ports: { readonly observer: RolloutObserver; readonly serviceRevisions: ServiceRevisionReader },
  access: Access,
): Promise<Rollout> {
  const { cluster, service } = found.reference;
  const listed =
    (await access.try('service-deployments', () =>
      ports.observer.listServiceDeployments(cluster, service),
    )) ?? [];
  const [latest] = listed;
  const chosen =
    serviceDeploymentArn === undefined ? latest : listed.find(({ arn }) => arn === serviceDeploymentArn);
  if (serviceDeploymentArn !== undefined && chosen === undefined) {
    throw new UserError(
      'service-deployment-not-found',
      `Service ${service} has no service deployment ${serviceDeploymentArn} among its latest. Check the input "service-deployment-arn".`,
    );
  }
  if (chosen === undefined || (serviceDeploymentArn === undefined && isOutdated(chosen, found)))
    return pickPrimary(found);
  const rollout = rolloutOfServiceDeployment(found, chosen);
  if (rollout.taskDefinitionArn !== undefined) return rollout;
  const taskDefinitionArn = await access.try('service-deployments', () =>
    ports.serviceRevisions.describeTaskDefinitionOf(chosen.targetRevisionArn),
  );
  return { ...rollout, taskDefinitionArn };
}

/** A deployment that has just begun is PRIMARY before its service deployment is listed; one that is rolled back to is PRIMARY too. */
function isOutdated(latest: ServiceDeploymentBrief, { state }: FoundService): boolean {
  const primary = primaryDeployment(state);
  return (
    primary !== undefined &&
    primary.id !== deploymentIdOf(latest.targetRevisionArn) &&
    primary.createdAt > latest.createdAt &&
    !latest.status.startsWith('ROLLBACK')
  );
}

function pickPrimary(found: FoundService): Rollout {
  const primary = primaryDeployment(found.state);
  if (primary !== undefined) return rolloutOf(found, primary);
  throw new UserError(
    'service-deployment-not-found',
    `Service ${found.reference.service} has never been deployed: there is nothing to wait for.`,
  );
}

function rolloutOfServiceDeployment(found: FoundService, brief: ServiceDeploymentBrief): Rollout {
  const deploymentId = deploymentIdOf(brief.targetRevisionArn);
  const listed = found.state.deployments.find(({ id }) => id === deploymentId);
  if (listed !== undefined) return { ...rolloutOf(found, listed), serviceDeploymentArn: brief.arn };
  return {
    ...found.reference,
    deploymentId,
    createdAt: brief.createdAt,
    serviceDeploymentArn: brief.arn,
    taskDefinitionArn: undefined,
    previousTaskDefinitionArn: undefined,
    isForeign: true,
  };
}
