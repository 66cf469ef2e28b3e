import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import type { EnvironmentConfig } from '../config/environment-config.ts';
import { EnvironmentStage } from '../stacks/environment-stage.ts';
import { readRecommendedFlags } from '../stacks/slipway-app.ts';
import { skipValidation } from './skip-validation.ts';
import type { Template } from './template.ts';

export interface Synthesis {
  /** By stack name. */
  readonly templates: ReadonlyMap<string, Template>;
  /** The emitted task definitions and manifests, by file name. */
  readonly artifacts: ReadonlyMap<string, string>;
}

/** Builds environments without the validators, for tests that look into templates and need many of them. */
export function synthesizeTemplates(...environments: readonly EnvironmentConfig[]): Synthesis {
  const outdir = mkdtempSync(join(tmpdir(), 'slipway-infra-'));
  try {
    const app = new App({
      outdir,
      analyticsReporting: false,
      treeMetadata: false,
      stackTraces: false,
      postCliContext: readRecommendedFlags(),
    });
    for (const config of environments) new EnvironmentStage(app, config);
    const assembly = skipValidation(() => app.synth());
    const templates = new Map<string, Template>();
    const artifacts = new Map<string, string>();
    for (const { nestedAssembly } of assembly.nestedAssemblies) {
      for (const stack of nestedAssembly.stacks) templates.set(stack.stackName, stack.template as Template);
      for (const name of listArtifacts(nestedAssembly.directory)) {
        artifacts.set(name, readFileSync(join(nestedAssembly.directory, name), 'utf8'));
      }
    }
    return { templates, artifacts };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function listArtifacts(directory: string): string[] {
  return readdirSync(directory).filter((name) => /^(taskdef|kubernetes)\./.test(name));
}
