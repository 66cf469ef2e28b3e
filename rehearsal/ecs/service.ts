import type { Service } from '../server/service.ts';
import { createControl, type EcsControl } from './control.ts';
import { createClusterOperations } from './operations/clusters.ts';
import { createServiceDeploymentOperations } from './operations/service-deployments.ts';
import { createServiceOperations } from './operations/services.ts';
import { createTagOperations } from './operations/tags.ts';
import { createTaskDefinitionOperations } from './operations/task-definitions.ts';
import { createTaskOperations } from './operations/tasks.ts';
import { reconcileSoon } from './scheduler.ts';
import { handleTaskChange } from './task-changes.ts';
import { createWorld, type World, type WorldOptions } from './world.ts';

export interface Ecs {
  readonly service: Service;
  readonly control: EcsControl;
}

/** ECS over AWS JSON 1.1: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/ */
export function createEcs(options: WorldOptions): Ecs {
  const world: World = createWorld(options, {
    notice: (service, task, change) => handleTaskChange(world, service, task, change),
    wake: (service, seconds) => reconcileSoon(world, service, seconds),
  });
  return {
    service: {
      signingName: 'ecs',
      protocol: { kind: 'json', targetPrefix: 'AmazonEC2ContainerServiceV20141113' },
      operations: {
        ...createClusterOperations(world),
        ...createTaskDefinitionOperations(world),
        ...createServiceOperations(world),
        ...createServiceDeploymentOperations(world),
        ...createTaskOperations(world),
        ...createTagOperations(world),
      },
    },
    control: createControl(world),
  };
}
