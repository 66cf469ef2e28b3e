import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attachCustomSynthesis, Stage } from 'aws-cdk-lib';
import { Construct } from 'constructs';

export interface AssemblyFileProps {
  readonly name: string;
  readonly content: object;
}

/** A JSON file beside the templates: for what we author here and others apply. */
export class AssemblyFile extends Construct {
  constructor(scope: Construct, id: string, props: AssemblyFileProps) {
    super(scope, id);
    attachCustomSynthesis(this, {
      onSynthesize: () => {
        const directory = Stage.of(this)?.outdir;
        if (directory === undefined)
          throw new Error(`${this.node.path} is in no stage and cannot be written.`);
        writeFileSync(join(directory, props.name), printJson(props.content));
      },
    });
  }
}

export function printJson(content: object): string {
  return `${JSON.stringify(content, undefined, 2)}\n`;
}
