import type { IConstruct } from 'constructs';
import { acknowledgeWildcard } from '../template/acknowledge.ts';
import type { PolicyStatement } from './policy.ts';

/**
 * Accepts the wildcards of a delivery role one by one. The policy linter (`iam-linter.test.ts`) holds
 * the actions behind them to a named list, which cdk-nag cannot do.
 */
export function acknowledgeRole(role: IConstruct, statements: readonly PolicyStatement[]): void {
  const resources = new Set(statements.flatMap(({ Resource = [] }) => Resource));
  for (const resource of resources) {
    if (resource.includes('*')) acknowledgeWildcard(role, resource, explain(resource));
  }
}

function explain(resource: string): string {
  return resource === '*'
    ? 'These actions take no resource, or are bound by their conditions; iam-linter.test.ts lists them.'
    : 'Revisions, deployments, tasks, log streams and files are born with unknown ids; what is before the wildcard is exact.';
}
