import { type IamStatement, readIamStatements } from '../template/iam-statements.ts';
import type { Template } from '../template/template.ts';
import { nameOf } from '../template/walk.ts';
import type { AccountPlace, PermissionRequest } from './call-permissions.ts';

/** What GitHub's role may do by the synthesized templates of its environment. */
export function readRoleStatements(
  templates: ReadonlyMap<string, Template>,
  environment: string,
  role: 'build' | 'deploy',
): IamStatement[] {
  const place = new RegExp(`^slipway-${environment}-delivery/${role}(apps\\d+)?$`);
  return readIamStatements(templates).filter(({ where }) => place.test(where));
}

/** Decides as IAM does: some statement allows the action on the resource, and all its conditions hold. */
export function isAllowed(
  statements: readonly IamStatement[],
  { action, resource, context }: PermissionRequest,
  { account }: AccountPlace,
): boolean {
  const read = (value: unknown) =>
    nameOf(value).replaceAll('AWS::Partition', 'aws').replaceAll('AWS::AccountId', account);
  return statements.some(
    ({ effect, actions, resources, condition }) =>
      effect === 'Allow' &&
      actions.includes(action) &&
      resources.some((pattern) => matches(read(pattern), resource)) &&
      Object.entries(condition).every(([operator, keys]) =>
        Object.entries(keys).every(([key, wanted]) =>
          holds(operator, context[key], [wanted].flat().map(read)),
        ),
      ),
  );
}

function holds(operator: string, value: string | undefined, wanted: readonly string[]): boolean {
  const plain = operator.replace(/IfExists$/, '');
  if (value === undefined) return plain !== operator;
  switch (plain) {
    case 'StringEquals':
    case 'Bool':
      return wanted.includes(value);
    // ArnEquals and ArnLike behave alike (IAM "Elements: condition operators").
    case 'ArnEquals':
    case 'ArnLike':
      return wanted.some((pattern) => matches(pattern, value));
    default:
      throw new Error(`What does the condition operator ${operator} mean?`);
  }
}

function matches(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`).test(text);
}
