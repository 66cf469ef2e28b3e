import { RemovalPolicy } from 'aws-cdk-lib';
import type { ISubnet } from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { KubernetesConfig } from '../config/environment-config.ts';
import { acknowledgeManagedPolicy } from '../template/acknowledge.ts';

export interface EksClusterProps {
  readonly name: string;
  readonly config: KubernetesConfig;
  readonly subnets: readonly ISubnet[];
}

const logTypes = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];

/** `amazon-cloudwatch-observability` brings the CloudWatch agent, Fluent Bit and Container Insights. */
const addons = [
  'vpc-cni',
  'kube-proxy',
  'coredns',
  'metrics-server',
  'eks-pod-identity-agent',
  'amazon-cloudwatch-observability',
] as const;

/** An EKS cluster with its own nodes in the private subnets. */
export class EksCluster extends Construct {
  readonly cluster: eks.CfnCluster;

  constructor(scope: Construct, id: string, props: EksClusterProps) {
    super(scope, id);
    const key = new kms.Key(this, 'SecretsKey', {
      description: `Secrets of the Kubernetes cluster ${props.name}`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const role = createRole(this, 'ControlPlane', 'eks.amazonaws.com', ['AmazonEKSClusterPolicy']);
    this.cluster = new eks.CfnCluster(this, 'Cluster', {
      name: props.name,
      version: props.config.version,
      roleArn: role.roleArn,
      accessConfig: { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: false },
      resourcesVpcConfig: {
        subnetIds: props.subnets.map(({ subnetId }) => subnetId),
        endpointPrivateAccess: true,
        endpointPublicAccess: false,
      },
      encryptionConfig: [{ provider: { keyArn: key.keyArn }, resources: ['secrets'] }],
      logging: { clusterLogging: { enabledTypes: logTypes.map((type) => ({ type })) } },
    });
    const nodes = this.addNodes(props);
    for (const addonName of addons) {
      const addon = new eks.CfnAddon(this, addonName, {
        clusterName: this.cluster.ref,
        addonName,
        resolveConflicts: 'OVERWRITE',
      });
      // The network plugin must be there before nodes become ready; the rest needs nodes to run on.
      if (addonName !== 'vpc-cni' && addonName !== 'kube-proxy') addon.addResourceDependency(nodes);
    }
  }

  private addNodes(props: EksClusterProps): eks.CfnNodegroup {
    const role = createRole(this, 'Node', 'ec2.amazonaws.com', [
      'AmazonEKSWorkerNodePolicy',
      'AmazonEKS_CNI_Policy',
      'AmazonEC2ContainerRegistryPullOnly',
      'CloudWatchAgentServerPolicy',
    ]);
    return new eks.CfnNodegroup(this, 'Nodes', {
      clusterName: this.cluster.ref,
      nodeRole: role.roleArn,
      subnets: props.subnets.map(({ subnetId }) => subnetId),
      instanceTypes: [props.config.instanceType],
      amiType: 'AL2023_ARM_64_STANDARD',
      scalingConfig: {
        minSize: props.config.minimumNodes,
        desiredSize: props.config.minimumNodes,
        maxSize: props.config.maximumNodes,
      },
      updateConfig: { maxUnavailable: 1 },
    });
  }
}

function createRole(scope: Construct, id: string, service: string, policies: readonly string[]): iam.Role {
  const role = new iam.Role(scope, `${id}Role`, {
    assumedBy: new iam.ServicePrincipal(service),
    managedPolicies: policies.map((name) => iam.ManagedPolicy.fromAwsManagedPolicyName(name)),
  });
  for (const name of policies) {
    acknowledgeManagedPolicy(
      role,
      name,
      'EKS asks for this managed policy and AWS keeps it in step with the service.',
    );
  }
  return role;
}
