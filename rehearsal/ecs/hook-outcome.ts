import type { HookStage } from './strategy-settings.ts';

/** What a Lambda function makes of a lifecycle hook. */
export type HookOutcome =
  | { readonly kind: 'succeeds'; readonly afterSeconds: number }
  | { readonly kind: 'fails'; readonly afterSeconds: number }
  /** It answers without a hookStatus. */
  | { readonly kind: 'unreadable'; readonly afterSeconds: number }
  /** It says IN_PROGRESS for ever, so that the hook times out. */
  | { readonly kind: 'never-answers' };

export interface HookInvocation {
  readonly cluster: string;
  readonly service: string;
  readonly deploymentId: string;
  readonly stage: HookStage;
  readonly targetArn: string;
}

/** Decides an outcome, or leaves it to the rules before it. */
export type HookRule = (invocation: HookInvocation) => HookOutcome | undefined;

/** The rule added last is asked first; with no answer at all, a hook succeeds after two seconds. */
export function decideHook(rules: readonly HookRule[], invocation: HookInvocation): HookOutcome {
  for (const rule of rules.toReversed()) {
    const outcome = rule(invocation);
    if (outcome !== undefined) return outcome;
  }
  return { kind: 'succeeds', afterSeconds: 2 };
}
