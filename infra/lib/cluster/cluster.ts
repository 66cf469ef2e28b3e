import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import type { ClusterConfig } from '../config/environment-config.ts';
import { nameCluster } from '../config/names.ts';
import { Ec2Capacity } from './ec2-capacity.ts';

export interface ClusterProps {
  readonly environment: string;
  readonly config: ClusterConfig;
  readonly vpc: IVpc;
}

/** One ECS cluster for all apps of an environment: Fargate, Fargate Spot and, where asked for, EC2. */
export class Cluster extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, props: ClusterProps) {
    super(scope, id);
    this.name = nameCluster(props.environment);
    const cluster = new ecs.CfnCluster(this, 'Cluster', {
      clusterName: this.name,
      clusterSettings: [{ name: 'containerInsights', value: props.config.insights }],
    });
    const ec2 =
      props.config.ec2 === undefined
        ? undefined
        : new Ec2Capacity(this, 'Ec2', { cluster: this.name, config: props.config.ec2, vpc: props.vpc });
    const providers = new ecs.CfnClusterCapacityProviderAssociations(this, 'CapacityProviders', {
      cluster: cluster.ref,
      capacityProviders: ['FARGATE', 'FARGATE_SPOT', ...(ec2 === undefined ? [] : [ec2.providerName])],
      defaultCapacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1 }],
    });
    if (ec2 !== undefined) providers.node.addDependency(ec2);
  }
}
