import { describe, expect, it } from '@jest/globals';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { dev } from '../../config/dev.ts';
import type { NetworkConfig } from '../config/environment-config.ts';
import { readSubnets } from '../template/network-graph.ts';
import { synthesizeTemplates } from '../template/synthesize-templates.ts';
import { createTestStack, readTemplate } from '../template/test-stack.ts';
import { findResources, nameOf } from '../template/walk.ts';
import { Network } from './network.ts';

/** The platform of dev with another network. */
function build(change: Partial<NetworkConfig>) {
  const config = { ...dev, network: { ...dev.network, ...change }, apps: {}, sites: {} };
  const { templates } = synthesizeTemplates(config);
  return new Map([...templates].filter(([name]) => name.endsWith('-platform')));
}

describe('Network', () => {
  it('can be built alone', () => {
    const stack = createTestStack();
    Object.defineProperty(stack, 'availabilityZones', { value: [...dev.network.zones] });
    new Network(stack, 'Network', { config: dev.network, logBucket: new Bucket(stack, 'Logs') });
    expect(readSubnets(readTemplate(stack))).toHaveLength(6);
  });

  it.each<[NetworkConfig['nat'], string, number]>([
    ['instance', 'AWS::EC2::Instance', 1],
    ['gateway', 'AWS::EC2::NatGateway', 1],
    ['gateway-per-zone', 'AWS::EC2::NatGateway', 3],
    ['regional-gateway', 'AWS::EC2::NatGateway', 1],
  ])('gives private subnets a way out by %s', (nat, type, count) => {
    const templates = build({ nat, zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'] });
    expect(findResources(templates, type)).toHaveLength(count);
    const tiers = readSubnets(templates).map(({ tier, egress }) => `${tier}:${egress}`);
    expect(new Set(tiers)).toEqual(new Set(['public:internet', 'private:nat', 'isolated:nowhere']));
    expect(tiers).toHaveLength(9);
  });

  it('spreads the gateways of gateway-per-zone over the zones', () => {
    const routes = findResources(build({ nat: 'gateway-per-zone' }), 'AWS::EC2::Route')
      .map(({ properties }) => properties['NatGatewayId'])
      .filter((id) => id !== undefined)
      .map(nameOf);
    expect(new Set(routes).size).toBe(2);
  });

  it('calls the regional gateway regional', () => {
    const [gateway] = findResources(build({ nat: 'regional-gateway' }), 'AWS::EC2::NatGateway');
    expect(gateway?.properties).toMatchObject({ AvailabilityMode: 'regional' });
  });

  it('puts interface endpoints into private subnets, open to the VPC on 443', () => {
    const templates = build({ interfaceEndpoints: ['ecr.api', 'ecr.dkr', 'logs'] });
    const endpoints = findResources(templates, 'AWS::EC2::VPCEndpoint').filter(
      ({ properties }) => properties['VpcEndpointType'] === 'Interface',
    );
    expect(endpoints.map(({ properties }) => nameOf(properties['ServiceName']))).toEqual([
      'com.amazonaws.us-east-1.ecr.api',
      'com.amazonaws.us-east-1.ecr.dkr',
      'com.amazonaws.us-east-1.logs',
    ]);
    const [group] = findResources(templates, 'AWS::EC2::SecurityGroup').filter(({ id }) =>
      id.includes('Endpoint'),
    );
    expect(group?.properties['SecurityGroupIngress']).toEqual([
      expect.objectContaining({ CidrIp: '10.10.0.0/16', FromPort: 443, ToPort: 443 }),
    ]);
  });

  it('routes to a peered network and back', () => {
    const templates = build({
      peering: { vpcId: 'vpc-old', cidr: '172.20.0.0/16', routeTableIds: ['rtb-1', 'rtb-2'], port: 5432 },
    });
    const [peering] = findResources(templates, 'AWS::EC2::VPCPeeringConnection');
    const routes = findResources(templates, 'AWS::EC2::Route')
      .map(({ properties }) => properties)
      .filter((route) => nameOf(route['VpcPeeringConnectionId']) === peering?.id);
    expect(routes.filter((route) => route['DestinationCidrBlock'] === '172.20.0.0/16')).toHaveLength(2);
    expect(routes.filter((route) => /^rtb-/.test(nameOf(route['RouteTableId'])))).toHaveLength(2);
  });

  it('lets tasks leave for the peered network on the one port that was named', () => {
    const peering = { vpcId: 'vpc-old', cidr: '172.20.0.0/16', routeTableIds: [], port: 5432 };
    const { templates } = synthesizeTemplates({ ...dev, network: { ...dev.network, peering } });
    const app = new Map([['app', templates.get('slipway-dev-simple-app1')!]]);
    const [group] = findResources(app, 'AWS::EC2::SecurityGroup');
    expect(group?.properties['SecurityGroupEgress']).toEqual([
      expect.objectContaining({ CidrIp: '0.0.0.0/0', FromPort: 443, ToPort: 443 }),
      expect.objectContaining({ CidrIp: '172.20.0.0/16', FromPort: 5432, ToPort: 5432 }),
    ]);
  });
});
