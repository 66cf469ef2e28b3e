import type { InputReader } from '../lib/input/reader.ts';
import type { ServiceReference } from '../lib/rollout/service-reference.ts';
import { readWaitInputs } from '../lib/rollout/wait-inputs.ts';
import type { WaitOptions } from '../lib/rollout/wait-options.ts';

export interface DeployInputs {
  readonly taskDefinition: TaskDefinitionSource;
  readonly services: readonly ServiceReference[];
  readonly isWaiting: boolean;
  readonly options: WaitOptions;
  readonly onSuperseded: 'fail' | 'warn';
  readonly isForced: boolean;
  readonly maxRetries: number;
}

export type TaskDefinitionSource =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'revision'; readonly arn: string };

/** @throws UserError through the reader, for every bad input at once */
export function readDeployInputs(input: InputReader): DeployInputs {
  const { options, ...waiting } = readWaitInputs(input);
  return {
    ...waiting,
    taskDefinition: readTaskDefinitionSource(input),
    isWaiting: input.bool('wait'),
    options: { ...options, onCancel: input.oneOf('on-cancel', ['rollback', 'leave']) },
    isForced: input.bool('force'),
  };
}

const revisionArn = /^arn:aws[\w-]*:ecs:[\w-]+:\d{12}:task-definition\/[\w-]+:\d+$/;

function readTaskDefinitionSource(input: InputReader): TaskDefinitionSource {
  const text = input.text('task-definition');
  if (!text.startsWith('arn:')) return { kind: 'file', path: text };
  if (!revisionArn.test(text)) {
    input.problem(
      `input "task-definition": expected a path or the ARN of a revision (…:task-definition/family:number), got "${text.slice(0, 120)}"`,
    );
  }
  return { kind: 'revision', arn: text };
}
