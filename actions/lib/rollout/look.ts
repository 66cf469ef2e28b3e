import { UserError } from '../message/user-error.ts';
import type { Access } from './access.ts';
import { unlessRefused } from './access.ts';
import { chunk } from './chunk.ts';
import { readStoppedTasks } from './gather.ts';
import type { RolloutPorts } from './ports.ts';
import { deploymentIdOf, type ServiceDeploymentBrief } from './service-deployment.ts';
import type { ServiceState } from './service-state.ts';
import type { Watch } from './watch.ts';

/** Keeps looks within ECS's read quotas: less than two calls per poll and batch of ten services, so 40 a minute at 3 s. */
export interface CallBudget {
  spare: number;
}

const everyLooks = 5;
const maximumSpare = 3;
// Calls per poll beyond the one that describes a batch; with what is saved up, 20 + 17 + 3 a minute.
const income = 0.85;

/**
 * Looks once at every rollout given, and notes in its watch what was seen. Services are looked at in every poll; the service
 * deployment and stopped tasks when something moved, when the end is near, or every fifth time.
 *
 * @throws UserError when AWS refuses for a reason other than missing permission; a cluster or service that is gone is noted
 */
export async function lookAt(
  watches: readonly Watch[],
  ports: RolloutPorts,
  access: Access,
  budget: CallBudget,
  onIdentified: (watch: Watch) => void,
): Promise<void> {
  const batches = batchByCluster(watches, 10);
  budget.spare = Math.min(maximumSpare, budget.spare + income * batches.length);
  await Promise.all(batches.map((batch) => lookAtServices(batch, ports, access)));
  await identify(watches, ports, access, budget, onIdentified);
  await lookAtServiceDeployments(watches, ports, access, budget);
  for (const watch of watches) {
    const isServiceDeploymentAwaited = !access.isClosed('service-deployments');
    watch.snapshot = { ...watch.snapshot, isServiceDeploymentAwaited };
  }
  await lookAtTasks(watches, ports, access, budget);
}

async function lookAtServices(batch: readonly Watch[], ports: RolloutPorts, access: Access): Promise<void> {
  for (const watch of batch) {
    watch.looks += 1;
    if (watch.looks % everyLooks === 0) noteMove(watch);
  }
  const cluster = batch[0]?.rollout.cluster ?? '';
  const names = batch.map(({ rollout }) => rollout.service);
  const services = await describeServices(batch, () =>
    access.try('services', () => ports.observer.describeServices(cluster, names)),
  );
  if (services === undefined) return;
  for (const watch of batch) {
    const service = services.find(({ name }) => name === watch.rollout.service);
    if (service === undefined) {
      watch.trouble = goneError(watch);
      continue;
    }
    watch.snapshot = { ...watch.snapshot, service };
    const fingerprint = fingerprintOf(service);
    if (fingerprint !== watch.fingerprint) noteMove(watch);
    watch.fingerprint = fingerprint;
  }
}

async function describeServices(
  batch: readonly Watch[],
  call: () => Promise<ServiceState[] | undefined>,
): Promise<ServiceState[] | undefined> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'cluster-not-found') throw error;
    for (const watch of batch) watch.trouble = error;
    return undefined;
  }
}

function noteMove(watch: Watch): void {
  watch.isDeploymentDue = true;
  watch.areTasksDue = true;
}

function goneError({ rollout }: Watch): UserError {
  return new UserError(
    'service-not-found',
    `Service ${rollout.service} of cluster ${rollout.cluster} does not exist any more: it was deleted during the deployment.`,
  );
}

function fingerprintOf({ deployments, events }: ServiceState): string {
  return JSON.stringify([
    deployments.map(({ id, status, rolloutState, runningCount, pendingCount, failedTasks }) => [
      id,
      status,
      rolloutState,
      runningCount,
      pendingCount,
      failedTasks,
    ]),
    events[0]?.id,
  ]);
}

/** Finds the service deployment by its number. It shows up a moment after UpdateService has answered. */
async function identify(
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

async function lookAtServiceDeployments(
  watches: readonly Watch[],
  ports: RolloutPorts,
  access: Access,
  budget: CallBudget,
): Promise<void> {
  const known = watches.filter(({ judging }) => judging.rollout.serviceDeploymentArn !== undefined);
  const chosen = known.filter(
    (watch) => isNearEnd(watch, access) || (budget.spare > 0 && watch.isDeploymentDue),
  );
  for (const batch of chunk(chosen, 20)) {
    const arns = batch.flatMap(({ judging }) => judging.rollout.serviceDeploymentArn ?? []);
    budget.spare -= 1;
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
  const [newest] = (await listServiceDeployments(watch, ports, access, budget)) ?? [];
  const isLater =
    newest !== undefined &&
    newest.arn !== watch.judging.rollout.serviceDeploymentArn &&
    newest.createdAt >= createdAt;
  watch.snapshot = { ...watch.snapshot, laterServiceDeployment: isLater ? newest : undefined };
}

/** True once the service deployment must be asked in every poll, because the rollout is no longer plainly in progress. */
function isNearEnd(watch: Watch, access: Access): boolean {
  const { service, serviceDeployment } = watch.snapshot;
  if (service === undefined || serviceDeployment === undefined || access.isClosed('services')) return true;
  return serviceDeployment.status !== 'IN_PROGRESS' || !isInProgress(watch);
}

/** True while DescribeServices shows our deployment as PRIMARY and in progress. */
function isInProgress({ snapshot: { service }, judging }: Watch): boolean {
  const ours = service?.deployments.find(({ id }) => id === judging.rollout.deploymentId);
  return ours?.status === 'PRIMARY' && ours.rolloutState === 'IN_PROGRESS' && service?.status === 'ACTIVE';
}

async function lookAtTasks(
  watches: readonly Watch[],
  ports: RolloutPorts,
  access: Access,
  budget: CallBudget,
): Promise<void> {
  for (const watch of watches) {
    if (!watch.areTasksDue || budget.spare <= 0) continue;
    // What AWS refuses here is evidence for later, and never a reason to miss what else was seen.
    const calls = await unlessRefused(() => readStoppedTasks(watch, ports, access));
    budget.spare -= calls ?? 1;
    watch.areTasksDue = calls === undefined;
  }
}

function batchByCluster(watches: readonly Watch[], size: number): Watch[][] {
  const clusters = Map.groupBy(watches, ({ rollout }) => rollout.cluster);
  return [...clusters.values()].flatMap((group) => chunk(group, size));
}
