import { rmSync } from 'node:fs';
import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { readRecommendedFlags } from '../stacks/slipway-app.ts';
import { acknowledge } from './acknowledge.ts';
import { skipValidation } from './skip-validation.ts';
import type { Template } from './template.ts';

/** A stack in a fixed region, for trying one construct alone. */
export function createTestStack(): Stack {
  const app = new App({
    analyticsReporting: false,
    treeMetadata: false,
    stackTraces: false,
    context: readRecommendedFlags(),
  });
  return new Stack(app, 'Test', { env: { region: 'us-east-1' } });
}

/** Ids of the subnets in the imported VPC, in the shape that AWS gives them. */
export const testSubnets = {
  public: ['subnet-00000000000000a1', 'subnet-00000000000000a2'],
  private: ['subnet-00000000000000b1', 'subnet-00000000000000b2'],
  isolated: ['subnet-00000000000000c1', 'subnet-00000000000000c2'],
};

/** A VPC that exists elsewhere, with two subnets a tier. */
export function importTestVpc(stack: Stack): ec2.IVpc {
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'TestVpc', {
    vpcId: 'vpc-00000000000000001',
    vpcCidrBlock: '10.9.0.0/16',
    availabilityZones: ['us-east-1a', 'us-east-1b'],
    publicSubnetIds: testSubnets.public,
    privateSubnetIds: testSubnets.private,
    isolatedSubnetIds: testSubnets.isolated,
  });
  acknowledge(vpc, { 'Annotation::@aws-cdk/aws-ec2:noSubnetRouteTableId': 'Tests touch no route tables.' });
  return vpc;
}

/** The template of one stack, as the walking tests want it. */
export function readTemplate(stack: Stack): ReadonlyMap<string, Template> {
  const app = stack.node.root as App;
  const assembly = skipValidation(() => app.synth());
  try {
    return new Map([[stack.stackName, assembly.getStackByName(stack.stackName).template as Template]]);
  } finally {
    rmSync(assembly.directory, { recursive: true, force: true });
  }
}
