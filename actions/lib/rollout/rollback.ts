import { openJudge } from './judgement.ts';
import { taskDefinitionName } from './rollout.ts';
import { deploymentIdOf } from './service-deployment.ts';
import { primaryDeployment } from './service-state.ts';
import type { Wait } from './wait-context.ts';
import { ownServiceDeployment, type RollbackState, type Watch } from './watch.ts';

/**
 * Asks ECS to roll the rollout back, or puts the previous version back where that cannot be asked.
 *
 * @throws UserError when AWS refuses for another reason than missing permission; the next look tries again
 */
export async function rollBack(wait: Wait, watch: Watch): Promise<RollbackState> {
  const arn = watch.rollout.serviceDeploymentArn ?? (await findServiceDeployment(wait, watch));
  if (arn !== undefined) {
    const answer = await wait.access.try('rollback', () => wait.ports.control.stopServiceDeployment(arn));
    if (answer === 'refused') return 'refused';
    if (answer === 'requested') {
      watch.judging = { ...watch.judging, rollbackRequested: true };
      return 'requested';
    }
  }
  const isRollingOut = await isStillRollingOut(wait, watch);
  if (isRollingOut === undefined) return 'impossible';
  return isRollingOut ? restore(wait, watch) : 'refused';
}

/** Unlike a stop call, an update would also undo what has completed since the last look. Undefined where that cannot be seen. */
async function isStillRollingOut({ access, ports }: Wait, watch: Watch): Promise<boolean | undefined> {
  const { cluster, service, deploymentId } = watch.rollout;
  const states = await access.try('services', () => ports.observer.describeServices(cluster, [service]));
  const primary = states?.[0] === undefined ? undefined : primaryDeployment(states[0]);
  return primary && primary.id === deploymentId && primary.rolloutState !== 'COMPLETED';
}

async function findServiceDeployment(wait: Wait, watch: Watch): Promise<string | undefined> {
  const { cluster, service, deploymentId } = watch.rollout;
  const listed = await wait.access.try('service-deployments', () =>
    wait.ports.observer.listServiceDeployments(cluster, service),
  );
  return listed?.find(({ targetRevisionArn }) => deploymentIdOf(targetRevisionArn) === deploymentId)?.arn;
}

/** Puts the service on its previous task definition by a deployment of its own, which the judge follows from now on. */
export async function restore(wait: Wait, watch: Watch): Promise<RollbackState> {
  const { cluster, service, taskDefinitionArn, previousTaskDefinitionArn: previous } = watch.rollout;
  if (previous === undefined || previous === taskDefinitionArn) return 'impossible';
  const started = await wait.access.try('update', () =>
    wait.ports.control.updateService({ cluster, service, taskDefinitionArn: previous, isForced: false }),
  );
  if (started === undefined) return 'impossible';
  wait.say(watch, `putting the service back on ${taskDefinitionName(previous)}`);
  watch.failedServiceDeployment = ownServiceDeployment(watch);
  watch.judging = openJudge({
    cluster,
    service,
    deploymentId: started.deploymentId,
    createdAt: started.createdAt,
    serviceDeploymentArn: undefined,
    taskDefinitionArn: previous,
    previousTaskDefinitionArn: undefined,
  });
  watch.snapshot = { ...watch.snapshot, serviceDeployment: undefined, laterServiceDeployment: undefined };
  return 'requested';
}
