import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { PullThroughSource } from '../config/environment-config.ts';
import { acknowledge } from '../template/acknowledge.ts';

/** ECR: creating a pull through cache rule; only Docker Hub asks for a login. */
const upstreams: Readonly<Record<PullThroughSource, { registry: string; url: string; login: boolean }>> = {
  'ecr-public': { registry: 'ecr-public', url: 'public.ecr.aws', login: false },
  'docker-hub': { registry: 'docker-hub', url: 'registry-1.docker.io', login: true },
  quay: { registry: 'quay', url: 'quay.io', login: false },
  kubernetes: { registry: 'k8s', url: 'registry.k8s.io', login: false },
};

export interface PullThroughProps {
  readonly environment: string;
  readonly sources: readonly PullThroughSource[];
}

/** Mirrors of public registries under `<environment>/<source>/`; base images then meet no pull limit. */
export class PullThrough extends Construct {
  constructor(scope: Construct, id: string, props: PullThroughProps) {
    super(scope, id);
    for (const source of props.sources) {
      const upstream = upstreams[source];
      new ecr.CfnPullThroughCacheRule(this, source, {
        ecrRepositoryPrefix: `${props.environment}/${source}`,
        upstreamRegistry: upstream.registry,
        upstreamRegistryUrl: upstream.url,
        ...(upstream.login ? { credentialArn: this.createLogin(props.environment, source) } : {}),
      });
    }
  }

  /** ECR insists on the prefix. A person fills in `username` and `accessToken` once. */
  private createLogin(environment: string, source: string): string {
    const secret = new secretsmanager.Secret(this, `${source}-login`, {
      secretName: `ecr-pullthroughcache/slipway-${environment}-${source}`,
      description: 'JSON with username and accessToken, a read-only token of that registry',
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ username: 'fill-in' }),
        generateStringKey: 'accessToken',
      },
    });
    acknowledge(secret, {
      'AwsSolutions-SMG4': 'The registry on the other side issues this token; AWS cannot rotate it.',
    });
    return secret.secretArn;
  }
}
