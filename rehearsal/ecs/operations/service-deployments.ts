import { AwsError, type Json, type Operation } from '../../server/service.ts';
import { findCluster, findService, paginate, readList } from '../lookup.ts';
import { abortRollout, requestRollback } from '../rollback.ts';
import {
  viewServiceDeployment,
  viewServiceDeploymentBrief,
  viewServiceRevision,
} from '../service-deployment-views.ts';
import type { ServiceDeployment } from '../state.ts';
import { usesTaskSets } from '../task-set-rollout.ts';
import { invalidParameter, type World } from '../world.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html */
export function createServiceDeploymentOperations(world: World): Record<string, Operation> {
  const find = (arn: string): ServiceDeployment | undefined => {
    const found = world.state.serviceDeployments.get(arn);
    if (found === undefined || usesTaskSets(found.service)) return undefined;
    return found.visibleAt <= world.clock.now() ? found : undefined;
  };
  return {
    ListServiceDeployments(input) {
      const service = findService(findCluster(world, input), input['service']);
      // Only ECS's own deployments have a record.
      if (usesTaskSets(service)) return { serviceDeployments: [] };
      const statuses = input['status'] as string[] | undefined;
      const createdAt = input['createdAt'] as { after?: number; before?: number } | undefined;
      const found = service.serviceDeployments.filter((each) => {
        if (each.visibleAt > world.clock.now()) return false;
        if (statuses !== undefined && statuses.length > 0 && !statuses.includes(each.status)) return false;
        const seconds = each.createdAt / 1000;
        return seconds >= (createdAt?.after ?? -Infinity) && seconds <= (createdAt?.before ?? Infinity);
      });
      const { page, nextToken } = paginate(found, input, 20);
      return { serviceDeployments: page.map(viewServiceDeploymentBrief), nextToken };
    },
    DescribeServiceDeployments(input) {
      const asked = readList(input, 'serviceDeploymentArns', 20, 'serviceDeploymentArns');
      const serviceDeployments: Json[] = [];
      const failures: Json[] = [];
      for (const arn of asked) {
        const found = find(arn);
        if (found === undefined) failures.push({ arn, reason: 'MISSING' });
        else serviceDeployments.push(viewServiceDeployment(found));
      }
      return { serviceDeployments, failures };
    },
    DescribeServiceRevisions(input) {
      const asked = readList(input, 'serviceRevisionArns', 20, 'serviceRevisionArns');
      const serviceRevisions: Json[] = [];
      const failures: Json[] = [];
      for (const arn of asked) {
        const found = world.state.serviceRevisions.get(arn);
        if (found === undefined) failures.push({ arn, reason: 'MISSING' });
        else serviceRevisions.push(viewServiceRevision(found));
      }
      return { serviceRevisions, failures };
    },
    ContinueServiceDeployment: (input) => continueServiceDeployment(world, input, find),
    StopServiceDeployment(input) {
      const arn = input['serviceDeploymentArn'];
      if (typeof arn !== 'string' || arn === '')
        throw invalidParameter('serviceDeploymentArn cannot be empty.');
      const deployment = find(arn);
      if (deployment === undefined) {
        throw new AwsError('ServiceDeploymentNotFoundException', 'The service deployment was not found.');
      }
      stopServiceDeployment(world, deployment, input['stopType'] ?? 'ROLLBACK');
      return { serviceDeploymentArn: arn };
    },
  };
}

/**
 * Only a pause hook that is AWAITING_ACTION can be continued, in a deployment that is IN_PROGRESS.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/continue-service-deployment.html
 */
function continueServiceDeployment(
  world: World,
  input: Json,
  find: (arn: string) => ServiceDeployment | undefined,
): Json {
  const { serviceDeploymentArn: arn, hookId } = input;
  const action = input['action'] ?? 'CONTINUE';
  if (typeof arn !== 'string' || arn === '') throw invalidParameter('serviceDeploymentArn cannot be empty.');
  if (typeof hookId !== 'string' || hookId === '') throw invalidParameter('hookId cannot be empty.');
  if (action !== 'CONTINUE' && action !== 'ROLLBACK') {
    throw invalidParameter(`Invalid lifecycle hook action: ${String(action)}`);
  }
  const deployment = find(arn);
  if (deployment === undefined) {
    throw new AwsError('ServiceDeploymentNotFoundException', 'The service deployment was not found.');
  }
  const paused = world.paused.get(hookId);
  if (paused?.deployment !== deployment) {
    throw invalidParameter(`The lifecycle hook ${hookId} was not found in the service deployment.`);
  }
  if (paused.run.status !== 'AWAITING_ACTION' || deployment.status !== 'IN_PROGRESS') {
    throw invalidParameter(`The lifecycle hook ${hookId} is not awaiting an action.`);
  }
  paused.answer(action);
  return { serviceDeploymentArn: arn };
}

// Which state leads where: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stop-service-deployment.html
function stopServiceDeployment(world: World, deployment: ServiceDeployment, stopType: unknown): void {
  if (stopType !== 'ROLLBACK' && stopType !== 'ABORT') {
    throw invalidParameter(`Invalid stop type: ${String(stopType)}`);
  }
  switch (deployment.status) {
    case 'PENDING':
    case 'IN_PROGRESS':
      if (stopType === 'ROLLBACK') requestRollback(world, deployment);
      else abortRollout(world, deployment);
      return;
    case 'STOP_REQUESTED':
    case 'ROLLBACK_REQUESTED':
    case 'ROLLBACK_IN_PROGRESS':
      return;
    case 'SUCCESSFUL':
    case 'STOPPED':
    case 'ROLLBACK_SUCCESSFUL':
    case 'ROLLBACK_FAILED':
      throw new AwsError(
        'ConflictException',
        `The service deployment cannot be stopped because it is in ${deployment.status} state.`,
      );
  }
}
