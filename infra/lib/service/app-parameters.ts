import type { ISecurityGroup, IVpc } from 'aws-cdk-lib/aws-ec2';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { AppConfig } from '../config/app-config.ts';
import type { AppNames } from '../config/names.ts';

export interface AppParametersProps {
  readonly names: AppNames;
  readonly app: AppConfig;
  readonly url: string | undefined;
  readonly vpc: IVpc;
  readonly securityGroup: ISecurityGroup;
}

/**
 * What a workflow needs to deploy the app, under `/slipway/<env>/<app>/`. The deploy action writes
 * beside them (`…/deployed/…`); no parameter has two writers.
 */
export class AppParameters extends Construct {
  constructor(scope: Construct, id: string, props: AppParametersProps) {
    super(scope, id);
    const { names } = props;
    const values: Record<string, string | undefined> = {
      cluster: names.cluster,
      service: names.service,
      family: names.family,
      container: names.container,
      port: String(props.app.port),
      repository: names.repository,
      'log-group': names.logGroup,
      url: props.url,
      'health-path': props.app.ingress.kind === 'none' ? undefined : props.app.health.path,
      subnets: props.vpc.privateSubnets.map(({ subnetId }) => subnetId).join(','),
      'security-group': props.securityGroup.securityGroupId,
    };
    for (const [key, value] of Object.entries(values)) {
      if (value === undefined) continue;
      new ssm.CfnParameter(this, key, { name: `${names.parameterPrefix}/${key}`, type: 'String', value });
    }
  }
}
