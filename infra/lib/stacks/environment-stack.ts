import { DefaultStackSynthesizer, Stack, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { EnvironmentConfig } from '../config/environment-config.ts';
import { nameBootstrapQualifier } from '../config/names.ts';

/** What all stacks of an environment have in common: name, place, tags, protection, bootstrap. */
export class EnvironmentStack extends Stack {
  readonly config: EnvironmentConfig;

  constructor(scope: Construct, part: string, config: EnvironmentConfig, description: string) {
    super(scope, part, {
      stackName: `slipway-${config.name}-${part}`,
      description,
      env: { account: config.account, region: config.region },
      terminationProtection: config.production,
      synthesizer: new DefaultStackSynthesizer({ qualifier: nameBootstrapQualifier(config.name) }),
    });
    this.config = config;
    Tags.of(this).add('slipway:environment', config.name);
    Tags.of(this).add('slipway:part', part);
  }

  /** By name from the configuration: CDK would otherwise ask AWS during synth. */
  override get availabilityZones(): string[] {
    return [...this.config.network.zones];
  }
}
