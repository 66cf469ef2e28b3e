import { checkContainerMemory, checkContainers, checkExecutionRole } from './container-check.ts';
import { checkDependencies } from './dependency-check.ts';
import { checkPorts } from './port-check.ts';
import type { Problem } from './problem.ts';
import { checkReferences } from './reference-check.ts';
import type { StructureShape } from './shape.ts';
import { checkStructure } from './structure-check.ts';
import { checkTask } from './task-check.ts';
import type { TaskDefinition } from './task-definition.ts';

/**
 * Everything about a task definition that ECS would refuse and that can be known offline, all of it at once. It takes any
 * JSON object: what has the wrong type is reported as that and left out of the other checks.
 */
export function checkTaskDefinition(definition: TaskDefinition, shape: StructureShape): Problem[] {
  return [...checkStructure(definition, shape), ...checkRules(definition)];
}

/** What ECS asks beyond the right members and types. */
export function checkRules(definition: TaskDefinition): Problem[] {
  return [
    ...checkTask(definition),
    ...checkContainers(definition),
    ...checkContainerMemory(definition),
    ...checkExecutionRole(definition),
    ...checkReferences(definition),
    ...checkDependencies(definition),
    ...checkPorts(definition),
  ];
}
