import type { ECSClient } from '@aws-sdk/client-ecs';
import type { RolloutPorts } from '../rollout/ports.ts';
import { createRolloutControl, createRolloutObserver } from './ecs-rollout.ts';
import { createTaskReader } from './ecs-tasks.ts';
import { createTargetReader } from './elb-target-health.ts';
import { createLogReader } from './logs-tail.ts';

/** All that the waiter needs of AWS, over one ECS client. */
export function createRolloutPorts(client: ECSClient, options: { maxRetries: number }): RolloutPorts {
  return {
    observer: createRolloutObserver(client),
    control: createRolloutControl(client),
    tasks: createTaskReader(client),
    targets: createTargetReader(options),
    logs: createLogReader(options),
  };
}
