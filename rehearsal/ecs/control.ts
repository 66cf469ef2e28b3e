import { AwsError, type Json } from '../server/service.ts';
import { setAlarm } from './alarms.ts';
import { type DeploymentFacts, readDeploymentFacts } from './deployment-facts.ts';
import type { HookRule } from './hook-outcome.ts';
import { findActiveService, findCluster, findService, findUsableTaskDefinition } from './lookup.ts';
import { ensureCluster } from './operations/clusters.ts';
import { addService, updateService } from './operations/services.ts';
import type { OutcomeRule } from './outcome.ts';
import { registerTaskDefinition } from './register-task-definition.ts';
import { completeRollout, openDeployment } from './rollout.ts';
import type { EcsService } from './state.ts';
import type { StrategySettings } from './strategy-settings.ts';
import { placeRunningTask } from './task-life.ts';
import { startTaskSetRollout, type TaskSetRollout } from './task-set-rollout.ts';
import type { AlarmState, StartedDeployment, World } from './world.ts';

/** The hand behind the scenes: everything that is done to the rehearsal's ECS other than through its API. */
export interface EcsControl {
  /** From now on asked before the rules that are already there. */
  scriptOutcome(rule: OutcomeRule): void;
  /** Told of every rollout that CreateService or UpdateService starts; the answer ends it. */
  onDeployment(listener: (started: StartedDeployment) => void): () => void;
  ensureCluster(name: string): void;
  /** A service that has been running for long: all its tasks healthy, its deployment COMPLETED. `input` is CreateService's. */
  seedService(clusterName: string, input: Json): SeededService;
  /** Somebody else's deployment: the PRIMARY's task definition registered anew, and rolled out. */
  deployRival(clusterName: string, serviceName: string): { readonly deploymentId: string };
  /** From now on asked, before the rules that are already there, what becomes of a Lambda lifecycle hook. */
  scriptHook(rule: HookRule): void;
  /** A CloudWatch alarm changes its state. */
  setAlarm(name: string, state: AlarmState): void;
  /** CodeDeploy's hand: rolls a task definition out beside what a service of its own runs. */
  startTaskSetRollout(request: {
    readonly cluster: string;
    readonly service: string;
    readonly taskDefinition: string;
    readonly strategy: StrategySettings;
  }): TaskSetRollout;
  /** What really became of a deployment, whatever the API says of it. */
  readDeployment(deploymentId: string): DeploymentFacts | undefined;
}

export interface SeededService {
  readonly serviceArn: string;
  readonly deploymentId: string;
  readonly taskDefinitionArn: string;
}

export function createControl(world: World): EcsControl {
  return {
    scriptOutcome: (rule) => void world.rules.push(rule),
    onDeployment(listener) {
      world.deploymentListeners.add(listener);
      return () => void world.deploymentListeners.delete(listener);
    },
    ensureCluster: (name) => void ensureCluster(world, name),
    seedService: (clusterName, input) => seedService(world, clusterName, input),
    deployRival(clusterName, serviceName) {
      const service = findService(findCluster(world, { cluster: clusterName }), serviceName);
      const taskDefinition = registerTaskDefinition(world, reusable(service));
      updateService(world, service, { taskDefinition: taskDefinition.arn });
      return { deploymentId: service.deployments[0]?.id ?? '' };
    },
    scriptHook: (rule) => void world.hookRules.push(rule),
    setAlarm: (name, state) => setAlarm(world, name, state),
    startTaskSetRollout(request) {
      const service = findActiveService(findCluster(world, { cluster: request.cluster }), request.service);
      const taskDefinition = findUsableTaskDefinition(world, request.taskDefinition);
      return startTaskSetRollout(world, service, taskDefinition, request.strategy);
    },
    readDeployment: (deploymentId) => readDeploymentFacts(world, deploymentId),
  };
}

const DAY_MILLISECONDS = 86_400_000;

function seedService(present: World, clusterName: string, input: Json): SeededService {
  // Everything about it happened a day ago.
  const { clock } = present;
  const world: World = {
    ...present,
    clock: { now: () => clock.now() - DAY_MILLISECONDS, after: (delay, task) => clock.after(delay, task) },
  };
  const cluster = ensureCluster(world, clusterName);
  const taskDefinition = registerTaskDefinition(world, input['taskDefinition'] as Json);
  const service = addService(world, cluster, input, taskDefinition);
  const deployment = openDeployment(world, service, taskDefinition);
  for (let attempt = 1; attempt <= service.desiredCount; attempt += 1) {
    deployment.attempts = attempt;
    placeRunningTask(world, {
      cluster,
      taskDefinition,
      group: `service:${service.name}`,
      startedBy: deployment.id,
      attempt,
      service,
      deployment,
    });
  }
  completeRollout(world, service, deployment, true);
  return {
    serviceArn: service.arn,
    deploymentId: deployment.id,
    taskDefinitionArn: taskDefinition.arn,
  };
}

/** The PRIMARY's task definition as RegisterTaskDefinition takes it. */
function reusable(service: EcsService): Json {
  const primary = service.deployments[0];
  // Deleted: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html#API_UpdateService_Errors
  if (primary === undefined) throw new AwsError('ServiceNotActiveException', 'Service was not ACTIVE.');
  const description: Json = { ...primary.revision.taskDefinition.description };
  for (const member of [
    'taskDefinitionArn',
    'revision',
    'requiresAttributes',
    'compatibilities',
    'registeredAt',
    'registeredBy',
  ]) {
    delete description[member];
  }
  return description;
}
