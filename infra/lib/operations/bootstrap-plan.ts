import type { EnvironmentConfig } from '../config/environment-config.ts';
import { nameBootstrapQualifier, nameBoundary } from '../config/names.ts';
import { describePartition } from '../config/partition.ts';

/**
 * The CDK commands that make an account ready, in order; both may be run again at any time. First the
 * boundary that every role of the environment wears, then CDK's own roles and bucket inside it.
 */
export function planBootstrap(config: EnvironmentConfig, account: string, boundaryApp: string): string[][] {
  const qualifier = nameBootstrapQualifier(config.name);
  const { partition } = describePartition(config.region);
  return [
    ['deploy', '--app', boundaryApp, '--require-approval', 'never', nameBoundary(config.name)],
    [
      'bootstrap',
      `aws://${account}/${config.region}`,
      '--qualifier',
      qualifier,
      '--toolkit-stack-name',
      `CDKToolkit-${qualifier}`,
      '--custom-permissions-boundary',
      nameBoundary(config.name),
      '--cloudformation-execution-policies',
      `arn:${partition}:iam::aws:policy/AdministratorAccess`,
      '--termination-protection',
    ],
  ];
}
