import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { dev } from '../../config/dev.ts';
import { createBoundaryApp } from '../delivery/boundary.ts';
import { skipValidation } from '../template/skip-validation.ts';
import { planBootstrap } from './bootstrap-plan.ts';

describe('planBootstrap', () => {
  it('makes the boundary first and CDK’s roles inside it, under the environment’s own qualifier', () => {
    expect(planBootstrap(dev, '111122223333', '/out')).toEqual([
      ['deploy', '--app', '/out', '--require-approval', 'never', 'slipway-dev-boundary'],
      [
        'bootstrap',
        'aws://111122223333/us-east-1',
        '--qualifier',
        'slipdev',
        '--toolkit-stack-name',
        'CDKToolkit-slipdev',
        '--custom-permissions-boundary',
        'slipway-dev-boundary',
        '--cloudformation-execution-policies',
        'arn:aws:iam::aws:policy/AdministratorAccess',
        '--termination-protection',
      ],
    ]);
  });

  it.each([
    ['cn-north-1', 'arn:aws-cn:'],
    ['us-gov-west-1', 'arn:aws-us-gov:'],
  ])('knows the partition of %s', (region, prefix) => {
    expect(planBootstrap({ ...dev, region }, '111122223333', '/out')[1]?.join(' ')).toContain(prefix);
  });
});

describe('the boundary', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'slipway-boundary-'));
  const stack = skipValidation(() => createBoundaryApp(dev, outdir).synth().stacks[0]!);
  const template = stack.template as { Resources: Record<string, { Properties: Record<string, unknown> }> };
  const policy = Object.values(template.Resources)[0]!.Properties;
  rmSync(outdir, { recursive: true, force: true });

  it('needs no bootstrap itself', () => {
    expect(template).not.toHaveProperty('Rules');
    expect(stack.assets).toEqual([]);
  });

  it('forbids people, keys, roles outside the boundary and any change to itself', () => {
    const { Statement } = policy['PolicyDocument'] as {
      Statement: { Effect: string; Action: string[]; Resource: unknown; Condition?: unknown }[];
    };
    const denied = Statement.filter(({ Effect }) => Effect === 'Deny');
    const actions = denied.flatMap(({ Action }) => Action);
    for (const action of [
      'iam:CreateUser',
      'iam:CreateAccessKey',
      'iam:CreateRole',
      'iam:PutRolePermissionsBoundary',
      'iam:DeleteRolePermissionsBoundary',
      'iam:CreatePolicyVersion',
    ]) {
      expect(actions).toContain(action);
    }
    const inside = denied.find(({ Action }) => Action.includes('iam:CreateRole'));
    expect(JSON.stringify(inside?.Condition)).toMatch(/StringNotEquals.*policy\/slipway-dev-boundary/);
  });

  it('has the name that every role of the environment wears', () => {
    expect(policy['ManagedPolicyName']).toBe('slipway-dev-boundary');
  });
});
