import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attachCustomSynthesis, Stage } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { TaskDefinitionDocument } from './task-definition-document.ts';

export interface AuthoredTaskDefinitionProps {
  readonly environment: string;
  readonly app: string;
  readonly document: TaskDefinitionDocument;
}

/**
 * Puts a task definition into the cloud assembly as a file, not into a template: the deploy action is
 * the only one that registers revisions (DESIGN §6), so CloudFormation never rolls an image back.
 */
export class AuthoredTaskDefinition extends Construct {
  readonly fileName: string;
  readonly document: TaskDefinitionDocument;

  constructor(scope: Construct, id: string, props: AuthoredTaskDefinitionProps) {
    super(scope, id);
    this.fileName = nameTaskDefinitionFile(props.environment, props.app);
    this.document = props.document;
    attachCustomSynthesis(this, {
      onSynthesize: () => {
        const directory = Stage.of(this)?.outdir;
        if (directory === undefined)
          throw new Error(`${this.node.path} is in no stage and cannot be written.`);
        writeFileSync(join(directory, this.fileName), printTaskDefinition(props.document));
      },
    });
  }
}

export function nameTaskDefinitionFile(environment: string, app: string): string {
  return `taskdef.${environment}.${app}.json`;
}

export function printTaskDefinition(document: object): string {
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
