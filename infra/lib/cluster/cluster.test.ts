import { describe, expect, it } from '@jest/globals';
import { prod } from '../../config/prod.ts';
import { createTestStack, importTestVpc, readTemplate, testSubnets } from '../template/test-stack.ts';
import { findResources, nameOf } from '../template/walk.ts';
import { Cluster } from './cluster.ts';

function build(ec2: boolean) {
  const stack = createTestStack();
  const config = ec2 ? prod.cluster : { insights: 'enhanced' as const };
  new Cluster(stack, 'Cluster', { environment: 'prod', config, vpc: importTestVpc(stack) });
  return readTemplate(stack);
}

describe('Cluster', () => {
  it('offers Fargate and Spot, and watches containers closely', () => {
    const templates = build(false);
    expect(findResources(templates, 'AWS::ECS::Cluster')[0]?.properties).toMatchObject({
      ClusterName: 'slipway-prod',
      ClusterSettings: [{ Name: 'containerInsights', Value: 'enhanced' }],
    });
    const [providers] = findResources(templates, 'AWS::ECS::ClusterCapacityProviderAssociations');
    expect(providers?.properties['CapacityProviders']).toEqual(['FARGATE', 'FARGATE_SPOT']);
    expect(findResources(templates, 'AWS::AutoScaling::AutoScalingGroup')).toEqual([]);
  });

  it('adds instances that ECS sizes and drains', () => {
    const templates = build(true);
    const [providers] = findResources(templates, 'AWS::ECS::ClusterCapacityProviderAssociations');
    expect(providers?.properties['CapacityProviders']).toEqual([
      'FARGATE',
      'FARGATE_SPOT',
      'slipway-prod-ec2',
    ]);
    expect(findResources(templates, 'AWS::ECS::CapacityProvider')[0]?.properties).toMatchObject({
      AutoScalingGroupProvider: {
        ManagedScaling: { Status: 'ENABLED', TargetCapacity: 100 },
        ManagedDraining: 'ENABLED',
      },
    });
    expect(findResources(templates, 'AWS::AutoScaling::AutoScalingGroup')[0]?.properties).toMatchObject({
      MinSize: '2',
      MaxSize: '4',
      VPCZoneIdentifier: testSubnets.private,
    });
  });

  it('starts hardened instances from the current ECS image', () => {
    const [template] = findResources(build(true), 'AWS::EC2::LaunchTemplate');
    const data = template?.properties['LaunchTemplateData'] as Record<string, unknown>;
    expect(data).toMatchObject({
      MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
      BlockDeviceMappings: [{ Ebs: { Encrypted: true, VolumeType: 'gp3' } }],
      Monitoring: { Enabled: true },
    });
    expect(nameOf(data['ImageId'])).toContain('/amazon-linux-2023/arm64/recommended/image_id');
    expect(JSON.stringify(data['UserData'])).toContain('ECS_CLUSTER=slipway-prod');
  });

  it('lets nobody into an instance', () => {
    const [group] = findResources(build(true), 'AWS::EC2::SecurityGroup');
    expect(group?.properties).not.toHaveProperty('SecurityGroupIngress');
  });
});
