import { UserError } from '../message/user-error.ts';
import type { JsonObject } from './json-value.ts';
import { type ParsedTaskDefinition, readDefinition } from './parse.ts';

/** A service by the names a person uses. */
export interface ServiceName {
  /** Name or ARN. */
  readonly cluster: string;
  readonly service: string;
}

/** A revision as ECS describes it, read-only members and all. */
export interface DescribedTaskDefinition {
  readonly taskDefinition: JsonObject;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
}

/** The task definitions that ECS holds. `lib/aws` asks ECS; tests keep a map. */
export interface RegisteredTaskDefinitions {
  /**
   * @param reference an ARN, `family` (its newest ACTIVE revision) or `family:revision`
   * @throws UserError `task-definition-not-found`
   */
  describe(reference: string): Promise<DescribedTaskDefinition>;
  /**
   * The ARN of the task definition that a service is set to.
   *
   * @throws UserError `cluster-not-found`, `service-not-found`, or `service-unsupported` for one that has none
   */
  findOfService(name: ServiceName): Promise<string>;
}

/** Where a task definition comes from. */
export type TaskDefinitionSource =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'registered'; readonly reference: string }
  | { readonly kind: 'service'; readonly name: ServiceName };

/**
 * Reads what an input says of a task definition's source: `service:CLUSTER/SERVICE`, an ARN, a family with or without
 * revision, or the path of a file. A bare word is a family, so a file without a dot or slash is written `./taskdef`.
 *
 * @throws UserError `input-invalid`
 */
export function parseSource(text: string): TaskDefinitionSource {
  const trimmed = text.trim();
  if (trimmed === '')
    throw new UserError(
      'input-invalid',
      'give the path of a file, an ARN, a family, or service:CLUSTER/SERVICE',
    );
  if (trimmed.startsWith('service:'))
    return { kind: 'service', name: parseServiceName(trimmed.slice('service:'.length)) };
  if (
    /^arn:[^:]+:ecs:[^:]*:\d*:task-definition\/[\w-]+(:\d+)?$/.test(trimmed) ||
    /^[\w-]+(:\d+)?$/.test(trimmed)
  )
    return { kind: 'registered', reference: trimmed };
  if (trimmed.startsWith('arn:'))
    throw new UserError('input-invalid', `"${trimmed}" is an ARN, but of no task definition`);
  return { kind: 'file', path: trimmed };
}

/**
 * @param text `CLUSTER/SERVICE`
 * @throws UserError `input-invalid`
 */
export function parseServiceName(text: string): ServiceName {
  const [cluster = '', service = '', ...rest] = text.trim().split('/');
  const isName = (name: string): boolean => /^[\w-]{1,255}$/.test(name);
  if (rest.length === 0 && isName(cluster) && isName(service)) return { cluster, service };
  throw new UserError('input-invalid', `expected CLUSTER/SERVICE, got "${text.trim()}"`);
}

/** A registered revision in the form of a parsed file, its tags kept and its read-only members dropped. */
export function readRegistered({ taskDefinition, tags }: DescribedTaskDefinition): ParsedTaskDefinition {
  const name = `${String(taskDefinition['family'])}:${String(taskDefinition['revision'])}`;
  const whole =
    tags.length === 0
      ? taskDefinition
      : { ...taskDefinition, tags: tags.map(({ key, value }) => ({ key, value })) };
  return {
    definition: readDefinition(whole),
    fileName: name,
    isRegistered: true,
    notes: [],
    locate: () => undefined,
  };
}
