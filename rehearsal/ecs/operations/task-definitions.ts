import type { Operation } from '../../server/service.ts';
import { findTaskDefinition, paginate } from '../lookup.ts';
import { registerTaskDefinition } from '../register-task-definition.ts';
import { viewTaskDefinition } from '../views.ts';
import { clientError, type World } from '../world.ts';

export function createTaskDefinitionOperations(world: World): Record<string, Operation> {
  return {
    RegisterTaskDefinition(input) {
      const registered = registerTaskDefinition(world, input);
      return {
        taskDefinition: viewTaskDefinition(registered),
        ...(registered.tags.length > 0 ? { tags: registered.tags } : {}),
      };
    },
    DescribeTaskDefinition(input) {
      const found = findTaskDefinition(world, input['taskDefinition']);
      if (found === undefined) throw clientError('Unable to describe task definition.');
      const include = (input['include'] as string[] | undefined) ?? [];
      return {
        taskDefinition: viewTaskDefinition(found),
        ...(include.includes('TAGS') ? { tags: found.tags } : {}),
      };
    },
    DeregisterTaskDefinition(input) {
      const found = findTaskDefinition(world, input['taskDefinition']);
      if (found === undefined) throw clientError('Unable to describe task definition.');
      found.status = 'INACTIVE';
      found.deregisteredAt ??= world.clock.now();
      return { taskDefinition: viewTaskDefinition(found) };
    },
    ListTaskDefinitions(input) {
      const family = input['familyPrefix'];
      const status = input['status'] ?? 'ACTIVE';
      const found = [...world.state.taskDefinitions.values()]
        .flat()
        .filter((each) => each.status === status && (family === undefined || each.family === family));
      found.sort((a, b) => (a.family === b.family ? a.revision - b.revision : a.family < b.family ? -1 : 1));
      if (input['sort'] === 'DESC') found.reverse();
      const { page, nextToken } = paginate(found, input, 100);
      return { taskDefinitionArns: page.map(({ arn }) => arn), nextToken };
    },
    ListTaskDefinitionFamilies(input) {
      const prefix = String(input['familyPrefix'] ?? '');
      const status = input['status'] ?? 'ACTIVE';
      const families = [...world.state.taskDefinitions]
        .filter(([family]) => family.startsWith(prefix))
        .filter(([, revisions]) => {
          const isActive = revisions.some((each) => each.status === 'ACTIVE');
          return status === 'ALL' || isActive === (status === 'ACTIVE');
        })
        .map(([family]) => family)
        .sort();
      const { page, nextToken } = paginate(families, input, 100);
      return { families: page, nextToken };
    },
  };
}
