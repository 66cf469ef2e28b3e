import type { Construct } from 'constructs';
import type { EnvironmentConfig, KubernetesConfig } from '../config/environment-config.ts';
import { EksCluster } from '../kubernetes/eks-cluster.ts';
import { writeManifests } from '../kubernetes/manifests.ts';
import { AssemblyFile } from '../template/assembly-file.ts';
import { EnvironmentStack } from './environment-stack.ts';
import { importPlatform } from './platform-seam.ts';

/** The EKS variant: a cluster beside ECS in the same network, and the apps' manifests as an artifact. */
export class KubernetesStack extends EnvironmentStack {
  constructor(scope: Construct, config: EnvironmentConfig, kubernetes: KubernetesConfig) {
    super(scope, 'kubernetes', config, `Kubernetes cluster of ${config.name}`);
    const { vpc } = importPlatform(this, config);
    new EksCluster(this, 'Kubernetes', {
      name: `slipway-${config.name}`,
      config: kubernetes,
      subnets: vpc.privateSubnets,
    });
    new AssemblyFile(this, 'Manifests', {
      name: `kubernetes.${config.name}.json`,
      content: writeManifests(config),
    });
  }
}
