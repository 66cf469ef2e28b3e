import { readFileSync } from 'node:fs';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { refuseBadConfig } from '../config/check-config.ts';
import type { EnvironmentConfig } from '../config/environment-config.ts';
import { EnvironmentStage } from './environment-stage.ts';

export interface SlipwayAppProps {
  readonly environments: readonly EnvironmentConfig[];
  /** Stages to build; all configurations are checked either way, since they must fit together. */
  readonly only?: readonly string[];
  readonly outdir?: string;
}

/** The CDK app: checks the configuration, then builds one stage per environment under cdk-nag's eyes. */
export function createSlipwayApp(props: SlipwayAppProps): App {
  refuseBadConfig(props.environments);
  const app = new App({
    ...(props.outdir === undefined ? {} : { outdir: props.outdir }),
    postCliContext: readRecommendedFlags(),
    analyticsReporting: false,
    treeMetadata: false,
    // A seventh of the time; findings name their construct by path all the same.
    stackTraces: false,
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  for (const config of props.environments) {
    if (props.only !== undefined && !props.only.includes(config.name)) continue;
    new EnvironmentStage(app, config);
  }
  return app;
}

/** All behaviours that AWS recommends for new projects; fixed by the pinned version of the library. */
export function readRecommendedFlags(): Record<string, unknown> {
  const file = new URL(import.meta.resolve('aws-cdk-lib/recommended-feature-flags.json'));
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
}
