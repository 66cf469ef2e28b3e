import {
  DescribeServiceDeploymentsCommand,
  DescribeServiceRevisionsCommand,
  DescribeServicesCommand,
  type ECSClient,
  ListServiceDeploymentsCommand,
  StopServiceDeploymentCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { UserError } from '../message/user-error.ts';
import type {
  RolloutControl,
  RolloutObserver,
  ServiceRevisionReader,
  ServiceUpdate,
  StartedDeployment,
} from '../rollout/ports.ts';
import { attempt, awsFailureKind } from './aws-failure.ts';
import { callEcs } from './ecs-call.ts';
import {
  viewDeployment,
  viewService,
  viewServiceDeployment,
  viewServiceDeploymentBrief,
} from './ecs-views.ts';

/** Watches rollouts through the ECS API. */
export function createRolloutObserver(client: ECSClient): RolloutObserver {
  return {
    async describeServices(cluster, services) {
      const answer = await callEcs('DescribeServices', { cluster }, () =>
        client.send(new DescribeServicesCommand({ cluster, services: [...services] })),
      );
      return (answer.services ?? []).map(viewService);
    },
    async listServiceDeployments(cluster, service) {
      const answer = await callEcs('ListServiceDeployments', { cluster, service }, () =>
        client.send(new ListServiceDeploymentsCommand({ cluster, service })),
      );
      const briefs = (answer.serviceDeployments ?? []).map(viewServiceDeploymentBrief);
      return briefs.sort((a, b) => b.createdAt - a.createdAt);
    },
    async describeServiceDeployments(arns) {
      const answer = await attempt(`ecs:DescribeServiceDeployments on ${arns.join(', ')}`, () =>
        client.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [...arns] })),
      );
      return (answer.serviceDeployments ?? []).map(viewServiceDeployment);
    },
  };
}

/** Reads service revisions through the ECS API. */
export function createServiceRevisionReader(client: ECSClient): ServiceRevisionReader {
  return {
    async describeTaskDefinitionOf(arn) {
      const answer = await attempt(`ecs:DescribeServiceRevisions on ${arn}`, () =>
        client.send(new DescribeServiceRevisionsCommand({ serviceRevisionArns: [arn] })),
      );
      return answer.serviceRevisions?.[0]?.taskDefinition;
    },
  };
}

/** Starts rollouts and takes them back through the ECS API. It never sends a desired count. */
export function createRolloutControl(client: ECSClient): RolloutControl {
  return {
    async stopServiceDeployment(arn) {
      const command = new StopServiceDeploymentCommand({ serviceDeploymentArn: arn, stopType: 'ROLLBACK' });
      try {
        await client.send(command);
        return 'requested';
      } catch (error) {
        // ConflictException and its like: it has ended, so there is nothing left to stop.
        // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StopServiceDeployment.html#API_StopServiceDeployment_Errors
        if (awsFailureKind(error) === 'rejected') return 'refused';
        return attempt(`ecs:StopServiceDeployment on ${arn}`, () => Promise.reject(error));
      }
    },
    updateService: (update) => updateService(client, update),
  };
}

async function updateService(client: ECSClient, update: ServiceUpdate): Promise<StartedDeployment> {
  const { cluster, service, taskDefinitionArn, isForced } = update;
  const answer = await callEcs('UpdateService', { cluster, service }, () =>
    client.send(
      new UpdateServiceCommand({
        cluster,
        service,
        taskDefinition: taskDefinitionArn,
        ...(isForced ? { forceNewDeployment: true } : {}),
      }),
    ),
  );
  const primary = answer.service?.deployments?.find(({ status }) => status === 'PRIMARY');
  if (primary === undefined) {
    throw new UserError(
      'request-rejected',
      `ECS took the update of service ${service} but shows no deployment for it. Look at the service in the console.`,
    );
  }
  const { id, createdAt } = viewDeployment(primary);
  return { deploymentId: id, createdAt };
}
