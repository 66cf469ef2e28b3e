import { isObject, type JsonObject, objectsAt, textAt } from './json-value.ts';

/**
 * A task definition in the form RegisterTaskDefinition takes, as plain data. It is open on purpose: ECS grows members
 * faster than types could follow, and none may be lost on the way.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
 */
export type TaskDefinition = JsonObject;

/** One entry of `containerDefinitions`, with its index there. */
export interface Container {
  readonly index: number;
  /** Undefined where the definition names none (ECS refuses that). */
  readonly name: string | undefined;
  readonly settings: JsonObject;
}

export function containersOf(definition: TaskDefinition): Container[] {
  return objectsAt(definition, 'containerDefinitions').map(({ index, item }) => ({
    index,
    name: textAt(item, 'name'),
    settings: item,
  }));
}

export function containerNamesOf(definition: TaskDefinition): string[] {
  return containersOf(definition).flatMap(({ name }) => name ?? []);
}

/**
 * The members that DescribeTaskDefinition adds and RegisterTaskDefinition refuses. A test holds this list against the SDK's
 * own model.
 */
export const readOnlyNames: readonly string[] = [
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'deregisteredAt',
  'deleteRequestedAt',
  'registeredBy',
];

/** The reply of DescribeTaskDefinition keeps the tags beside the definition; RegisterTaskDefinition takes them inside. */
export function unwrapDescribeReply(root: JsonObject): JsonObject | undefined {
  const inner = root['taskDefinition'];
  if (!isObject(inner) || Object.hasOwn(root, 'containerDefinitions')) return undefined;
  const { tags } = root;
  return tags === undefined ? inner : { ...inner, tags };
}
