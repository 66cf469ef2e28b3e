import type { Clock } from '../clock/clock.ts';
import type { EcsControl } from '../ecs/control.ts';
import { createRandom } from '../ecs/ids.ts';
import { AwsError, type Json, type Service } from '../server/service.ts';
import { readTaskDefinitionArn } from './app-spec.ts';
import { readDeploymentConfig } from './deployment-config.ts';
import { createLifeOfDeployments, type LifeOfDeployments } from './life.ts';
import type { CodeDeployDeployment, DeploymentError, DeploymentGroup, DeploymentGroupSeed } from './state.ts';
import { readStatus, viewDeployment, viewGroup } from './views.ts';

export interface CodeDeploy {
  readonly service: Service;
  seedDeploymentGroup(seed: DeploymentGroupSeed): void;
  /** Something beyond the tasks makes a deployment fail: an alarm, a hook, a missing permission. */
  fail(deploymentId: string, error: DeploymentError): void;
}

interface World {
  readonly clock: Clock;
  readonly ecs: EcsControl;
  readonly groups: DeploymentGroup[];
  readonly deployments: Map<string, CodeDeployDeployment>;
  readonly life: LifeOfDeployments;
}

/** CodeDeploy for ECS: https://docs.aws.amazon.com/codedeploy/latest/APIReference/ */
export function createCodeDeploy(options: {
  readonly clock: Clock;
  readonly ecs: EcsControl;
  readonly seed: number;
}): CodeDeploy {
  const next = createRandom(options.seed);
  const deployments = new Map<string, CodeDeployDeployment>();
  const newId = (): string => {
    let text = '';
    while (text.length < 9) text += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'.charAt(next() % 36);
    return `d-${text}`;
  };
  const life = createLifeOfDeployments(options.clock, newId, deployments);
  const world: World = { clock: options.clock, ecs: options.ecs, groups: [], deployments, life };
  return {
    service: {
      signingName: 'codedeploy',
      protocol: { kind: 'json', targetPrefix: 'CodeDeploy_20141006' },
      operations: {
        GetDeploymentGroup: (input) => ({ deploymentGroupInfo: viewGroup(findGroup(world, input)) }),
        CreateDeployment: (input) => createDeployment(world, input),
        GetDeployment: (input) => ({ deploymentInfo: viewDeployment(findDeployment(world, input)) }),
        ListDeployments: (input) => ({
          deployments: findGroup(world, input).deployments.map(({ id }) => id),
        }),
        StopDeployment: (input) => stopDeployment(world, input),
        ContinueDeployment: (input) => continueDeployment(world, input),
      },
    },
    seedDeploymentGroup(seed) {
      world.groups.push({
        deploymentConfigName: 'CodeDeployDefault.ECSAllAtOnce',
        terminationWaitMinutes: 5,
        readyWaitMinutes: undefined,
        isRolledBackOnFailure: true,
        timeoutMinutes: 60,
        ...seed,
        id: `${world.groups.length + 1}`.padStart(8, '0').concat('-0000-4000-8000-000000000000'),
        deployments: [],
      });
    },
    fail(deploymentId, error) {
      life.end(findDeployment(world, { deploymentId }), 'Failed', error);
    },
  };
}

function findGroup({ groups }: World, input: Json): DeploymentGroup {
  const { applicationName, deploymentGroupName } = input;
  const ofApplication = groups.filter(({ application }) => application === applicationName);
  if (ofApplication.length === 0) {
    throw new AwsError(
      'ApplicationDoesNotExistException',
      `No application found for name: ${String(applicationName)}`,
    );
  }
  const found = ofApplication.find(({ name }) => name === deploymentGroupName);
  if (found === undefined) {
    throw new AwsError(
      'DeploymentGroupDoesNotExistException',
      `No Deployment Group found for name: ${String(deploymentGroupName)}`,
    );
  }
  return found;
}

function findDeployment({ deployments }: World, { deploymentId }: Json): CodeDeployDeployment {
  const found = deployments.get(String(deploymentId));
  if (found !== undefined) return found;
  throw new AwsError(
    'DeploymentDoesNotExistException',
    `The deployment ${String(deploymentId)} could not be found`,
  );
}

function createDeployment(world: World, input: Json): Json {
  const group = findGroup(world, input);
  const active = group.deployments.find((each) => isActive(each));
  if (active !== undefined) {
    throw new AwsError(
      'DeploymentLimitExceededException',
      `The Deployment Group '${group.name}' already has an active Deployment '${active.id}'`,
    );
  }
  const revision = (input['revision'] as Json | undefined) ?? {};
  const rollout = world.ecs.startTaskSetRollout({
    cluster: group.cluster,
    service: group.service,
    taskDefinition: readTaskDefinitionArn(revision),
    strategy: readDeploymentConfig({
      ...group,
      deploymentConfigName: String(input['deploymentConfigName'] ?? group.deploymentConfigName),
    }),
  });
  const { id } = world.life.begin(group, rollout, {
    revision,
    description: input['description'] as string | undefined,
  });
  return { deploymentId: id };
}

// "Only deployments that are Created, InProgress, or Ready can be stopped", others have completed already:
// https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_StopDeployment.html
function stopDeployment(world: World, input: Json): Json {
  const deployment = findDeployment(world, input);
  if (!isActive(deployment)) {
    throw new AwsError(
      'DeploymentAlreadyCompletedException',
      `The deployment ${deployment.id} is already completed with status ${readStatus(deployment)}.`,
    );
  }
  const isRolledBack = input['autoRollbackEnabled'] ?? deployment.group.isRolledBackOnFailure;
  world.life.end(
    deployment,
    'Stopped',
    { code: 'MANUAL_STOP', message: 'The deployment was stopped at the request of a user.' },
    isRolledBack === true,
  );
  return { status: 'Pending', statusMessage: 'Stopping the deployment.' };
}

function continueDeployment(world: World, input: Json): Json {
  const deployment = findDeployment(world, input);
  if (!deployment.rollout.isPaused()) {
    throw new AwsError(
      'DeploymentIsNotInReadyStateException',
      `The deployment ${deployment.id} does not wait for its traffic to be rerouted.`,
    );
  }
  deployment.rollout.resume();
  return {};
}

function isActive(deployment: CodeDeployDeployment): boolean {
  return ['Created', 'InProgress', 'Ready'].includes(readStatus(deployment));
}
