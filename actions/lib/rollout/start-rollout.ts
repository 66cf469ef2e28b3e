import type { Log } from '../message/log.ts';
import { UserError } from '../message/user-error.ts';
import type { Clock } from './clock.ts';
import type { FoundService } from './find-services.ts';
import { immediateOutcome, type Outcome } from './outcome.ts';
import type { Step } from './plan.ts';
import type { RolloutControl } from './ports.ts';
import { type Rollout, taskDefinitionName } from './rollout.ts';
import { causeOfError } from './verdict.ts';

/** What a step of the plan came to: a rollout to wait for, or an outcome already. */
export type Start =
  | { readonly kind: 'rollout'; readonly rollout: Rollout }
  | { readonly kind: 'outcome'; readonly outcome: Outcome };

export interface StartPorts {
  readonly control: RolloutControl;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Carries one service's step out. An update that AWS refuses is an outcome, as other services may be under way already.
 *
 * @param registered the revision that was registered for this run, where the plan asked for one
 */
export async function startRollout(
  found: FoundService,
  step: Step,
  registered: string | undefined,
  { control, clock, log }: StartPorts,
): Promise<Start> {
  const { reference, state } = found;
  if (step.kind === 'follow') {
    log.info(`${state.name} is being deployed with this very definition already: waiting for that`);
    return { kind: 'rollout', rollout: step.rollout };
  }
  const base = { ...reference, deploymentId: '', createdAt: 0, serviceDeploymentArn: undefined };
  if (step.kind === 'unchanged') {
    const { taskDefinitionArn } = step;
    const rollout = { ...base, taskDefinitionArn, previousTaskDefinitionArn: taskDefinitionArn };
    const end = { verdict: 'unchanged', reason: 'the same definition' } as const;
    return { kind: 'outcome', outcome: immediateOutcome(rollout, state.arn, clock.now(), end) };
  }
  const { previousTaskDefinitionArn, isForced } = step;
  const taskDefinitionArn = step.taskDefinitionArn ?? registered ?? '';
  const versions = { taskDefinitionArn, previousTaskDefinitionArn };
  try {
    const started = await control.updateService({ ...reference, taskDefinitionArn, isForced });
    log.info(
      `Updating ${state.name} from ${taskDefinitionName(previousTaskDefinitionArn)} to ${taskDefinitionName(taskDefinitionArn)}`,
    );
    return { kind: 'rollout', rollout: { ...base, ...versions, ...started } };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const end = {
      verdict: 'failed',
      cause: causeOfError(error),
      reason: error.message,
    } as const;
    return {
      kind: 'outcome',
      outcome: immediateOutcome({ ...base, ...versions }, state.arn, clock.now(), end),
    };
  }
}
