import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attachCustomSynthesis, Stage } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { EnvironmentConfig, KubernetesConfig } from '../config/environment-config.ts';
import { EksCluster } from '../kubernetes/eks-cluster.ts';
import { writeManifests } from '../kubernetes/manifests.ts';
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
    attachCustomSynthesis(this, {
      onSynthesize: () => {
        const directory = Stage.of(this)?.outdir;
        if (directory === undefined) throw new Error('The Kubernetes stack is in no stage.');
        const text = `${JSON.stringify(writeManifests(config), undefined, 2)}\n`;
        writeFileSync(join(directory, `kubernetes.${config.name}.json`), text);
      },
    });
  }
}
