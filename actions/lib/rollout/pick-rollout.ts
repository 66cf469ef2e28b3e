import { UserError } from '../message/user-error.ts';
import type { Access } from './access.ts';
import type { FoundService } from './find-services.ts';
import { rolloutOf } from './plan.ts';
import type { RolloutObserver, ServiceRevisionReader } from './ports.ts';
import { lastPart, type Rollout } from './rollout.ts';
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
  const chosen =
    serviceDeploymentArn === undefined
      ? await findLatest(found, ports.observer, access)
      : await findGiven(found, serviceDeploymentArn, ports.observer);
  if (chosen === undefined) return pickPrimary(found);
  const rollout = rolloutOfServiceDeployment(found, chosen);
  if (rollout.taskDefinitionArn !== undefined) return rollout;
  const taskDefinitionArn = await access.try('service-deployments', () =>
    ports.serviceRevisions.describeTaskDefinitionOf(chosen.targetRevisionArn),
  );
  return { ...rollout, taskDefinitionArn };
}

async function findLatest(
  found: FoundService,
  observer: RolloutObserver,
  access: Access,
): Promise<ServiceDeploymentBrief | undefined> {
  const { cluster, service } = found.reference;
  const [latest] =
    (await access.try('service-deployments', () => observer.listServiceDeployments(cluster, service))) ?? [];
  return latest === undefined || isOutdated(latest, found) ? undefined : latest;
}

async function findGiven(
  { reference }: FoundService,
  serviceDeploymentArn: string,
  observer: RolloutObserver,
): Promise<ServiceDeploymentBrief> {
  const [cluster, service] = serviceDeploymentArn.split('/').slice(-3);
  const isOfService = service === reference.service && cluster === lastPart(reference.cluster);
  const [state] = isOfService ? await observer.describeServiceDeployments([serviceDeploymentArn]) : [];
  if (state !== undefined) return state;
  throw new UserError(
    'service-deployment-not-found',
    `Service ${reference.service} of cluster ${reference.cluster} has no service deployment ${serviceDeploymentArn}. Check the input "service-deployment-arn".`,
  );
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
