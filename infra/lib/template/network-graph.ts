import type { Template } from './template.ts';
import { findResources, nameOf } from './walk.ts';

/** Where a subnet's default route leads. */
export type Egress = 'internet' | 'nat' | 'nowhere';

export interface SubnetNode {
  readonly id: string;
  readonly tier: string;
  readonly zone: string;
  readonly cidr: string;
  readonly egress: Egress;
}

/** Subnets with the way out that their route tables really give them. */
export function readSubnets(templates: ReadonlyMap<string, Template>): SubnetNode[] {
  const tables = new Map(
    findResources(templates, 'AWS::EC2::SubnetRouteTableAssociation').map(({ properties }) => [
      nameOf(properties['SubnetId']),
      nameOf(properties['RouteTableId']),
    ]),
  );
  const routes = findResources(templates, 'AWS::EC2::Route');
  return findResources(templates, 'AWS::EC2::Subnet').map(({ id, properties }) => ({
    id,
    tier: readTag(properties['Tags'], 'aws-cdk:subnet-name'),
    zone: nameOf(properties['AvailabilityZone']),
    cidr: nameOf(properties['CidrBlock']),
    egress: readEgress(
      routes
        .map((route) => route.properties)
        .filter((route) => nameOf(route['RouteTableId']) === tables.get(id))
        .filter((route) => route['DestinationCidrBlock'] === '0.0.0.0/0'),
    ),
  }));
}

function readEgress(defaults: readonly Readonly<Record<string, unknown>>[]): Egress {
  if (defaults.some((route) => route['GatewayId'] !== undefined)) return 'internet';
  const nat = defaults.some(
    (route) => route['NatGatewayId'] !== undefined || route['InstanceId'] !== undefined,
  );
  return nat ? 'nat' : 'nowhere';
}

function readTag(tags: unknown, key: string): string {
  const list = (tags ?? []) as { Key: string; Value: string }[];
  return list.find((tag) => tag.Key === key)?.Value ?? '';
}

/** One allowed way into a security group. */
export interface IngressEdge {
  readonly stack: string;
  /** Logical id, or the name of the export for a group of another stack. */
  readonly group: string;
  readonly from: string;
  readonly fromPort: unknown;
  readonly toPort: unknown;
}

/** Every way in, whether written in the group or beside it. */
export function readIngressEdges(templates: ReadonlyMap<string, Template>): IngressEdge[] {
  const inline = findResources(templates, 'AWS::EC2::SecurityGroup').flatMap(({ stack, id, properties }) =>
    ((properties['SecurityGroupIngress'] ?? []) as Record<string, unknown>[]).map((rule) =>
      toEdge(stack, id, rule),
    ),
  );
  const separate = findResources(templates, 'AWS::EC2::SecurityGroupIngress').map(({ stack, properties }) =>
    toEdge(stack, nameOf(properties['GroupId']), properties),
  );
  return [...inline, ...separate];
}

function toEdge(stack: string, group: string, rule: Readonly<Record<string, unknown>>): IngressEdge {
  return {
    stack,
    group,
    from: nameOf(rule['SourceSecurityGroupId'] ?? rule['CidrIp'] ?? rule['CidrIpv6']),
    fromPort: rule['FromPort'],
    toPort: rule['ToPort'],
  };
}
