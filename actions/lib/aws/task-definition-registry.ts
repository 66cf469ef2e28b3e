import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  type Service,
} from '@aws-sdk/client-ecs';
import { UserError } from '../message/user-error.ts';
import type { JsonObject } from '../taskdef/json-value.ts';
import type { RegisteredTaskDefinitions, ServiceName } from '../taskdef/registered.ts';
import { attempt, isAwsError } from './aws-failure.ts';
import { clientConfig } from './client-config.ts';

/** The task definitions of the account and region that the SDK finds in the environment. No call is made before a question. */
export function createRegisteredTaskDefinitions(): RegisteredTaskDefinitions {
  let client: ECSClient | undefined;
  const connect = (): ECSClient => {
    client ??= new ECSClient(clientConfig());
    return client;
  };
  return {
    async describe(reference) {
      const reply = await attempt(`ecs:DescribeTaskDefinition on ${reference}`, () =>
        connect()
          .send(new DescribeTaskDefinitionCommand({ taskDefinition: reference, include: ['TAGS'] }))
          .catch((error: unknown) => {
            throw isNotFound(error) ? notFound(reference, error) : error;
          }),
      );
      if (reply.taskDefinition === undefined) throw notFound(reference);
      // Through JSON, as dates and undefined members have no place in plain data.
      const taskDefinition = JSON.parse(JSON.stringify(reply.taskDefinition)) as JsonObject;
      return { taskDefinition, tags: (reply.tags ?? []).map(({ key = '', value = '' }) => ({ key, value })) };
    },
    async findOfService(name) {
      const service = await describeService(connect(), name);
      const taskDefinition = taskDefinitionOf(service);
      if (taskDefinition !== undefined) return taskDefinition;
      throw new UserError(
        'service-unsupported',
        `Service ${name.service} of cluster ${name.cluster} has no task definition of its own; name a family instead.`,
      );
    },
  };
}

async function describeService(client: ECSClient, { cluster, service }: ServiceName): Promise<Service> {
  const reply = await attempt(`ecs:DescribeServices on service ${service} of cluster ${cluster}`, () =>
    client.send(new DescribeServicesCommand({ cluster, services: [service] })).catch((error: unknown) => {
      if (!isAwsError(error, 'ClusterNotFoundException')) throw error;
      throw new UserError('cluster-not-found', `There is no cluster ${cluster} in this region and account.`, {
        cause: error,
      });
    }),
  );
  const found = reply.services?.[0];
  // A deleted service stays describable for a while as INACTIVE.
  // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteService.html
  if (found !== undefined && found.status !== 'INACTIVE') return found;
  throw new UserError('service-not-found', `There is no service ${service} in cluster ${cluster}.`);
}

// Under CODE_DEPLOY and EXTERNAL control the task sets hold it, not the service.
function taskDefinitionOf(service: Service): string | undefined {
  const taskSet = service.taskSets?.find(({ status }) => status === 'PRIMARY');
  return taskSet?.taskDefinition ?? service.taskDefinition;
}

// ECS has no error of its own for this: it answers `ClientException: Unable to describe task definition.`
function isNotFound(error: unknown): boolean {
  return (
    isAwsError(error, 'ClientException') &&
    /unable to describe task definition/i.test((error as Error).message)
  );
}

function notFound(reference: string, cause?: unknown): UserError {
  const isFamily = !reference.startsWith('arn:');
  const hint = isFamily ? ` If ${reference} is a file, write ./${reference}.` : '';
  return new UserError(
    'task-definition-not-found',
    `There is no task definition ${reference} in this region and account.${hint}`,
    cause === undefined ? {} : { cause },
  );
}
