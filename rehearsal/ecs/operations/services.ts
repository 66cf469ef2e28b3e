import type { Json, Operation } from '../../server/service.ts';
import {
  findActiveService,
  findCluster,
  findService,
  findUsableTaskDefinition,
  nameOf,
  paginate,
  readList,
  readTags,
} from '../lookup.ts';
import { startRollout } from '../rollout.ts';
import { createServiceSettings, updateServiceSettings } from '../service-settings.ts';
import type { Cluster, EcsService } from '../state.ts';
import { scaledIn } from '../stop-reasons.ts';
import type { TaskDefinition } from '../task-definition.ts';
import { stopTask } from '../task-stop.ts';
import { viewService } from '../views.ts';
import { invalidParameter, makeArn, type World } from '../world.ts';

/** Puts a service into the world without any deployment. */
export function addService(
  world: World,
  cluster: Cluster,
  input: Json,
  taskDefinition: TaskDefinition,
): EcsService {
  const name = input['serviceName'];
  if (typeof name !== 'string' || !/^[a-zA-Z0-9_-]{1,255}$/.test(name)) {
    throw invalidParameter('Invalid service name.');
  }
  const known = cluster.services.get(name);
  if (known?.status === 'ACTIVE') throw invalidParameter('Creation of service was not idempotent.');
  if (known?.status === 'DRAINING') {
    throw invalidParameter('Unable to Start a service that is still Draining.');
  }
  const service: EcsService = {
    name,
    arn: makeArn(world, `service/${cluster.name}/${name}`),
    cluster,
    createdAt: world.clock.now(),
    status: 'ACTIVE',
    desiredCount: readCount(input['desiredCount'] ?? 0),
    settings: createServiceSettings(world, input, taskDefinition),
    deployments: [],
    tasks: new Set(),
    events: [],
    serviceDeployments: [],
    lastCompleted: undefined,
    steady: false,
    stuck: false,
    nextLook: undefined,
    complaint: undefined,
    tags: readTags(input['tags']),
  };
  cluster.services.set(name, service);
  return service;
}

export function createServiceOperations(world: World): Record<string, Operation> {
  const answer = (service: EcsService): Json => ({
    service: viewService(service, world.clock.now(), true),
  });
  return {
    CreateService(input) {
      const cluster = findCluster(world, input);
      const taskDefinition = findUsableTaskDefinition(world, input['taskDefinition']);
      const service = addService(world, cluster, input, taskDefinition);
      startRollout(world, service, taskDefinition);
      return answer(service);
    },
    UpdateService(input) {
      const service = findActiveService(findCluster(world, input), input['service']);
      updateService(world, service, input);
      return answer(service);
    },
    DeleteService(input) {
      const service = findService(findCluster(world, input), input['service']);
      if (service.status === 'INACTIVE') return answer(service);
      if (service.desiredCount > 0 && input['force'] !== true) {
        throw invalidParameter('The service cannot be stopped while it is scaled above 0.');
      }
      deleteService(world, service);
      return answer(service);
    },
    DescribeServices(input) {
      const cluster = findCluster(world, input);
      const asked = readList(input, 'services', 10, 'Services');
      const include = (input['include'] as string[] | undefined) ?? [];
      const services: Json[] = [];
      const failures: Json[] = [];
      for (const each of asked) {
        const service = cluster.services.get(nameOf(each));
        if (service !== undefined) {
          services.push(viewService(service, world.clock.now(), include.includes('TAGS')));
        } else {
          const arn = makeArn(world, `service/${cluster.name}/${nameOf(each)}`);
          failures.push({ arn, reason: 'MISSING' });
        }
      }
      return { services, failures };
    },
    ListServices(input) {
      const active = [...findCluster(world, input).services.values()].filter(
        ({ status }) => status !== 'INACTIVE',
      );
      const { page, nextToken } = paginate(active, input, 10);
      return { serviceArns: page.map(({ arn }) => arn), nextToken };
    },
  };
}

/** Changes a service as UpdateService does, with a rollout where one is needed. */
export function updateService(world: World, service: EcsService, input: Json): void {
  const current = service.deployments[0]?.revision.taskDefinition;
  const asked = input['taskDefinition'];
  checkController(service, input);
  const taskDefinition =
    asked === undefined && current !== undefined ? current : findUsableTaskDefinition(world, asked);
  const { settings, startsRollout } = updateServiceSettings(world, service.settings, input, taskDefinition);
  const desiredCount =
    input['desiredCount'] === undefined ? service.desiredCount : readCount(input['desiredCount']);
  service.settings = settings;
  service.desiredCount = desiredCount;
  const primary = service.deployments[0];
  if (taskDefinition !== current || startsRollout || input['forceNewDeployment'] === true) {
    startRollout(world, service, taskDefinition);
  } else if (primary !== undefined && primary.desiredCount !== desiredCount) {
    primary.desiredCount = desiredCount;
    primary.updatedAt = world.clock.now();
    service.steady = false;
  }
  world.wake(service);
}

/** What only CodeDeploy, or whoever owns an EXTERNAL service, may change, with ECS's words for the refusal. */
const ownedByController: Readonly<Record<string, string>> = {
  taskDefinition: 'Unable to update task definition',
  networkConfiguration: 'Unable to update network parameters',
  loadBalancers: 'Unable to update load balancers',
  platformVersion: 'Unable to update platform version',
  forceNewDeployment: 'Cannot force a new deployment',
};

// The other controllers move their task sets themselves. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
function checkController(service: EcsService, input: Json): void {
  const { type } = service.settings.echo['deploymentController'] as { type: string };
  if (type === 'ECS') return;
  const hint = type === 'CODE_DEPLOY' ? ' Use AWS CodeDeploy to trigger a new deployment.' : '';
  for (const [member, words] of Object.entries(ownedByController)) {
    const isAsked = input[member] !== undefined && input[member] !== false;
    if (isAsked) throw invalidParameter(`${words} on services with a ${type} deployment controller.${hint}`);
  }
}

/** DRAINING until the last task is gone, then INACTIVE; its service deployments go with it. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteService.html */
function deleteService(world: World, service: EcsService): void {
  service.status = 'DRAINING';
  service.desiredCount = 0;
  for (const deployment of service.deployments) deployment.desiredCount = 0;
  for (const task of [...service.tasks]) stopTask(world, task, scaledIn(task.deployment?.id ?? ''));
  for (const { arn } of service.serviceDeployments) world.state.serviceDeployments.delete(arn);
  service.serviceDeployments.length = 0;
  world.wake(service);
}

function readCount(value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) {
    throw invalidParameter('desiredCount must be a whole number that is not negative.');
  }
  return value;
}
