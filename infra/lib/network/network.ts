import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { NetworkConfig } from '../config/environment-config.ts';
import { acknowledge } from '../template/acknowledge.ts';

export interface NetworkProps {
  readonly config: NetworkConfig;
  /** Where flow logs go. */
  readonly logBucket: IBucket;
}

/** A VPC with three tiers in every zone: public (load balancers), private (tasks), isolated (data). */
export class Network extends Construct {
  readonly vpc: ec2.Vpc;

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    const { config } = props;
    const nat = chooseNat(config);
    this.vpc = new ec2.Vpc(this, 'Vpc', {
      ipAddresses: ec2.IpAddresses.cidr(config.cidr),
      availabilityZones: [...config.zones],
      natGatewayProvider: nat.provider,
      natGateways: nat.count,
      // Emptying the default group would need a Lambda; nothing is ever put into it.
      restrictDefaultSecurityGroup: false,
      subnetConfiguration: [
        { name: 'public', subnetType: ec2.SubnetType.PUBLIC, cidrMask: 24, mapPublicIpOnLaunch: false },
        { name: 'private', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 21 },
        { name: 'isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED, cidrMask: 24 },
      ],
      // Gateway endpoints cost nothing and keep image layers and table traffic off the NAT.
      gatewayEndpoints: {
        S3: { service: ec2.GatewayVpcEndpointAwsService.S3 },
        DynamoDb: { service: ec2.GatewayVpcEndpointAwsService.DYNAMODB },
      },
    });
    acknowledge(this.vpc, {
      'CloudFormation-Validate::W3010':
        'Zones come by name from the configuration: synth then needs no look-up, and subnets never move.',
    });
    this.vpc.addFlowLog('FlowLog', {
      destination: ec2.FlowLogDestination.toS3(props.logBucket, 'vpc'),
      maxAggregationInterval: ec2.FlowLogMaxAggregationInterval.TEN_MINUTES,
    });
    if (nat.instances !== undefined) hardenNatInstances(nat.instances, config.cidr);
    this.addInterfaceEndpoints(config);
    if (config.peering !== undefined) this.addPeering(config.peering);
  }

  private addInterfaceEndpoints(config: NetworkConfig): void {
    if (config.interfaceEndpoints.length === 0) return;
    const securityGroup = new ec2.SecurityGroup(this, 'EndpointSecurityGroup', {
      vpc: this.vpc,
      description: 'HTTPS from this VPC to the AWS services behind interface endpoints',
      allowAllOutbound: false,
    });
    securityGroup.addIngressRule(ec2.Peer.ipv4(config.cidr), ec2.Port.tcp(443), 'HTTPS from the VPC');
    for (const service of config.interfaceEndpoints) {
      this.vpc.addInterfaceEndpoint(`Endpoint-${service}`, {
        service: new ec2.InterfaceVpcEndpointAwsService(service),
        securityGroups: [securityGroup],
        open: false,
      });
    }
  }

  /** Routes both ways: ours for every private subnet, theirs for every route table they named. */
  private addPeering(peering: NonNullable<NetworkConfig['peering']>): void {
    const connection = new ec2.CfnVPCPeeringConnection(this, 'Peering', {
      vpcId: this.vpc.vpcId,
      peerVpcId: peering.vpcId,
    });
    for (const [index, subnet] of this.vpc.privateSubnets.entries()) {
      new ec2.CfnRoute(this, `RouteOut${index + 1}`, {
        routeTableId: subnet.routeTable.routeTableId,
        destinationCidrBlock: peering.cidr,
        vpcPeeringConnectionId: connection.ref,
      });
    }
    for (const [index, routeTableId] of peering.routeTableIds.entries()) {
      new ec2.CfnRoute(this, `RouteBack${index + 1}`, {
        routeTableId,
        destinationCidrBlock: this.vpc.vpcCidrBlock,
        vpcPeeringConnectionId: connection.ref,
      });
    }
  }
}

interface NatChoice {
  readonly provider: ec2.NatProvider;
  readonly count: number | undefined;
  readonly instances?: ec2.NatInstanceProviderV2;
}

function chooseNat(config: NetworkConfig): NatChoice {
  switch (config.nat) {
    case 'instance': {
      // The image comes from a public SSM parameter, so synth needs no look-up.
      const instances = ec2.NatProvider.instanceV2({
        instanceType: ec2.InstanceType.of(ec2.InstanceClass.T4G, ec2.InstanceSize.NANO),
        defaultAllowedTraffic: ec2.NatTrafficDirection.OUTBOUND_ONLY,
        associatePublicIpAddress: true,
      });
      return { provider: instances, count: 1, instances };
    }
    case 'gateway':
      return { provider: ec2.NatProvider.gateway(), count: 1 };
    case 'gateway-per-zone':
      return { provider: ec2.NatProvider.gateway(), count: config.zones.length };
    case 'regional-gateway':
      return { provider: ec2.NatProvider.regionalGateway(), count: undefined };
  }
}

/** CDK's NAT instance has no options for these; EC2 recovers it by itself when its host fails. */
function hardenNatInstances(provider: ec2.NatInstanceProviderV2, cidr: string): void {
  provider.connections.allowFrom(
    ec2.Peer.ipv4(cidr),
    ec2.Port.allTraffic(),
    'Traffic of the private subnets',
  );
  for (const instance of provider.gatewayInstances) {
    instance.instance.monitoring = true;
    instance.instance.metadataOptions = { httpTokens: 'required', httpEndpoint: 'enabled' };
    instance.instance.blockDeviceMappings = [
      {
        deviceName: '/dev/xvda',
        ebs: { encrypted: true, volumeType: 'gp3', volumeSize: 8, deleteOnTermination: true },
      },
    ];
    acknowledge(instance, {
      'AwsSolutions-EC29':
        'One replaceable NAT instance without state, in dev only; termination protection would block deleting the environment.',
    });
  }
}
