import {
  type CloudFormationClient,
  DescribeStackDriftDetectionStatusCommand,
  DetectStackDriftCommand,
  paginateDescribeStackResourceDrifts,
} from '@aws-sdk/client-cloudformation';
import { DescribeServicesCommand, DescribeTaskDefinitionCommand, type ECSClient } from '@aws-sdk/client-ecs';
import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import type { AppNames } from '../config/names.ts';
import type { AppRevisions, DriftedResource } from './judge-drift.ts';

/** Lets CloudFormation compare a stack with the world; `wait` is the pause between two questions. */
export async function readStackDrift(
  client: CloudFormationClient,
  stack: string,
  wait: () => Promise<void>,
): Promise<DriftedResource[]> {
  const { StackDriftDetectionId: id } = await client.send(new DetectStackDriftCommand({ StackName: stack }));
  for (;;) {
    const { DetectionStatus, DetectionStatusReason } = await client.send(
      new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId: id }),
    );
    if (DetectionStatus === 'DETECTION_FAILED') {
      throw new Error(`Drift of ${stack} cannot be told: ${DetectionStatusReason}`);
    }
    if (DetectionStatus === 'DETECTION_COMPLETE') break;
    await wait();
  }
  const drifted: DriftedResource[] = [];
  const pages = paginateDescribeStackResourceDrifts(
    { client },
    { StackName: stack, StackResourceDriftStatusFilters: ['MODIFIED', 'DELETED'] },
  );
  for await (const { StackResourceDrifts = [] } of pages) {
    for (const drift of StackResourceDrifts) {
      drifted.push({
        stack,
        id: drift.LogicalResourceId ?? '',
        type: drift.ResourceType ?? '',
        status: drift.StackResourceDriftStatus === 'DELETED' ? 'DELETED' : 'MODIFIED',
        paths: (drift.PropertyDifferences ?? []).map(({ PropertyPath = '' }) => PropertyPath),
      });
    }
  }
  return drifted;
}

export interface RevisionClients {
  readonly ecs: ECSClient;
  readonly ssm: SSMClient;
}

/** Three answers to "which revision is it?", which must agree. */
export async function readAppRevisions(clients: RevisionClients, names: AppNames): Promise<AppRevisions> {
  const { services = [] } = await clients.ecs.send(
    new DescribeServicesCommand({ cluster: names.cluster, services: [names.service] }),
  );
  const { taskDefinition } = await clients.ecs.send(
    new DescribeTaskDefinitionCommand({ taskDefinition: names.family }),
  );
  return {
    app: names.service,
    running: services[0]?.taskDefinition,
    newest: taskDefinition?.taskDefinitionArn,
    recorded: await readRecord(clients.ssm, `${names.parameterPrefix}/deployed/task-definition-arn`),
  };
}

/** Nothing is recorded before the first deployment. */
async function readRecord(ssm: SSMClient, name: string): Promise<string | undefined> {
  try {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: name }));
    return Parameter?.Value;
  } catch (error) {
    if (error instanceof Error && error.name === 'ParameterNotFound') return undefined;
    throw error;
  }
}
