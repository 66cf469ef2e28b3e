import { Fn } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { EnvironmentConfig } from '../config/environment-config.ts';
import { type DeliveryRole, nameDeliveryRole, nameExport } from '../config/names.ts';
import { permitDeploy } from '../delivery/deploy-permissions.ts';
import { acknowledgeRole } from '../delivery/findings.ts';
import { permitBuild, permitInfra, permitSites } from '../delivery/permissions.ts';
import type { Place, PolicyStatement } from '../delivery/policy.ts';
import { issuer, writeTrust } from '../delivery/trust.ts';
import { EnvironmentStack } from './environment-stack.ts';

const fourHours = 4 * 60 * 60;

/** GitHub's way in: the provider and one role per task, without a key anywhere. */
export class DeliveryStack extends EnvironmentStack {
  constructor(scope: Construct, config: EnvironmentConfig) {
    super(scope, 'delivery', config, `Roles that GitHub Actions takes in ${config.name}`);
    const provider = this.provide();
    const place: Place = { partition: this.partition, account: this.account, region: this.region };
    const add = (role: DeliveryRole, statements: readonly PolicyStatement[]) =>
      this.addRole(role, provider, statements);
    add('build', permitBuild(config, place));
    const { shared, byApps } = permitDeploy(config, place);
    const deploy = add('deploy', [...shared, ...permitSites(this.findSites())]);
    // Blue/green with an approval outlasts the usual hour.
    deploy.maxSessionDuration = fourHours;
    for (const [index, statements] of byApps.entries()) this.attach(deploy, index + 1, statements);
    add('infra-diff', permitInfra(config, place, ['lookup']));
    add(
      'infra-deploy',
      permitInfra(config, place, ['deploy', 'file-publishing', 'image-publishing', 'lookup']),
    );
  }

  private provide(): string {
    if (!this.config.delivery.createsProvider) {
      return this.formatArn({ service: 'iam', region: '', resource: 'oidc-provider', resourceName: issuer });
    }
    // No thumbprint: AWS checks GitHub's certificate against its own trust store.
    return new iam.CfnOIDCProvider(this, 'GitHub', {
      url: `https://${issuer}`,
      clientIdList: ['sts.amazonaws.com'],
    }).attrArn;
  }

  private addRole(role: DeliveryRole, provider: string, statements: readonly PolicyStatement[]): iam.CfnRole {
    const resource = new iam.CfnRole(this, role, {
      roleName: nameDeliveryRole(this.config.name, role),
      description: `GitHub Actions, ${role} in ${this.config.name}`,
      assumeRolePolicyDocument: writeTrust(this.config.delivery, this.config.name, role, provider),
      policies: [{ policyName: role, policyDocument: { Version: '2012-10-17', Statement: statements } }],
    });
    acknowledgeRole(resource, statements);
    return resource;
  }

  private attach(role: iam.CfnRole, number: number, statements: readonly PolicyStatement[]): void {
    const policy = new iam.CfnManagedPolicy(this, `deploy-apps-${number}`, {
      managedPolicyName: `${nameDeliveryRole(this.config.name, 'deploy')}-apps-${number}`,
      description: `What the deploy role may do to apps of ${this.config.name}, part ${number}`,
      policyDocument: { Version: '2012-10-17', Statement: statements },
      roles: [role.ref],
    });
    acknowledgeRole(policy, statements);
  }

  private findSites(): { buckets: string[]; distributions: string[] } {
    const names = Object.keys(this.config.sites);
    const get = (name: string, what: string) =>
      Fn.importValue(nameExport(this.config.name, `site-${name}-${what}`));
    return {
      buckets: names.map((name) => `arn:${this.partition}:s3:::${get(name, 'bucket')}`),
      distributions: names.map((name) =>
        this.formatArn({
          service: 'cloudfront',
          region: '',
          resource: 'distribution',
          resourceName: get(name, 'distribution'),
        }),
      ),
    };
  }
}
