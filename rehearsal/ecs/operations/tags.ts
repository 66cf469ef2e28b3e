import type { Operation } from '../../server/service.ts';
import { nameOf, readTags } from '../lookup.ts';
import type { Tag } from '../state.ts';
import { clientError, invalidParameter, type World } from '../world.ts';

export function createTagOperations(world: World): Record<string, Operation> {
  return {
    ListTagsForResource: (input) => ({ tags: findTagged(world, input['resourceArn']).tags }),
    TagResource(input) {
      const tagged = findTagged(world, input['resourceArn']);
      const added = readTags(input['tags']);
      const keys = new Set(added.map(({ key }) => key));
      tagged.tags = [...tagged.tags.filter(({ key }) => !keys.has(key)), ...added];
      return {};
    },
    UntagResource(input) {
      const tagged = findTagged(world, input['resourceArn']);
      const keys = new Set(input['tagKeys'] as string[]);
      tagged.tags = tagged.tags.filter(({ key }) => !keys.has(key));
      return {};
    },
  };
}

function findTagged(world: World, arn: unknown): { tags: Tag[] } {
  const [kind = '', ...names] = typeof arn === 'string' ? (arn.split(':')[5] ?? '').split('/') : [];
  let found: { tags: Tag[] } | undefined;
  switch (kind) {
    case 'cluster':
      found = world.state.clusters.get(names[0] ?? '');
      break;
    case 'service':
      found = world.state.clusters.get(names[0] ?? '')?.services.get(names[1] ?? '');
      break;
    case 'task-definition': {
      // The revision is the seventh part of the ARN.
      const revision = Number(String(arn).split(':')[6]);
      found = world.state.taskDefinitions.get(names[0] ?? '')?.[revision - 1];
      break;
    }
    default:
      throw invalidParameter(`Invalid resource ARN: ${String(arn)}`);
  }
  if (found === undefined) throw clientError(`The specified resource ${nameOf(String(arn))} was not found.`);
  return found;
}
