import type { Rehearsal } from '../rehearsal.ts';
import type { Json } from '../server/service.ts';
import type { ServiceTraits } from './scenario.ts';

/** Where every scenario plays. */
export const CLUSTER = 'rehearsal';
export const SERVICE = 'web';

/** An application as its repository keeps it. */
export interface StagedApp {
  /** RegisterTaskDefinition's input; the image of its containers does not matter. */
  readonly taskDefinition: Json;
  /** The container that the load balancer talks to; by default the first one with a port. */
  readonly container?: string;
}

export interface StagedService {
  readonly cluster: string;
  readonly service: string;
  readonly targetGroupArn: string;
  /** The revision that runs before the deploy step. */
  readonly taskDefinitionArn: string;
  readonly deploymentId: string;
}

// From a registry that is not the rehearsal's, so that the old revision can always be pulled again.
const PREVIOUS_IMAGE = 'public.ecr.aws/docker/library/node:24-alpine';

const NETWORK = {
  awsvpcConfiguration: {
    subnets: ['subnet-0rehearsal0000000'],
    securityGroups: ['sg-0rehearsal0000000'],
    assignPublicIp: 'DISABLED',
  },
};

/** Puts a healthy service on stage: cluster, log groups, target group, and tasks that have been running for long. */
export function stageService(
  rehearsal: Rehearsal,
  app: StagedApp,
  traits: ServiceTraits = {},
): StagedService {
  const traited = addTraits(app.taskDefinition, traits, app.container);
  const containers = traited['containerDefinitions'] as Json[];
  const fronted = findFronted(containers, app.container);
  const port = readPort(fronted);
  for (const group of logGroups(containers)) rehearsal.logs.ensureGroup(group);
  const targetGroup = rehearsal.elb.createTargetGroup({ name: SERVICE, port });
  const taskDefinition: Json = {
    ...traited,
    containerDefinitions: containers.map((container) => ({ ...container, image: PREVIOUS_IMAGE })),
  };
  const seeded = rehearsal.ecs.seedService(CLUSTER, {
    serviceName: SERVICE,
    taskDefinition,
    desiredCount: traits.desiredCount ?? 2,
    launchType: 'FARGATE',
    ...(traits.codeDeploy === undefined ? {} : { deploymentController: { type: 'CODE_DEPLOY' } }),
    networkConfiguration: NETWORK,
    loadBalancers: [
      {
        targetGroupArn: targetGroup.arn,
        containerName: fronted?.['name'],
        containerPort: port,
        ...describeAlternate(rehearsal, port, traits),
      },
    ],
    healthCheckGracePeriodSeconds: traits.healthCheckGracePeriodSeconds ?? 0,
    deploymentConfiguration: {
      minimumHealthyPercent: 100,
      maximumPercent: 200,
      ...(traits.circuitBreaker === undefined ? {} : { deploymentCircuitBreaker: traits.circuitBreaker }),
      ...traits.deployment,
    },
  });
  if (traits.codeDeploy !== undefined) {
    rehearsal.codeDeploy.seedDeploymentGroup({
      application: `AppECS-${CLUSTER}-${SERVICE}`,
      name: `DgpECS-${CLUSTER}-${SERVICE}`,
      cluster: CLUSTER,
      service: SERVICE,
      ...traits.codeDeploy,
    });
  }
  return {
    cluster: CLUSTER,
    service: SERVICE,
    targetGroupArn: targetGroup.arn,
    taskDefinitionArn: seeded.taskDefinitionArn,
    deploymentId: seeded.deploymentId,
  };
}

/** An application's task definition with what the service's traits put into it. */
export function addTraits(taskDefinition: Json, traits: ServiceTraits, container?: string): Json {
  const { containerHealthCheck: healthCheck } = traits;
  if (healthCheck === undefined) return taskDefinition;
  const containers = taskDefinition['containerDefinitions'] as Json[];
  const fronted = findFronted(containers, container);
  return {
    ...taskDefinition,
    containerDefinitions: containers.map((each) => (each === fronted ? { ...each, healthCheck } : each)),
  };
}

function findFronted(containers: readonly Json[], container: string | undefined): Json | undefined {
  return containers.find(({ name, portMappings }) =>
    container === undefined ? hasPort(portMappings) : name === container,
  );
}

// Blue and green are registered in two target groups, between which listener rules shift the traffic.
function describeAlternate(
  rehearsal: Rehearsal,
  port: number,
  { deployment, codeDeploy }: ServiceTraits,
): Json {
  const isRolling = (deployment?.['strategy'] ?? 'ROLLING') === 'ROLLING';
  if (isRolling && codeDeploy === undefined) return {};
  const alternate = rehearsal.elb.createTargetGroup({ name: `${SERVICE}-alternate`, port });
  const rule = (name: string): string => alternate.arn.replace(':targetgroup/', `:listener-rule/${name}/`);
  return {
    advancedConfiguration: {
      alternateTargetGroupArn: alternate.arn,
      productionListenerRule: rule('production'),
      testListenerRule: rule('test'),
      roleArn: 'arn:aws:iam::123456789012:role/ecsInfrastructureRole',
    },
  };
}

function hasPort(portMappings: unknown): boolean {
  return Array.isArray(portMappings) && portMappings.length > 0;
}

function readPort(container: Json | undefined): number {
  const [mapping] = (container?.['portMappings'] as Json[] | undefined) ?? [];
  if (mapping === undefined) throw new Error('The rehearsal needs an application with a container port.');
  return Number(mapping['containerPort']);
}

function logGroups(containers: readonly Json[]): string[] {
  return containers.flatMap((container) => {
    const configuration = container['logConfiguration'] as { options?: Record<string, string> } | undefined;
    const group = configuration?.options?.['awslogs-group'];
    return group === undefined ? [] : [group];
  });
}
