import type { Template } from './template.ts';
import { findResources } from './walk.ts';

/** One statement of an identity's policy, with lists where IAM allows a single value. */
export interface IamStatement {
  readonly where: string;
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly unknown[];
  readonly condition: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

interface RawStatement {
  readonly Effect: string;
  readonly Action?: string | string[];
  readonly Resource?: unknown;
  readonly Condition?: Record<string, Record<string, unknown>>;
}

/** What roles may do: their own policies and those attached to them. */
export function readIamStatements(templates: ReadonlyMap<string, Template>): IamStatement[] {
  const attached = findResources(templates, 'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy').map(
    ({ stack, id, properties }) => ({ where: `${stack}/${id}`, document: properties['PolicyDocument'] }),
  );
  const own = findResources(templates, 'AWS::IAM::Role').flatMap(({ stack, id, properties }) =>
    ((properties['Policies'] ?? []) as { PolicyDocument: unknown }[]).map(({ PolicyDocument }) => ({
      where: `${stack}/${id}`,
      document: PolicyDocument,
    })),
  );
  return [...attached, ...own].flatMap(({ where, document }) =>
    (document as { Statement: RawStatement[] }).Statement.map((raw) => ({
      where,
      effect: raw.Effect,
      actions: toList(raw.Action) as string[],
      resources: toList(raw.Resource),
      condition: raw.Condition ?? {},
    })),
  );
}

function toList(value: unknown): unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
