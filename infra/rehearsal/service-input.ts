import type { Template } from '../lib/template/template.ts';
import { findResources, nameOf } from '../lib/template/walk.ts';

/** What an API call carries: camel case, and names where a template has references. */
export type ApiInput = Readonly<Record<string, unknown>>;

export interface ServiceFromTemplate {
  /** CreateService's input without the task definition, as CloudFormation sends it. */
  readonly service: ApiInput;
  /** RegisterTaskDefinition's input of the bootstrap revision. */
  readonly bootstrap: ApiInput;
}

/**
 * Reads what CloudFormation would send to ECS for one app's stack. `resolve` gives references a value.
 */
export function readServiceInput(template: Template, resolve: (name: string) => string): ServiceFromTemplate {
  const own = new Map([['app', template]]);
  const read = (type: string) =>
    toApi(findResources(own, type)[0]?.properties, resolve) as Record<string, unknown>;
  const { capacityProviderStrategy: _, ...service } = read('AWS::ECS::Service');
  const { tags: __, ...bootstrap } = read('AWS::ECS::TaskDefinition');
  return { service: { ...service, launchType: 'FARGATE' }, bootstrap };
}

function toApi(value: unknown, resolve: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => toApi(item, resolve));
  if (typeof value !== 'object' || value === null) return value;
  const [[key] = ['']] = Object.entries(value);
  if (key === 'Ref' || key.startsWith('Fn::')) return resolve(nameOf(value));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      // Options of a log driver are a map of the user's own words; everything else is a property.
      /^[A-Z]/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name,
      toApi(inner, resolve),
    ]),
  );
}
