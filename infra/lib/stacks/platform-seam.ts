import { CfnOutput, Fn, type Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { EnvironmentConfig } from '../config/environment-config.ts';
import { nameExport } from '../config/names.ts';
import type { LoadBalancerSeam } from '../load-balancer/load-balancer.ts';
import { acknowledge } from '../template/acknowledge.ts';

/**
 * What the platform gives to everything that stands on it. The exports are always all there: CDK's own
 * cross-stack references come and go with their users, and one app's edit would change the platform.
 */
export interface Platform {
  readonly vpc: ec2.IVpc;
  readonly certificateArn: string | undefined;
  readonly sharedLoadBalancer: LoadBalancerSeam | undefined;
}

const tiers = ['public', 'private', 'isolated'] as const;

export function exportPlatform(stack: Stack, environment: string, platform: Platform): void {
  const put = (what: string, value: string) =>
    new CfnOutput(stack, `Export-${what}`, { value, exportName: nameExport(environment, what) });
  put('vpc', platform.vpc.vpcId);
  for (const tier of tiers) {
    for (const [index, subnet] of listSubnets(platform.vpc, tier).entries()) {
      put(`${tier}-subnet-${index + 1}`, subnet.subnetId);
    }
  }
  if (platform.certificateArn !== undefined) put('certificate', platform.certificateArn);
  const shared = platform.sharedLoadBalancer;
  if (shared === undefined) return;
  for (const key of loadBalancerKeys) put(`shared-${key}`, shared[key]);
}

export function importPlatform(scope: Construct, config: EnvironmentConfig): Platform {
  const get = (what: string) => Fn.importValue(nameExport(config.name, what));
  const subnets = (tier: string) =>
    config.network.zones.map((_, index) => get(`${tier}-subnet-${index + 1}`));
  const https = config.domain !== undefined;
  const vpc = ec2.Vpc.fromVpcAttributes(scope, 'Vpc', {
    vpcId: get('vpc'),
    vpcCidrBlock: config.network.cidr,
    availabilityZones: [...config.network.zones],
    publicSubnetIds: subnets('public'),
    privateSubnetIds: subnets('private'),
    isolatedSubnetIds: subnets('isolated'),
  });
  acknowledge(vpc, {
    'Annotation::@aws-cdk/aws-ec2:noSubnetRouteTableId': 'Only the network itself touches route tables.',
  });
  return {
    vpc,
    certificateArn: https ? get('certificate') : undefined,
    sharedLoadBalancer: config.sharedLoadBalancer
      ? {
          productionListenerArn: get('shared-productionListenerArn'),
          testListenerArn: get('shared-testListenerArn'),
          securityGroupId: get('shared-securityGroupId'),
          dnsName: get('shared-dnsName'),
          zoneId: get('shared-zoneId'),
          fullName: get('shared-fullName'),
          https,
        }
      : undefined,
  };
}

const loadBalancerKeys = [
  'productionListenerArn',
  'testListenerArn',
  'securityGroupId',
  'dnsName',
  'zoneId',
  'fullName',
] as const;

function listSubnets(vpc: ec2.IVpc, tier: (typeof tiers)[number]): ec2.ISubnet[] {
  switch (tier) {
    case 'public':
      return vpc.publicSubnets;
    case 'private':
      return vpc.privateSubnets;
    case 'isolated':
      return vpc.isolatedSubnets;
  }
}
