import { computeBreakerThreshold } from './circuit-breaker.ts';
import type {
  Deployment,
  EcsService,
  ServiceDeployment,
  ServiceDeploymentStatus,
  ServiceRevision,
  ServiceSettings,
  TaskCounts,
} from './state.ts';
import type { Task } from './task.ts';
import type { TaskDefinition } from './task-definition.ts';
import { makeArn, type World } from './world.ts';

// In the samples that AWS's users publish, a service deployment starts 0.15 to 1.6 seconds after it was created.
const START_DELAY_MILLISECONDS = 150;

export function createServiceRevision(
  world: World,
  service: EcsService,
  taskDefinition: TaskDefinition,
  settings: ServiceSettings,
): ServiceRevision {
  const number = world.ids.deploymentNumber();
  const revision: ServiceRevision = {
    arn: makeArn(world, `service-revision/${service.cluster.name}/${service.name}/${number}`),
    service,
    taskDefinition,
    settings,
    createdAt: world.clock.now(),
  };
  world.state.serviceRevisions.set(revision.arn, revision);
  return revision;
}

/** Opens the record of a rollout: PENDING, and IN_PROGRESS a moment later. */
export function openServiceDeployment(
  world: World,
  service: EcsService,
  {
    target,
    sources,
    lifecycle,
    watchesAlarms,
    onStart,
  }: Pick<ServiceDeployment, 'target' | 'sources' | 'lifecycle'> & {
    readonly watchesAlarms: boolean;
    readonly onStart: () => void;
  },
): ServiceDeployment {
  const now = world.clock.now();
  const id = world.ids.serviceDeploymentId();
  const opened: ServiceDeployment = {
    arn: makeArn(world, `service-deployment/${service.cluster.name}/${service.name}/${id}`),
    service,
    target,
    sources,
    createdAt: now,
    visibleAt: now + world.times.serviceDeploymentDelaySeconds * 1000,
    status: 'PENDING',
    statusReason: undefined,
    startedAt: undefined,
    updatedAt: now,
    stoppedAt: undefined,
    finishedAt: undefined,
    rollback: undefined,
    supersededBy: undefined,
    breaker: {
      status: service.settings.breaker.enable ? 'MONITORING' : 'DISABLED',
      failureCount: 0,
      threshold: computeBreakerThreshold(service.settings.breaker, service.desiredCount),
    },
    alarms: { status: watchesAlarms ? 'MONITORING' : 'DISABLED', triggered: [] },
    lifecycle,
    finalCounts: undefined,
  };
  service.serviceDeployments.unshift(opened);
  world.state.serviceDeployments.set(opened.arn, opened);
  world.clock.after(START_DELAY_MILLISECONDS, () => {
    if (opened.status !== 'PENDING') return;
    opened.startedAt = world.clock.now();
    setServiceDeploymentStatus(world, opened, 'IN_PROGRESS');
    onStart();
  });
  return opened;
}

export function setServiceDeploymentStatus(
  world: World,
  deployment: ServiceDeployment,
  status: ServiceDeploymentStatus,
  reason?: string,
): void {
  deployment.status = status;
  deployment.updatedAt = world.clock.now();
  if (reason !== undefined) deployment.statusReason = reason;
}

/** Ends a service deployment, once: its counts stay as they are now. */
export function closeServiceDeployment(
  world: World,
  deployment: ServiceDeployment,
  status: 'SUCCESSFUL' | 'STOPPED' | 'ROLLBACK_SUCCESSFUL' | 'ROLLBACK_FAILED',
  reason?: string,
): void {
  if (deployment.finishedAt !== undefined) return;
  setServiceDeploymentStatus(world, deployment, status, reason);
  const now = world.clock.now();
  deployment.startedAt ??= now;
  deployment.finishedAt = now;
  if (status === 'STOPPED') deployment.stoppedAt = now;
  if (deployment.breaker.status === 'MONITORING') deployment.breaker.status = 'MONITORING_COMPLETE';
  if (deployment.alarms.status === 'MONITORING') deployment.alarms.status = 'MONITORING_COMPLETE';
  leaveLifecycle(deployment);
  const counted = [deployment.target, ...deployment.sources];
  deployment.finalCounts = new Map(counted.map((each) => [each, countTasks(deployment.service, each)]));
}

/** The service deployment that is still going on, if there is one. */
export function findOngoing(service: EcsService): ServiceDeployment | undefined {
  const latest = service.serviceDeployments[0];
  return latest !== undefined && latest.finishedAt === undefined ? latest : undefined;
}

/** The tasks of a deployment. One that is no longer PRIMARY asks for no more than it still has. */
export function countTasks(service: EcsService, deployment: Deployment): TaskCounts {
  let live = 0;
  let running = 0;
  let pending = 0;
  for (const task of service.tasks) {
    if (task.deployment !== deployment) continue;
    if (task.desiredStatus === 'RUNNING') live += 1;
    if (task.lastStatus === 'RUNNING') running += 1;
    else if (isPending(task)) pending += 1;
  }
  const requested = deployment.status === 'PRIMARY' ? deployment.desiredCount : live;
  return { requested, running, pending };
}

/** Not yet RUNNING: what the API counts as pending. */
export function isPending({ lastStatus }: Task): boolean {
  return lastStatus === 'PROVISIONING' || lastStatus === 'PENDING' || lastStatus === 'ACTIVATING';
}

/** The deployment is no longer the newest: it gives way to another. */
export function retire(world: World, deployment: Deployment): void {
  deployment.status = 'ACTIVE';
  deployment.updatedAt = world.clock.now();
}

/** Nothing of its stages goes on any more. */
export function leaveLifecycle({ lifecycle }: ServiceDeployment): void {
  lifecycle?.timer?.cancel();
  for (const { timers } of lifecycle?.hooks ?? []) for (const timer of timers) timer.cancel();
}
