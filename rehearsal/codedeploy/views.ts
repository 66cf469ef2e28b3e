import type { Json } from '../server/service.ts';
import type { CodeDeployDeployment, DeploymentGroup } from './state.ts';

/** https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_DeploymentInfo.html (status) */
export type DeploymentStatus = 'Created' | 'InProgress' | 'Ready' | 'Succeeded' | 'Failed' | 'Stopped';

/** What clients see: a deployment is not over before its time of completion has been noted. */
export function readStatus(deployment: CodeDeployDeployment): DeploymentStatus {
  const status = deriveStatus(deployment);
  const isUnnoted = deployment.completedAt === undefined && (status === 'Succeeded' || status === 'Failed');
  return isUnnoted ? 'InProgress' : status;
}

/** What its rollout has come to. */
export function deriveStatus(deployment: CodeDeployDeployment): DeploymentStatus {
  if (deployment.end !== undefined) return deployment.end.status;
  const status = deployment.rollout.status();
  if (deployment.rollsBack !== undefined) {
    return status === 'ROLLBACK_SUCCESSFUL'
      ? 'Succeeded'
      : status === 'ROLLBACK_FAILED'
        ? 'Failed'
        : 'InProgress';
  }
  if (status === 'PENDING') return 'Created';
  if (status === 'SUCCESSFUL') return 'Succeeded';
  return deployment.rollout.isPaused() ? 'Ready' : 'InProgress';
}

export function viewDeployment(deployment: CodeDeployDeployment): Json {
  const { group, rolledBackBy, rollsBack, end } = deployment;
  const isRollbackKnown = rolledBackBy !== undefined || rollsBack !== undefined;
  return {
    applicationName: group.application,
    deploymentGroupName: group.name,
    deploymentConfigName: group.deploymentConfigName,
    deploymentId: deployment.id,
    revision: deployment.revision,
    status: readStatus(deployment),
    errorInformation: end === undefined ? undefined : { code: end.error.code, message: end.error.message },
    createTime: new Date(deployment.createdAt),
    startTime: new Date(deployment.createdAt),
    completeTime: deployment.completedAt === undefined ? undefined : new Date(deployment.completedAt),
    description: deployment.description,
    creator: deployment.creator,
    ignoreApplicationStopFailures: false,
    updateOutdatedInstancesOnly: false,
    rollbackInfo: isRollbackKnown ? viewRollback(deployment) : undefined,
    instanceTerminationWaitTimeStarted: deployment.rollout.isAwaitingTermination(),
    ...viewConfiguration(group),
  };
}

function viewRollback({ rolledBackBy, rollsBack }: CodeDeployDeployment): Json {
  return {
    rollbackDeploymentId: rolledBackBy?.id,
    rollbackTriggeringDeploymentId: rollsBack?.id,
    // AWS publishes no list of these messages.
    rollbackMessage:
      rolledBackBy === undefined
        ? undefined
        : `A rollback deployment was created: ${rolledBackBy.id} (${readStatus(rolledBackBy)}).`,
  };
}

export function viewGroup(group: DeploymentGroup): Json {
  return {
    applicationName: group.application,
    deploymentGroupId: group.id,
    deploymentGroupName: group.name,
    deploymentConfigName: group.deploymentConfigName,
    serviceRoleArn: 'arn:aws:iam::123456789012:role/ecsCodeDeployRole',
    ecsServices: [{ serviceName: group.service, clusterName: group.cluster }],
    ...viewConfiguration(group),
  };
}

function viewConfiguration(group: DeploymentGroup): Json {
  const { readyWaitMinutes } = group;
  return {
    computePlatform: 'ECS',
    deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
    autoRollbackConfiguration: {
      enabled: group.isRolledBackOnFailure,
      events: group.isRolledBackOnFailure ? ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_REQUEST'] : [],
    },
    blueGreenDeploymentConfiguration: {
      terminateBlueInstancesOnDeploymentSuccess: {
        action: 'TERMINATE',
        terminationWaitTimeInMinutes: group.terminationWaitMinutes,
      },
      deploymentReadyOption:
        readyWaitMinutes === undefined
          ? { actionOnTimeout: 'CONTINUE_DEPLOYMENT', waitTimeInMinutes: 0 }
          : { actionOnTimeout: 'STOP_DEPLOYMENT', waitTimeInMinutes: readyWaitMinutes },
    },
  };
}
