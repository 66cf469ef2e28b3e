import type { Access } from './access.ts';
import { type CallBudget, everyLooks } from './call-budget.ts';
import { chunk } from './chunk.ts';
import type { RolloutPorts } from './ports.ts';
import { deploymentIdOf, type ServiceDeploymentBrief } from './service-deployment.ts';
import type { Watch } from './watch.ts';

/** Finds the service deployment by its number. It shows up a moment after UpdateService has answered. */
export async function identify(
  watches: readonly Watch[],
  ports: RolloutPorts,
  access: Access,
  budget: CallBudget,
  onIdentified: (watch: Watch) => void,
): Promise<void> {
  for (const watch of watches) {
    const { rollout } = watch.judging;
    const isDue = watch.looks <= everyLooks || watch.looks % everyLooks === 0 || !isInProgress(watch);
    if (rollout.serviceDeploymentArn !== undefined || !isDue) continue;
    const listed = await listServiceDeployments(watch, ports, access, budget);
    const found = listed?.find(
      ({ targetRevisionArn }) => deploymentIdOf(targetRevisionArn) === rollout.deploymentId,
    );
    if (found === undefined) continue;
    const identified = { ...rollout, serviceDeploymentArn: found.arn };
    watch.judging = { ...watch.judging, rollout: identified };
    if (rollout.deploymentId === watch.rollout.deploymentId) {
      watch.rollout = identified;
      onIdentified(watch);
    }
  }
}

function listServiceDeployments(
  { rollout }: Watch,
  ports: RolloutPorts,
  access: Access,
  budget: CallBudget,
): Promise<ServiceDeploymentBrief[] | undefined> {
  return access.try('service-deployments', () => {
    budget.spare -= 1;
    return ports.observer.listServiceDeployments(rollout.cluster, rollout.service);
  });
}

/** Looks at the service deployments of which news are due or near, and at those that are looked at instead of their services. */
export async function lookAtServiceDeployments(
  watches: readonly Watch[],
  ports: RolloutPorts,
  access: Access,
  budget: CallBudget,
  wereServicesSeen: boolean,
): Promise<void> {
  // A successful one stays so: whoever still looks waits for tasks to stop.
  const known = watches.filter(
    ({ judging, snapshot }) =>
      judging.rollout.serviceDeploymentArn !== undefined &&
      snapshot.serviceDeployment?.status !== 'SUCCESSFUL',
  );
  const chosen = known.filter(
    (watch) =>
      isNearEnd(watch, access) ||
      (!wereServicesSeen && isEnding(watch, access)) ||
      (budget.spare > 0 && watch.isDeploymentDue),
  );
  for (const batch of chunk(chosen, 20)) {
    const arns = batch.flatMap(({ judging }) => judging.rollout.serviceDeploymentArn ?? []);
    if (wereServicesSeen) budget.spare -= 1;
    const states = await access.try('service-deployments', () =>
      ports.observer.describeServiceDeployments(arns),
    );
    for (const watch of batch) {
      const state = states?.find(({ arn }) => arn === watch.judging.rollout.serviceDeploymentArn);
      watch.snapshot = { ...watch.snapshot, serviceDeployment: state };
      watch.isDeploymentDue = false;
      if (state?.status === 'STOPPED') await lookForLater(watch, state.createdAt, ports, access, budget);
    }
  }
}

async function lookForLater(
  watch: Watch,
  createdAt: number,
  ports: RolloutPorts,
  access: Access,
  budget: CallBudget,
): Promise<void> {
  const newestFirst = (await listServiceDeployments(watch, ports, access, budget)) ?? [];
  const laterServiceDeployment = newestFirst.findLast(
    (listed) => listed.arn !== watch.judging.rollout.serviceDeploymentArn && listed.createdAt >= createdAt,
  );
  watch.snapshot = { ...watch.snapshot, laterServiceDeployment };
}

/** True once the service deployment must be asked in every poll, because the rollout is no longer plainly in progress. */
function isNearEnd(watch: Watch, access: Access): boolean {
  const { service, serviceDeployment } = watch.snapshot;
  if (service === undefined || serviceDeployment === undefined || access.isClosed('services')) return true;
  return serviceDeployment.status !== 'IN_PROGRESS' || !isInProgress(watch);
}

/**
 * True while all tasks of the new version run, none has failed, and only ECS's last word is awaited. Its record alone is then asked, at a faster
 * pace, and the service now and then.
 */
export function isEnding(watch: Watch, access: Access): boolean {
  const { service, serviceDeployment } = watch.snapshot;
  const ours = service?.deployments.find(({ id }) => id === watch.judging.rollout.deploymentId);
  if (serviceDeployment === undefined || ours === undefined || access.isClosed('services')) return false;
  const { status, runningCount = 0, requestedCount = 0, pendingCount = 0 } = serviceDeployment;
  const isComplete = ours.runningCount >= ours.desiredCount && ours.pendingCount + ours.failedTasks === 0;
  const stillIs = runningCount >= requestedCount && pendingCount === 0;
  return isComplete && stillIs && isInProgress(watch) && status === 'IN_PROGRESS';
}

/** True while DescribeServices shows our deployment as PRIMARY and in progress. */
function isInProgress({ snapshot: { service }, judging }: Watch): boolean {
  const ours = service?.deployments.find(({ id }) => id === judging.rollout.deploymentId);
  return ours?.status === 'PRIMARY' && ours.rolloutState === 'IN_PROGRESS' && service?.status === 'ACTIVE';
}
