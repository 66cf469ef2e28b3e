import {
  type ContainerDefinition,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  type ECSClient,
  ListTasksCommand,
} from '@aws-sdk/client-ecs';
import type { ContainerSettings, LogSettings, TaskReader } from '../rollout/ports.ts';
import { attempt } from './aws-failure.ts';
import { callEcs } from './ecs-call.ts';
import { viewTask } from './ecs-views.ts';

/** Reads the tasks of a service through the ECS API. */
export function createTaskReader(client: ECSClient): TaskReader {
  return {
    async listTasks(cluster, service, desiredStatus) {
      const arns: string[] = [];
      let nextToken: string | undefined;
      do {
        // `startedBy` must be the only filter, so tasks of one deployment are told apart after they are described.
        // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTasks.html
        const command = new ListTasksCommand({ cluster, serviceName: service, desiredStatus, nextToken });
        const answer = await callEcs('ListTasks', { cluster, service }, () => client.send(command));
        arns.push(...(answer.taskArns ?? []));
        nextToken = answer.nextToken;
      } while (nextToken !== undefined && nextToken !== '');
      return arns;
    },
    async describeTasks(cluster, arns) {
      if (arns.length === 0) return [];
      const answer = await callEcs('DescribeTasks', { cluster }, () =>
        client.send(new DescribeTasksCommand({ cluster, tasks: [...arns] })),
      );
      return (answer.tasks ?? []).map(viewTask);
    },
    async describeContainers(taskDefinitionArn) {
      const answer = await attempt(`ecs:DescribeTaskDefinition on ${taskDefinitionArn}`, () =>
        client.send(new DescribeTaskDefinitionCommand({ taskDefinition: taskDefinitionArn })),
      );
      const region = await client.config.region();
      return (answer.taskDefinition?.containerDefinitions ?? []).map((container) =>
        viewContainerSettings(container, region),
      );
    },
  };
}

function viewContainerSettings(container: ContainerDefinition, region: string): ContainerSettings {
  return {
    name: container.name ?? '',
    hasHealthCheck: container.healthCheck !== undefined,
    log: viewLogSettings(container.logConfiguration, region),
  };
}

/** Streams are named `prefix/container/task`; without a prefix they bear Docker's own ids, which ECS does not tell. */
function viewLogSettings(
  configuration: ContainerDefinition['logConfiguration'],
  region: string,
): LogSettings {
  if (configuration === undefined) return { driver: 'none' };
  const { logDriver, options = {} } = configuration;
  const group = options['awslogs-group'];
  const prefix = options['awslogs-stream-prefix'];
  if (logDriver !== 'awslogs' || group === undefined) return { driver: logDriver ?? 'none' };
  if (prefix === undefined) return { driver: `awslogs without awslogs-stream-prefix, group ${group}` };
  return { driver: 'awslogs', group, prefix, region: options['awslogs-region'] ?? region };
}
