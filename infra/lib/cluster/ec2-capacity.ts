import { Stack } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Ec2CapacityConfig } from '../config/environment-config.ts';
import { acknowledge, acknowledgeWildcard } from '../template/acknowledge.ts';

export interface Ec2CapacityProps {
  readonly cluster: string;
  readonly config: Ec2CapacityConfig;
  readonly vpc: ec2.IVpc;
}

/** An Auto Scaling group that ECS itself sizes (managed scaling) and empties (managed draining). */
export class Ec2Capacity extends Construct {
  readonly providerName: string;

  constructor(scope: Construct, id: string, props: Ec2CapacityProps) {
    super(scope, id);
    this.providerName = `${props.cluster}-ec2`;
    const group = new autoscaling.AutoScalingGroup(this, 'Group', {
      vpc: props.vpc,
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
      launchTemplate: this.createLaunchTemplate(props),
      minCapacity: props.config.minimum,
      maxCapacity: props.config.maximum,
      newInstancesProtectedFromScaleIn: false,
      groupMetrics: [autoscaling.GroupMetrics.all()],
    });
    acknowledge(group, {
      'AwsSolutions-AS3':
        'ECS scales this group; deployments and capacity are watched through the services’ alarms.',
    });
    new ecs.CfnCapacityProvider(this, 'Provider', {
      name: this.providerName,
      autoScalingGroupProvider: {
        autoScalingGroupArn: group.autoScalingGroupArn,
        managedScaling: { status: 'ENABLED', targetCapacity: 100, instanceWarmupPeriod: 60 },
        managedDraining: 'ENABLED',
        managedTerminationProtection: 'DISABLED',
      },
    });
  }

  private createLaunchTemplate(props: Ec2CapacityProps): ec2.LaunchTemplate {
    const securityGroup = new ec2.SecurityGroup(this, 'InstanceSecurityGroup', {
      vpc: props.vpc,
      description: 'Container instances: nothing comes in, tasks have interfaces and groups of their own',
      allowAllOutbound: false,
    });
    securityGroup.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443), 'ECS, ECR and logs');
    const arm = props.config.architecture === 'ARM64';
    const userData = ec2.UserData.forLinux();
    userData.addCommands(
      `echo 'ECS_CLUSTER=${props.cluster}' >> /etc/ecs/ecs.config`,
      `echo 'ECS_AWSVPC_BLOCK_IMDS=true' >> /etc/ecs/ecs.config`,
      `echo 'ECS_ENABLE_SPOT_INSTANCE_DRAINING=true' >> /etc/ecs/ecs.config`,
    );
    return new ec2.LaunchTemplate(this, 'LaunchTemplate', {
      instanceType: new ec2.InstanceType(props.config.instanceType),
      machineImage: ec2.MachineImage.resolveSsmParameterAtLaunch(
        `/aws/service/ecs/optimized-ami/amazon-linux-2023/${arm ? 'arm64/' : ''}recommended/image_id`,
      ),
      userData,
      role: this.createRole(props.cluster),
      securityGroup,
      requireImdsv2: true,
      httpPutResponseHopLimit: 1,
      detailedMonitoring: true,
      blockDevices: [
        {
          deviceName: '/dev/xvda',
          volume: encryptedVolume(),
        },
      ],
    });
  }

  /** The agent's permissions, without the wide `AmazonEC2ContainerServiceforEC2Role`. */
  private createRole(clusterName: string): iam.Role {
    const role = new iam.Role(this, 'InstanceRole', {
      assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
    });
    const stack = Stack.of(this);
    const cluster = stack.formatArn({ service: 'ecs', resource: 'cluster', resourceName: clusterName });
    const instances = stack.formatArn({
      service: 'ecs',
      resource: 'container-instance',
      resourceName: `${clusterName}/*`,
    });
    grant(role, 'Discover', ['ecs:DiscoverPollEndpoint'], '*');
    grant(role, 'Join', [...agentCalls.join], cluster);
    grant(role, 'Work', [...agentCalls.work], instances);
    acknowledgeWildcard(role, '*', 'ecs:DiscoverPollEndpoint has no resource type.');
    acknowledgeWildcard(
      role,
      instances,
      'An instance’s id is not known before it joins; the wildcard stays in the cluster.',
    );
    return role;
  }
}

/** What the ECS agent calls (ECS: container instance IAM role), by the resource it acts on. */
const agentCalls = {
  join: [
    'ecs:RegisterContainerInstance',
    'ecs:DeregisterContainerInstance',
    'ecs:SubmitAttachmentStateChanges',
    'ecs:SubmitContainerStateChange',
    'ecs:SubmitTaskStateChange',
  ],
  work: [
    'ecs:Poll',
    'ecs:StartTelemetrySession',
    'ecs:UpdateContainerInstancesState',
    'ecs:PutSystemLogEvents',
  ],
} as const;

function grant(role: iam.Role, sid: string, actions: string[], resource: string): void {
  role.addToPolicy(new iam.PolicyStatement({ sid, actions, resources: [resource] }));
}

function encryptedVolume(): ec2.BlockDeviceVolume {
  return ec2.BlockDeviceVolume.ebs(30, { encrypted: true, volumeType: ec2.EbsDeviceVolumeType.GP3 });
}
