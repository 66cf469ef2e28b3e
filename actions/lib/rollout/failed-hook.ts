import { cleanRemoteLine } from '../message/remote-text.ts';
import type { FailedHook } from './evidence.ts';
import type { HookState, ServiceDeploymentState } from './service-deployment.ts';

// "Service deployment rolled back because PRE_SCALE_UP lifecycle hook(s) failed. Lifecycle hook target arn:… returned FAILED
// status." https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-lifecycle-hooks.html
const hookFailed = /lifecycle hook|hook execution failure/i;

/**
 * The lifecycle hook for which ECS gave the service deployment up. A hook that timed out with `CONTINUE` as its timeout action
 * has stopped nothing.
 */
export function findFailedHook(state: ServiceDeploymentState | undefined): FailedHook | undefined {
  if (state === undefined) return undefined;
  const hook = state.hooks.findLast(
    ({ status, timeoutAction }) =>
      status === 'FAILED' || (status === 'TIMED_OUT' && timeoutAction !== 'CONTINUE'),
  );
  const reason = cleanRemoteLine(state.rollbackReason ?? state.statusReason ?? '');
  if (hook === undefined && !hookFailed.test(reason)) return undefined;
  const target = hook?.targetArn;
  return {
    type: hook?.type ?? 'AWS_LAMBDA',
    lambda: target === undefined ? undefined : cleanRemoteLine(target.slice(target.lastIndexOf(':') + 1)),
    kind: kindOf(hook, reason),
    stage: /\b([A-Z]+(?:_[A-Z]+)+) lifecycle hook/.exec(reason)?.[1] ?? state.lifecycleStage,
    reason,
  };
}

function kindOf(hook: HookState | undefined, reason: string): FailedHook['kind'] {
  if (hook?.status === 'TIMED_OUT' || (hook === undefined && /timed? ?out/i.test(reason))) return 'timed-out';
  // Nobody but a person, by ContinueServiceDeployment with ROLLBACK, ends a pause badly before its time.
  return hook?.type === 'PAUSE' ? 'rejected' : 'failed';
}
