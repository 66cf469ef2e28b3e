import type { Json } from '../server/service.ts';
import type { BreakerSettings, LoadBalancerBinding } from './state.ts';
import type { TaskDefinition } from './task-definition.ts';
import { invalidParameter, type World } from './world.ts';

export function readPercent(value: unknown, usual: number): number {
  if (value === undefined) return usual;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) {
    throw invalidParameter(
      'Deployment configuration percentages must be whole numbers that are not negative.',
    );
  }
  return value;
}

// Defaults since 2026-07: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ThresholdConfiguration.html
export function readBreaker(breaker: Json | undefined): BreakerSettings {
  const threshold = breaker?.['thresholdConfiguration'] as Json | undefined;
  const type = threshold?.['type'] ?? 'BOUNDED_PERCENT';
  if (type !== 'BOUNDED_PERCENT' && type !== 'UNBOUNDED_PERCENT' && type !== 'COUNT') {
    throw invalidParameter(`Invalid threshold type: ${String(type)}`);
  }
  const value = Number(threshold?.['value'] ?? 50);
  if (!Number.isInteger(value) || value < 1) {
    throw invalidParameter('The threshold value must be a whole number of at least 1.');
  }
  return {
    enable: breaker?.['enable'] === true,
    rollback: breaker?.['rollback'] === true,
    resetOnHealthyTask: breaker?.['resetOnHealthyTask'] !== false,
    threshold: { type, value },
  };
}

export function readLoadBalancers(
  world: World,
  value: unknown,
  taskDefinition: TaskDefinition,
): LoadBalancerBinding[] {
  return ((value as Json[] | undefined) ?? []).map((binding) => {
    const containerName = String(binding['containerName']);
    const containerPort = Number(binding['containerPort']);
    const targetGroupArn = String(binding['targetGroupArn']);
    const container = taskDefinition.containers.find(({ name }) => name === containerName);
    if (container === undefined) {
      throw invalidParameter(`The container ${containerName} does not exist in the task definition.`);
    }
    if (!container.ports.includes(containerPort)) {
      throw invalidParameter(
        `The container ${containerName} did not have a container port ${containerPort} defined.`,
      );
    }
    if (!world.targets.exists(targetGroupArn)) {
      throw invalidParameter(
        `Unable to assume role and validate the specified targetGroupArn. Please verify that the ECS service role being passed has the proper permissions.`,
      );
    }
    return { targetGroupArn, containerName, containerPort, ...readAdvanced(world, binding) };
  });
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AdvancedConfiguration.html */
function readAdvanced(
  world: World,
  binding: Json,
): Pick<LoadBalancerBinding, 'alternateTargetGroupArn' | 'productionListenerRule' | 'testListenerRule'> {
  const advanced = binding['advancedConfiguration'] as Record<string, string> | undefined;
  const { alternateTargetGroupArn, productionListenerRule, testListenerRule, roleArn } = advanced ?? {};
  if (advanced !== undefined && (!alternateTargetGroupArn || !productionListenerRule || !roleArn)) {
    throw invalidParameter(
      'advancedConfiguration requires alternateTargetGroupArn, productionListenerRule and roleArn.',
    );
  }
  if (testListenerRule !== undefined && testListenerRule === productionListenerRule) {
    throw invalidParameter(
      `The following rules cannot be used as both production and test listener rules: ${testListenerRule}`,
    );
  }
  if (alternateTargetGroupArn !== undefined && !world.targets.exists(alternateTargetGroupArn)) {
    throw invalidParameter(`The target group ${alternateTargetGroupArn} does not exist.`);
  }
  return { alternateTargetGroupArn, productionListenerRule, testListenerRule };
}

/** A task of its own address needs to be told where to live. */
export function requireNetwork({ description }: TaskDefinition, networkConfiguration: unknown): void {
  if (description['networkMode'] !== 'awsvpc' || networkConfiguration !== undefined) return;
  throw invalidParameter("Network Configuration must be provided when networkMode 'awsvpc' is specified.");
}
