import type { Clock } from '../clock/clock.ts';
import type { TaskSetRollout } from '../ecs/task-set-rollout.ts';
import type { Json } from '../server/service.ts';
import type { CodeDeployDeployment, DeploymentError, DeploymentGroup } from './state.ts';
import { deriveStatus } from './views.ts';

export interface LifeOfDeployments {
  begin(
    group: DeploymentGroup,
    rollout: TaskSetRollout,
    made: { readonly revision: Json; readonly description: string | undefined },
  ): CodeDeployDeployment;
  /** Ends a deployment that is under way; with a rollback, a second deployment takes the first one back. */
  end(
    deployment: CodeDeployDeployment,
    status: 'Failed' | 'Stopped',
    error: DeploymentError,
    isRolledBack?: boolean,
  ): void;
}

const LOOK_MILLISECONDS = 1000;

export function createLifeOfDeployments(
  clock: Clock,
  newId: () => string,
  deployments: Map<string, CodeDeployDeployment>,
): LifeOfDeployments {
  function open(
    group: DeploymentGroup,
    rollout: TaskSetRollout,
    made: Pick<CodeDeployDeployment, 'revision' | 'description' | 'creator' | 'rollsBack'>,
  ): CodeDeployDeployment {
    const opened: CodeDeployDeployment = {
      id: newId(),
      group,
      rollout,
      ...made,
      createdAt: clock.now(),
      end: undefined,
      completedAt: undefined,
      rolledBackBy: undefined,
    };
    group.deployments.unshift(opened);
    deployments.set(opened.id, opened);
    watch(opened);
    return opened;
  }

  /** Notes when it is over, and gives it up when its tasks take too long. */
  function watch(deployment: CodeDeployDeployment): void {
    clock.after(LOOK_MILLISECONDS, () => {
      const status = deriveStatus(deployment);
      if (status !== 'Created' && status !== 'InProgress' && status !== 'Ready') {
        deployment.completedAt ??= clock.now();
        return;
      }
      // The hook that stands for the wait before traffic moves has timed out.
      if (deployment.rollsBack === undefined && deployment.rollout.status().startsWith('ROLLBACK_')) {
        end(deployment, 'Stopped', readyTimeout);
        return;
      }
      const { timeoutMinutes } = deployment.group;
      const isLate = clock.now() - deployment.createdAt >= timeoutMinutes * 60_000;
      const isStarting = deployment.rollsBack === undefined && !deployment.rollout.isAwaitingTermination();
      if (isLate && isStarting && status === 'InProgress') {
        end(deployment, 'Failed', timeout(timeoutMinutes));
        return;
      }
      watch(deployment);
    });
  }

  function end(
    deployment: CodeDeployDeployment,
    status: 'Failed' | 'Stopped',
    error: DeploymentError,
    isRolledBack = deployment.group.isRolledBackOnFailure,
  ): void {
    if (deployment.end !== undefined) return;
    deployment.end = { status, error, at: clock.now() };
    deployment.completedAt = clock.now();
    deployment.rollout.stop(isRolledBack);
    if (!isRolledBack || deployment.rollsBack !== undefined) return;
    deployment.rolledBackBy = open(deployment.group, deployment.rollout, {
      revision: deployment.revision,
      description: undefined,
      creator: 'codeDeployRollback',
      rollsBack: deployment,
    });
  }

  return {
    begin: (group, rollout, made) => open(group, rollout, { ...made, creator: 'user', rollsBack: undefined }),
    end,
  };
}

const readyTimeout: DeploymentError = {
  code: 'TIMEOUT',
  message: 'The deployment was stopped because traffic was not rerouted within the specified wait time.',
};

// The sentence is CodeDeploy's own, as many users quote it; its code is not in any list that AWS publishes for ECS.
function timeout(minutes: number): DeploymentError {
  return {
    code: 'TIMEOUT',
    message: `The deployment timed out while waiting for the replacement task set to become healthy. This time out period is ${minutes} minutes.`,
  };
}
