import type { TaskSetRollout } from '../ecs/task-set-rollout.ts';
import type { Json } from '../server/service.ts';

/** A deployment group as somebody set it up, with the ECS service that it deploys to. */
export interface DeploymentGroupSeed {
  readonly application: string;
  readonly name: string;
  readonly cluster: string;
  readonly service: string;
  /** `CodeDeployDefault.ECSAllAtOnce`, `…ECSLinear10PercentEvery1Minutes`, `…ECSCanary10Percent5Minutes`, … */
  readonly deploymentConfigName?: string;
  /** How long the original tasks stay after traffic has moved; an hour in many groups. */
  readonly terminationWaitMinutes?: number;
  /** Waits so long for somebody to reroute traffic, and stops where nobody does. */
  readonly readyWaitMinutes?: number;
  readonly isRolledBackOnFailure?: boolean;
  /** CodeDeploy gives up on tasks that do not become healthy after an hour. */
  readonly timeoutMinutes?: number;
}

export interface DeploymentGroup extends Required<Omit<DeploymentGroupSeed, 'readyWaitMinutes'>> {
  readonly id: string;
  readonly readyWaitMinutes: number | undefined;
  /** Newest first. */
  readonly deployments: CodeDeployDeployment[];
}

export interface CodeDeployDeployment {
  /** `d-` and nine capital letters or digits. */
  readonly id: string;
  readonly group: DeploymentGroup;
  readonly revision: Json;
  readonly description: string | undefined;
  readonly creator: 'user' | 'codeDeployRollback';
  readonly createdAt: number;
  readonly rollout: TaskSetRollout;
  /** Set once it has failed or was stopped. */
  end:
    | { readonly status: 'Failed' | 'Stopped'; readonly error: DeploymentError; readonly at: number }
    | undefined;
  completedAt: number | undefined;
  /** The deployment that takes this one back, and the one that this one takes back. */
  rolledBackBy: CodeDeployDeployment | undefined;
  readonly rollsBack: CodeDeployDeployment | undefined;
}

/** https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_ErrorInformation.html */
export interface DeploymentError {
  readonly code: string;
  readonly message: string;
}
