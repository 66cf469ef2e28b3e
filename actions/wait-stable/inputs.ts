import type { InputReader } from '../lib/input/reader.ts';
import { readWaitInputs, type WaitInputs } from '../lib/rollout/wait-inputs.ts';

export interface WaitStableInputs extends WaitInputs {
  readonly serviceDeploymentArn: string | undefined;
  /** `family:revision` of the revision expected. */
  readonly expectedRevision: string | undefined;
}

const serviceDeploymentArn = /^arn:aws[\w-]*:ecs:[\w-]+:\d{12}:service-deployment\/[\w-]+\/[\w-]+\/[\w-]+$/;
const revision = /^(?:arn:aws[\w-]*:ecs:[\w-]+:\d{12}:task-definition\/)?([\w-]+:\d+)$/;

/** @throws UserError through the reader, for every bad input at once */
export function readWaitStableInputs(input: InputReader): WaitStableInputs {
  const waiting = readWaitInputs(input);
  const arn = input.optionalText('service-deployment-arn');
  if (arn !== undefined && !serviceDeploymentArn.test(arn)) {
    input.problem(
      `input "service-deployment-arn": expected arn:…:service-deployment/cluster/service/id, got "${arn.slice(0, 120)}"`,
    );
  }
  if (arn !== undefined && waiting.services.length > 1) {
    input.problem('input "service-deployment-arn" goes with a single service: name one in input "service"');
  }
  const expected = input.optionalText('task-definition');
  const expectedRevision = revision.exec(expected ?? '')?.[1];
  if (expected !== undefined && expectedRevision === undefined) {
    input.problem(
      `input "task-definition": expected family:revision or the ARN of a revision, got "${expected.slice(0, 120)}"`,
    );
  }
  return { ...waiting, serviceDeploymentArn: arn, expectedRevision };
}
