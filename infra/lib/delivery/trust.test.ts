import { describe, expect, it } from '@jest/globals';
import { prod } from '../../config/prod.ts';
import type { DeliveryConfig } from '../config/environment-config.ts';
import { writeTrust } from './trust.ts';

const config: DeliveryConfig = {
  ...prod.delivery,
  repository: { owner: 'acme', ownerId: '11', name: 'shop', id: '22' },
};
const provider = 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com';
const claim = (name: string) => `token.actions.githubusercontent.com:${name}`;
const always = {
  [claim('aud')]: 'sts.amazonaws.com',
  [claim('repository_id')]: '22',
  [claim('repository_owner_id')]: '11',
};

describe('writeTrust', () => {
  it('lets a run in the GitHub environment deploy, from the deploy workflow at protected refs', () => {
    expect(writeTrust(config, 'prod', 'deploy', provider)).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'GitHubActions',
          Effect: 'Allow',
          Principal: { Federated: provider },
          Action: ['sts:AssumeRoleWithWebIdentity'],
          Condition: {
            StringEquals: { ...always, [claim('environment')]: 'prod' },
            StringLike: {
              [claim('sub')]: ['repo:acme@11/shop@22:environment:prod'],
              [claim('job_workflow_ref')]: [
                'acme/shop/.github/workflows/deploy.yml@refs/tags/v*',
                'acme/shop/.github/workflows/deploy.yml@refs/heads/main',
              ],
            },
          },
        },
      ],
    });
  });

  it.each([
    ['build', ['repo:acme@11/shop@22:ref:refs/tags/v*'], undefined],
    [
      'infra-diff',
      ['repo:acme@11/shop@22:pull_request', 'repo:acme@11/shop@22:ref:refs/heads/main'],
      undefined,
    ],
    ['infra-deploy', ['repo:acme@11/shop@22:environment:prod-infra'], 'prod-infra'],
  ] as const)('binds %s to its own subject', (role, subjects, environment) => {
    const [statement] = writeTrust(config, 'prod', role, provider).Statement;
    expect(statement?.Condition?.['StringLike']?.[claim('sub')]).toEqual(subjects);
    expect(statement?.Condition?.['StringEquals']?.[claim('environment')]).toBe(environment);
    expect(statement?.Condition?.['StringEquals']).toMatchObject(always);
  });

  it('knows the old subject only when told so', () => {
    const legacy = writeTrust({ ...config, acceptsLegacySubject: true }, 'prod', 'deploy', provider);
    expect(legacy.Statement[0]?.Condition?.['StringLike']?.[claim('sub')]).toEqual([
      'repo:acme@11/shop@22:environment:prod',
      'repo:acme/shop:environment:prod',
    ]);
  });

  it.each(['build', 'deploy', 'infra-diff', 'infra-deploy'] as const)(
    'states every condition of %s in one statement, with operators that an absent claim fails',
    (role) => {
      const { Statement } = writeTrust(config, 'prod', role, provider);
      expect(Statement).toHaveLength(1);
      expect(Object.keys(Statement[0]?.Condition ?? {})).toEqual(['StringEquals', 'StringLike']);
      expect(Statement[0]?.Condition?.['StringLike']).toHaveProperty([claim('job_workflow_ref')]);
    },
  );
});
