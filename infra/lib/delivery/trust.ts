import type { DeliveryConfig } from '../config/environment-config.ts';
import type { DeliveryRole } from '../config/names.ts';
import type { PolicyDocument } from './policy.ts';

export const issuer = 'token.actions.githubusercontent.com';

/**
 * Who may take a role: runs of this one repository, by ids that outlive every rename, from this
 * workflow file at these refs, in this GitHub environment. All conditions sit in one statement, because
 * statements are alternatives. Plain `StringEquals` and `StringLike`: with `ForAllValues` a claim that
 * is absent would pass.
 *
 * Sources: GitHub "OpenID Connect reference" (immutable subject claims since 2026-07-15) and AWS STS
 * "claims of identity providers as condition keys" (January 2026).
 */
export function writeTrust(
  config: DeliveryConfig,
  environment: string,
  role: DeliveryRole,
  providerArn: string,
): PolicyDocument {
  const { repository } = config;
  const claims = claimsOf(config, environment, role);
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'GitHubActions',
        Effect: 'Allow',
        Principal: { Federated: providerArn },
        Action: ['sts:AssumeRoleWithWebIdentity'],
        Condition: {
          StringEquals: {
            [`${issuer}:aud`]: 'sts.amazonaws.com',
            [`${issuer}:repository_id`]: repository.id,
            [`${issuer}:repository_owner_id`]: repository.ownerId,
            ...(claims.environment === undefined ? {} : { [`${issuer}:environment`]: claims.environment }),
          },
          StringLike: {
            [`${issuer}:sub`]: claims.contexts.flatMap((context) => listSubjects(config, context)),
            [`${issuer}:job_workflow_ref`]: claims.workflowRefs.map(
              (ref) => `${repository.owner}/${repository.name}/.github/workflows/${claims.workflow}@${ref}`,
            ),
          },
        },
      },
    ],
  };
}

interface Claims {
  /** The last part of the subject: `environment:prod`, `ref:refs/heads/main` or `pull_request`. */
  readonly contexts: readonly string[];
  readonly environment?: string;
  readonly workflow: string;
  readonly workflowRefs: readonly string[];
}

function claimsOf(config: DeliveryConfig, environment: string, role: DeliveryRole): Claims {
  const { workflows, workflowRefs } = config;
  switch (role) {
    case 'build':
      return {
        contexts: config.buildRefs.map((ref) => `ref:${ref}`),
        workflow: workflows.build,
        workflowRefs,
      };
    case 'deploy':
      return {
        contexts: [`environment:${environment}`],
        environment,
        workflow: workflows.deploy,
        workflowRefs,
      };
    case 'infra-diff':
      // Pull requests, and the nightly drift check on main. GitHub gives forks no token.
      return {
        contexts: ['pull_request', 'ref:refs/heads/main'],
        workflow: workflows.infra,
        workflowRefs: ['refs/pull/*/merge', 'refs/heads/main'],
      };
    case 'infra-deploy':
      return {
        contexts: [`environment:${environment}-infra`],
        environment: `${environment}-infra`,
        workflow: workflows.infra,
        workflowRefs: ['refs/heads/main'],
      };
  }
}

function listSubjects(config: DeliveryConfig, context: string): string[] {
  const { owner, ownerId, name, id } = config.repository;
  return [
    `repo:${owner}@${ownerId}/${name}@${id}:${context}`,
    ...(config.acceptsLegacySubject ? [`repo:${owner}/${name}:${context}`] : []),
  ];
}
