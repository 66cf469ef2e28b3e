import { App, BootstraplessSynthesizer, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { EnvironmentConfig } from '../config/environment-config.ts';
import { nameBoundary } from '../config/names.ts';
import type { PolicyStatement } from './policy.ts';

/**
 * The most that any role of the environment can ever do, CDK's execution role among them: everything
 * but making people, keys and roles that would escape the boundary, and changing the boundary itself.
 */
export function writeBoundary(partition: string, account: string, environment: string): PolicyStatement[] {
  const boundary = `arn:${partition}:iam::${account}:policy/${nameBoundary(environment)}`;
  return [
    { Sid: 'Work', Effect: 'Allow', Action: ['*'], Resource: ['*'] },
    {
      Sid: 'NoPeopleNoKeys',
      Effect: 'Deny',
      Action: [
        'iam:CreateUser',
        'iam:CreateAccessKey',
        'iam:CreateLoginProfile',
        'organizations:*',
        'account:*',
      ],
      Resource: ['*'],
    },
    {
      Sid: 'RolesStayInside',
      Effect: 'Deny',
      Action: ['iam:CreateRole', 'iam:PutRolePermissionsBoundary'],
      Resource: ['*'],
      Condition: { StringNotEquals: { 'iam:PermissionsBoundary': boundary } },
    },
    {
      Sid: 'NobodyLeaves',
      Effect: 'Deny',
      Action: ['iam:DeleteRolePermissionsBoundary'],
      Resource: ['*'],
    },
    {
      Sid: 'BoundaryStays',
      Effect: 'Deny',
      Action: [
        'iam:CreatePolicyVersion',
        'iam:DeletePolicy',
        'iam:DeletePolicyVersion',
        'iam:SetDefaultPolicyVersion',
      ],
      Resource: [boundary],
    },
  ];
}

/** An app with one small stack that needs no bootstrap, because it comes before it. */
export function createBoundaryApp(config: EnvironmentConfig, outdir: string): App {
  const app = new App({ outdir, analyticsReporting: false });
  const stack = new Stack(app, nameBoundary(config.name), {
    description: `Permissions boundary of ${config.name}`,
    env: { account: config.account, region: config.region },
    terminationProtection: config.production,
    synthesizer: new BootstraplessSynthesizer(),
  });
  new iam.CfnManagedPolicy(stack, 'Boundary', {
    managedPolicyName: nameBoundary(config.name),
    description: `The most that roles of ${config.name} can ever do`,
    policyDocument: {
      Version: '2012-10-17',
      Statement: writeBoundary(stack.partition, stack.account, config.name),
    },
  });
  return app;
}
