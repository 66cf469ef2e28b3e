import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EnvironmentConfig } from '../config/environment-config.ts';
import { createSlipwayApp } from '../stacks/slipway-app.ts';
import type { Template } from '../template/template.ts';

/** Where the cloud assembly goes; git ignores it. */
export const assemblyDirectory = fileURLToPath(new URL('../../cdk.out', import.meta.url));

/** One synthesized stack. */
export interface SynthesizedStack {
  readonly name: string;
  readonly environment: string;
  readonly templatePath: string;
  readonly template: Template;
}

/** Builds environments into a directory and reads the templates back. Exits 1 by itself on a finding. */
export function synthesize(
  environments: readonly EnvironmentConfig[],
  only: readonly string[],
  outdir: string,
): SynthesizedStack[] {
  rmSync(outdir, { recursive: true, force: true });
  const assembly = createSlipwayApp({ environments, only, outdir }).synth();
  return only.flatMap((environment) =>
    assembly.getNestedAssembly(`assembly-${environment}`).stacks.map((stack) => ({
      name: stack.stackName,
      environment,
      templatePath: stack.templateFullPath,
      template: JSON.parse(readFileSync(stack.templateFullPath, 'utf8')) as Template,
    })),
  );
}

/** The task definitions that a synth put beside the templates. */
export function readTaskDefinition(outdir: string, environment: string, fileName: string): string {
  return readFileSync(join(outdir, `assembly-${environment}`, fileName), 'utf8');
}
