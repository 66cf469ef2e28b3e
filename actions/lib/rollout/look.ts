import { UserError } from '../message/user-error.ts';
import type { Access } from './access.ts';
import { unlessRefused } from './access.ts';
import { type CallBudget, everyLooks, grantLook } from './call-budget.ts';
import { chunk } from './chunk.ts';
import { readStoppedTasks } from './gather.ts';
import { identify, lookAtServiceDeployments } from './look-service-deployments.ts';
import type { RolloutPorts } from './ports.ts';
import type { ServiceState } from './service-state.ts';
import type { Watch } from './watch.ts';

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
  grantLook(budget, batches.length);
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
