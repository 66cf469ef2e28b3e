import { UserError } from '../message/user-error.ts';
import type { Access } from './access.ts';
import { unlessRefused } from './access.ts';
import { type CallBudget, everyLooks, grantLook } from './call-budget.ts';
import { chunk } from './chunk.ts';
import { readStoppedTasks } from './gather.ts';
import { identify, isEnding, lookAtServiceDeployments } from './look-service-deployments.ts';
import type { RolloutPorts } from './ports.ts';
import type { ServiceState } from './service-state.ts';
import type { Watch } from './watch.ts';

/**
 * Looks once at every rollout given, and notes in its watch what was seen. Services are looked at in every poll, but where only
 * ECS's last word is awaited; the service deployment and stopped tasks when something moved, when the end is near, or every
 * fifth time.
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
  for (const watch of watches) noteLook(watch, access);
  const isServiceDue = watches.some((watch) => !isEnding(watch, access) || watch.looks % everyLooks === 0);
  const all = batchByCluster(watches, 10);
  const batches = isServiceDue ? all : [];
  if (isServiceDue) grantLook(budget, batches.length);
  await Promise.all(batches.map((batch) => lookAtServices(batch, ports, access)));
  await identify(watches, ports, access, budget, onIdentified);
  await lookAtServiceDeployments(watches, ports, access, budget, isServiceDue);
  // The record tells that something moved: the service says what.
  const haveMoved = !isServiceDue && !watches.every((watch) => isEnding(watch, access));
  if (haveMoved) await Promise.all(all.map((batch) => lookAtServices(batch, ports, access)));
  for (const watch of watches) {
    const isServiceDeploymentAwaited = !access.isClosed('service-deployments');
    watch.snapshot = { ...watch.snapshot, isServiceDeploymentAwaited };
  }
  await lookAtTasks(watches, ports, access, budget);
}

async function lookAtServices(batch: readonly Watch[], ports: RolloutPorts, access: Access): Promise<void> {
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

function noteLook(watch: Watch, access: Access): void {
  watch.looks += 1;
  if (watch.looks % everyLooks === 0 && !isEnding(watch, access)) noteMove(watch);
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
