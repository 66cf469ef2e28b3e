import { describe, expect, it } from '@jest/globals';
import { dev } from '../../config/dev.ts';
import { prod } from '../../config/prod.ts';
import { everyOption } from '../config/every-option.ts';
import { actionsWithoutResource, lintStatement } from './iam-linter.ts';
import { type IamStatement, readIamStatements } from './iam-statements.ts';
import { synthesizeTemplates } from './synthesize-templates.ts';
import { findResources, nameOf } from './walk.ts';

const { templates } = synthesizeTemplates(dev, prod, everyOption);
const statements = readIamStatements(templates);

const statement = (change: Partial<IamStatement>): IamStatement => ({
  where: 'here',
  effect: 'Allow',
  actions: ['s3:GetObject'],
  resources: ['arn:aws:s3:::bucket/key'],
  condition: {},
  ...change,
});

describe('the policies of both environments', () => {
  it('pass the linter', () => {
    expect(statements.length).toBeGreaterThan(60);
    expect(statements.flatMap(lintStatement)).toEqual([]);
  });

  it('use every action on the list of those without a resource, so that the list cannot rot', () => {
    const used = new Set(
      statements
        .filter(({ resources }) => resources.map(nameOf).includes('*'))
        .flatMap(({ actions }) => actions),
    );
    expect([...actionsWithoutResource].filter((action) => !used.has(action))).toEqual([]);
  });

  it('give exactly the build and deploy roles what they need and nobody else a way to deploy', () => {
    const deployers = statements
      .filter(({ actions }) => actions.includes('ecs:UpdateService'))
      .map(({ where }) => where);
    expect(deployers.length).toBeGreaterThan(0);
    for (const where of deployers) expect(where).toMatch(/^slipway-\w+-delivery\/deployapps\d$/);
    const carriers = findResources(templates, 'AWS::IAM::ManagedPolicy').map(
      ({ properties }) => properties['Roles'],
    );
    for (const roles of carriers) expect(roles).toEqual([{ Ref: 'deploy' }]);
  });

  it('let a service take revisions of its own family only', () => {
    const updates = statements.filter(({ actions }) => actions.includes('ecs:UpdateService'));
    for (const { resources, condition } of updates) {
      const [environment, app] = /service\/slipway-(\w+)\/([\w-]+)$/.exec(nameOf(resources[0]))!.slice(1);
      const family = nameOf(condition['ArnLikeIfExists']?.['ecs:task-definition']);
      expect(family).toMatch(new RegExp(`:task-definition/slipway-${environment}-${app}:\\*$`));
    }
  });

  it('open no shell with a deployment in production', () => {
    const updates = statements.filter(
      ({ where, actions }) => where.startsWith('slipway-prod') && actions.includes('ecs:UpdateService'),
    );
    expect(updates.length).toBeGreaterThan(0);
    for (const { condition } of updates) {
      expect(condition['BoolIfExists']?.['ecs:enable-execute-command']).toBe('false');
    }
  });

  it('let execution roles read their own secrets only', () => {
    const reads = statements.filter(({ actions }) => actions.includes('secretsmanager:GetSecretValue'));
    expect(reads.length).toBeGreaterThan(0);
    for (const { where, resources } of reads) {
      const [, environment, app] = /^slipway-(\w+?)-(.+)\/Roles/.exec(where)!;
      for (const resource of resources) {
        expect(nameOf(resource)).toMatch(new RegExp(`secret:slipway/${environment}/${app}/\\w+-\\?{6}$`));
      }
    }
  });

  it('let ECS take the roles of apps for tasks of this account only', () => {
    for (const { properties } of findResources(templates, 'AWS::IAM::Role')) {
      const assumed = JSON.stringify(properties['AssumeRolePolicyDocument']);
      if (assumed.includes('ecs-tasks.amazonaws.com')) expect(assumed).toContain('aws:SourceAccount');
    }
  });
});

describe('lintStatement', () => {
  it.each<[string, Partial<IamStatement>, RegExp]>([
    ['an action with a wildcard', { actions: ['s3:*'] }, /allows the action s3:\*/],
    ['everything', { actions: ['*'], resources: ['*'] }, /allows the action \*/],
    [
      'a resource with a type left out',
      { actions: ['s3:GetObject'], resources: ['*'] },
      /allows s3:GetObject on \*/,
    ],
    [
      'a condition left out',
      { actions: ['ecs:RegisterTaskDefinition'], resources: ['*'] },
      /without a condition/,
    ],
    ['a wildcard in the middle', { resources: ['arn:aws:s3:::*/key'] }, /wildcard inside/],
    [
      'all roles',
      { actions: ['iam:GetRole'], resources: ['arn:aws:iam::1:role/*'] },
      /every resource of a kind/,
    ],
    [
      'passing roles to anybody',
      { actions: ['iam:PassRole'], resources: ['arn:aws:iam::1:role/a'] },
      /passes roles to any service/,
    ],
    [
      'passing roles by a wildcard',
      { actions: ['iam:PassRole'], resources: ['arn:aws:iam::1:role/slipway-*'] },
      /passes roles by a wildcard/,
    ],
    [
      'passing roles along with something else',
      { actions: ['iam:PassRole', 'iam:GetRole'], resources: ['arn:aws:iam::1:role/a'] },
      /mixes iam:PassRole/,
    ],
  ])('finds %s', (_, change, sentence) => {
    expect(lintStatement(statement(change)).join('\n')).toMatch(sentence);
  });

  it('is content with exact resources and with denials', () => {
    expect(lintStatement(statement({}))).toEqual([]);
    expect(lintStatement(statement({ effect: 'Deny', actions: ['*'], resources: ['*'] }))).toEqual([]);
  });
});
