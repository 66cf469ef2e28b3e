import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../server/service.ts';
import { readStrategy } from './deployment-strategy.ts';
import { readBreaker, readLoadBalancers, readPercent, requireNetwork } from './read-settings.ts';
import type { ServiceSettings } from './state.ts';
import type { TaskDefinition } from './task-definition.ts';
import { invalidParameter, type World } from './world.ts';

/** Members of UpdateService whose change starts a rollout. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/update-service-parameters.html */
const startingRollouts = [
  'capacityProviderStrategy',
  'enableExecuteCommand',
  'enableECSManagedTags',
  'loadBalancers',
  'networkConfiguration',
  'platformVersion',
  'propagateTags',
  'serviceConnectConfiguration',
  'serviceRegistries',
  'volumeConfigurations',
  'vpcLatticeConfigurations',
];

const echoed = [
  ...startingRollouts,
  'availabilityZoneRebalancing',
  'deploymentController',
  'launchType',
  'placementConstraints',
  'placementStrategy',
  'schedulingStrategy',
];

/** The settings of a new service, with ECS's defaults. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html */
export function createServiceSettings(
  world: World,
  input: Json,
  taskDefinition: TaskDefinition,
): ServiceSettings {
  const isFargate =
    input['launchType'] === 'FARGATE' ||
    (input['launchType'] === undefined &&
      input['capacityProviderStrategy'] === undefined &&
      taskDefinition.requiresFargate);
  const defaults: Json = {
    availabilityZoneRebalancing: 'ENABLED',
    deploymentController: { type: 'ECS' },
    enableECSManagedTags: false,
    enableExecuteCommand: false,
    loadBalancers: [],
    placementConstraints: [],
    placementStrategy: [],
    propagateTags: 'NONE',
    schedulingStrategy: 'REPLICA',
    serviceRegistries: [],
  };
  if (input['capacityProviderStrategy'] === undefined) defaults['launchType'] = isFargate ? 'FARGATE' : 'EC2';
  if (isFargate) {
    defaults['platformVersion'] = '1.4.0';
    defaults['platformFamily'] = 'Linux';
  }
  checkController(input);
  if (isFargate && !taskDefinition.requiresFargate) {
    throw invalidParameter('Task definition does not support launch_type FARGATE.');
  }
  const echo = { ...defaults, ...pick(input, echoed) };
  if (echo['platformVersion'] === 'LATEST') echo['platformVersion'] = '1.4.0';
  return readSettings(world, echo, input, taskDefinition);
}

/** The settings after UpdateService, and whether they ask for a rollout. */
export function updateServiceSettings(
  world: World,
  before: ServiceSettings,
  input: Json,
  taskDefinition: TaskDefinition,
): { readonly settings: ServiceSettings; readonly startsRollout: boolean } {
  const changes = pick(input, echoed);
  if (changes['platformVersion'] === 'LATEST') changes['platformVersion'] = '1.4.0';
  const startsRollout = startingRollouts.some(
    (member) => member in changes && !isDeepStrictEqual(changes[member], before.echo[member]),
  );
  const echo = { ...before.echo, ...changes };
  // A service has one or the other.
  if (changes['capacityProviderStrategy'] !== undefined) delete echo['launchType'];
  const settings = readSettings(
    world,
    echo,
    {
      healthCheckGracePeriodSeconds: before.healthCheckGracePeriodSeconds,
      ...input,
      deploymentConfiguration: mergeConfiguration(
        before.echo['deploymentConfiguration'] as Json,
        (input['deploymentConfiguration'] as Json | undefined) ?? {},
      ),
    },
    taskDefinition,
  );
  return { settings, startsRollout };
}

// What belongs to one strategy does not survive the change to another.
function mergeConfiguration(before: Json, changes: Json): Json {
  const merged = { ...before, ...changes };
  if (changes['strategy'] === undefined || changes['strategy'] === before['strategy']) return merged;
  for (const member of ['linearConfiguration', 'canaryConfiguration', 'earlySuccessCriteria']) {
    if (!(member in changes)) delete merged[member];
  }
  return merged;
}

function readSettings(
  world: World,
  echo: Json,
  input: Json,
  taskDefinition: TaskDefinition,
): ServiceSettings {
  const configuration = (input['deploymentConfiguration'] as Json | undefined) ?? {};
  const minimumHealthyPercent = readPercent(configuration['minimumHealthyPercent'], 100);
  const maximumPercent = readPercent(configuration['maximumPercent'], 200);
  if (maximumPercent < 100) throw invalidParameter('maximumPercent must be at least 100.');
  const breaker = readBreaker(configuration['deploymentCircuitBreaker'] as Json | undefined);
  const loadBalancers = readLoadBalancers(world, echo['loadBalancers'], taskDefinition);
  requireNetwork(taskDefinition, echo['networkConfiguration']);
  const hasTraffic = loadBalancers.length > 0 || echo['serviceConnectConfiguration'] !== undefined;
  const strategy = readStrategy(configuration, hasTraffic);
  return {
    loadBalancers,
    healthCheckGracePeriodSeconds: Number(input['healthCheckGracePeriodSeconds'] ?? 0),
    minimumHealthyPercent,
    maximumPercent,
    breaker,
    strategy,
    echo: {
      ...echo,
      deploymentConfiguration: {
        deploymentCircuitBreaker: {
          enable: breaker.enable,
          rollback: breaker.rollback,
          resetOnHealthyTask: breaker.resetOnHealthyTask,
          thresholdConfiguration: breaker.threshold,
        },
        maximumPercent,
        minimumHealthyPercent,
        alarms: configuration['alarms'] ?? { alarmNames: [], rollback: false, enable: false },
        strategy: strategy.kind,
        bakeTimeInMinutes: configuration['bakeTimeInMinutes'] ?? 0,
        ...pick(configuration, [
          'lifecycleHooks',
          'linearConfiguration',
          'canaryConfiguration',
          'earlySuccessCriteria',
        ]),
      },
    },
  };
}

function checkController(input: Json): void {
  const controller = (input['deploymentController'] as Json | undefined)?.['type'] ?? 'ECS';
  if (!['ECS', 'CODE_DEPLOY', 'EXTERNAL'].includes(String(controller))) {
    throw invalidParameter(`Invalid deployment controller type: ${String(controller)}`);
  }
}

function pick(input: Json, members: readonly string[]): Json {
  return Object.fromEntries(
    members.filter((member) => input[member] !== undefined).map((member) => [member, input[member]]),
  );
}
