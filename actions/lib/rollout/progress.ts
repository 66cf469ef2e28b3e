import { isoTime } from '../message/duration.ts';
import { cleanRemoteLine } from '../message/remote-text.ts';
import { classifyStop } from './failure-group.ts';
import { ownEvents } from './gather.ts';
import { taskDefinitionName } from './rollout.ts';
import { findPause, type ServiceDeploymentState } from './service-deployment.ts';
import { primaryDeployment } from './service-state.ts';
import { isRestoring, ownStoppedTasks, type Watch } from './watch.ts';

/** What a person reads while waiting: `3/4 tasks running web:42, 1 starting, 0 failed (service deployment IN_PROGRESS)`. */
export function sayProgress(watch: Watch): string {
  const { service, serviceDeployment } = watch.snapshot;
  const { phase } = watch.judgement.kind === 'waiting' ? watch.judgement : { phase: undefined };
  const status =
    isRestoring(watch) || serviceDeployment === undefined
      ? ''
      : ` (service deployment ${cleanRemoteLine(serviceDeployment.status)}${sayStage(serviceDeployment)})`;
  if (phase === 'draining') return 'successful; the tasks before it still stop';
  if (phase === 'rolling-back' || isRestoring(watch)) return `${sayRollback(watch)}${status}`;
  const ours = service?.deployments.find(({ id }) => id === watch.rollout.deploymentId);
  const counts = ours ?? {
    runningCount: serviceDeployment?.runningCount,
    desiredCount: serviceDeployment?.requestedCount,
    pendingCount: serviceDeployment?.pendingCount,
  };
  const version = taskDefinitionName(watch.rollout.taskDefinitionArn);
  if (counts.desiredCount === undefined) return `waiting for ${version} to show up${status}`;
  const pause =
    phase === 'paused' && serviceDeployment !== undefined ? `, ${sayPause(serviceDeployment)}` : '';
  const failed = ownStoppedTasks(watch).filter((task) => classifyStop(task) === 'failure').length;
  return `${counts.runningCount ?? 0}/${counts.desiredCount} tasks running ${version}, ${counts.pendingCount ?? 0} starting, ${Math.max(failed, ours?.failedTasks ?? 0)} failed${pause}${status}`;
}

/** `, BAKE_TIME, 10% of traffic`. */
function sayStage({ lifecycleStage, productionTrafficPercent }: ServiceDeploymentState): string {
  const stage = lifecycleStage === undefined ? '' : `, ${cleanRemoteLine(lifecycleStage)}`;
  return `${stage}${productionTrafficPercent === undefined ? '' : `, ${productionTrafficPercent}% of traffic`}`;
}

/** `paused at POST_TEST_TRAFFIC_SHIFT until 2026-11-20T09:00:00.000Z, when ECS rolls it back (hook …)`. */
export function sayPause(state: ServiceDeploymentState): string {
  const pause = findPause(state);
  const stage = state.lifecycleStage === undefined ? '' : ` at ${cleanRemoteLine(state.lifecycleStage)}`;
  const until = pause?.expiresAt === undefined ? '' : ` until ${isoTime(pause.expiresAt)}`;
  const then = pause?.timeoutAction === 'CONTINUE' ? 'when ECS goes on by itself' : 'when ECS rolls it back';
  const hook = pause === undefined ? '' : ` (hook ${cleanRemoteLine(pause.id)})`;
  return `paused${stage}${until === '' ? '' : `${until}, ${then}`}${hook}`;
}

function sayRollback(watch: Watch): string {
  const { service } = watch.snapshot;
  const primary = service === undefined ? undefined : primaryDeployment(service);
  const isBack = primary !== undefined && primary.id !== watch.rollout.deploymentId;
  const target = isBack ? primary.taskDefinitionArn : watch.rollout.previousTaskDefinitionArn;
  const name = target === undefined ? 'the previous version' : taskDefinitionName(target);
  const counts = isBack ? `: ${primary.runningCount}/${primary.desiredCount} tasks running` : '';
  return `rolling back to ${name}${counts}`;
}

/** The service's events since our deployment that were not said yet, oldest first. */
export function takeNewEvents(watch: Watch): string[] {
  const fresh = ownEvents(watch).filter(({ id }) => !watch.saidEvents.has(id));
  for (const { id } of fresh) watch.saidEvents.add(id);
  return fresh.map(({ message }) => message.replace(`(service ${watch.rollout.service}) `, ''));
}
