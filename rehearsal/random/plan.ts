import type { TaskOutcome } from '../ecs/outcome.ts';

/** One rollout, all decided before it begins: plain data, so that a failing one can be printed and made smaller. */
export interface RolloutPlan {
  /** Decides everything that is drawn on the way: ids, start times, which of the calls a fault hits. */
  readonly seed: number;
  readonly desiredCount: number;
  readonly minimumHealthyPercent: number;
  readonly maximumPercent: number;
  readonly strategy: StrategyPlan;
  readonly hook: HookPlan | undefined;
  /** The service watches an alarm; `alarm` incidents set it off. */
  readonly alarm: { readonly rollback: boolean } | undefined;
  /** Only for ROLLING. */
  readonly early: { readonly healthyPercent: number; readonly cleanup: 'BLOCKING' | 'DEFERRED' } | undefined;
  readonly breaker: BreakerPlan | undefined;
  /** What tells ECS that a task is healthy. */
  readonly checks: 'none' | 'container' | 'target-group' | 'both';
  readonly healthCheckGracePeriodSeconds: number;
  /** The longest that a healthy task of ours takes to answer its health checks. Above 6 some are replaced before they do. */
  readonly readySeconds: number;
  /** The longest image pull. */
  readonly pullSeconds: number;
  /** Whether the service ran something before; one that did not has nothing to go back to. */
  readonly hasPredecessor: boolean;
  readonly mishap: MishapPlan | undefined;
  /** Whether tasks of the revision before ours fail as well once they are started anew. */
  readonly isPreviousBroken: boolean;
  readonly incidents: readonly Incident[];
  readonly network: NetworkPlan;
}

export interface StrategyPlan {
  readonly kind: 'ROLLING' | 'BLUE_GREEN' | 'LINEAR' | 'CANARY';
  readonly bakeMinutes: number;
  /** Of LINEAR's steps, or of the canary. */
  readonly stepPercent: number;
  readonly stepBakeMinutes: number;
}

export interface HookPlan {
  readonly stage:
    | 'PRE_SCALE_UP'
    | 'POST_SCALE_UP'
    | 'POST_TEST_TRAFFIC_SHIFT'
    | 'POST_PRODUCTION_TRAFFIC_SHIFT';
  /** A pause waits for a `continue` incident. */
  readonly kind: 'passes' | 'fails' | 'never-answers' | 'pause';
  readonly timeoutMinutes: number;
  readonly timeoutAction: 'ROLLBACK' | 'CONTINUE';
}

export interface BreakerPlan {
  readonly rollback: boolean;
  readonly resetOnHealthyTask: boolean;
  readonly threshold: {
    readonly type: 'BOUNDED_PERCENT' | 'UNBOUNDED_PERCENT' | 'COUNT';
    readonly value: number;
  };
}

/** What happens to our tasks. */
export interface MishapPlan {
  readonly outcome: TaskOutcome;
  /** The share of tasks that it happens to. */
  readonly share: number;
  /** It stops happening after that many tasks. */
  readonly untilAttempt: number;
}

/** Something that somebody else does, so many seconds after our rollout has started (before it where negative). */
export type Incident = { readonly atSeconds: number } & (
  | { readonly kind: 'rival' }
  | { readonly kind: 'force' }
  | { readonly kind: 'stop' }
  | { readonly kind: 'scale'; readonly desiredCount: number }
  /** Tasks of ours stopped by hand. */
  | { readonly kind: 'stop-tasks'; readonly count: number }
  | { readonly kind: 'delete-service' }
  /** A change of settings that starts no deployment. */
  | { readonly kind: 'settings' }
  | { readonly kind: 'alarm'; readonly state: 'OK' | 'ALARM' }
  /** Somebody answers the pause hook that waits by then, if one does. */
  | { readonly kind: 'continue'; readonly action: 'CONTINUE' | 'ROLLBACK' }
);

/** What lies between the client and AWS. Shares are of all calls. */
export interface NetworkPlan {
  /** The client's clock minus AWS's. */
  readonly skewSeconds: number;
  readonly latencySeconds: number;
  readonly throttledShare: number;
  readonly failedShare: number;
  /** Lost before or after AWS did what was asked. */
  readonly lostShare: number;
  /** Answers may be that old. */
  readonly staleSeconds: number;
  readonly staleShare: number;
  /** No call gets through for a while. */
  readonly outage: { readonly atSeconds: number; readonly seconds: number } | undefined;
  /** Operations that the role may not call. */
  readonly denied: readonly string[];
}

/** A network without faults. */
export const calmNetwork: NetworkPlan = {
  skewSeconds: 0,
  latencySeconds: 0.05,
  throttledShare: 0,
  failedShare: 0,
  lostShare: 0,
  staleSeconds: 0,
  staleShare: 0,
  outage: undefined,
  denied: [],
};
