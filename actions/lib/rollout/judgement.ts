import type { Rollout } from './rollout.ts';
import type { ServiceDeploymentBrief, ServiceDeploymentState } from './service-deployment.ts';
import type { ServiceState } from './service-state.ts';
import type { Cause } from './verdict.ts';

/** One look at one service. What could not be seen, because it is not there yet or was denied, is undefined. */
export interface Snapshot {
  readonly service: ServiceState | undefined;
  /** Our service deployment. */
  readonly serviceDeployment: ServiceDeploymentState | undefined;
  /** Ours has not been seen although it may be looked at: it may still show up. */
  readonly isServiceDeploymentAwaited?: boolean;
  /** The service deployment that came right after ours. */
  readonly laterServiceDeployment: ServiceDeploymentBrief | undefined;
}

/** What the judge remembers between looks. Make one with `openJudge`. */
export interface JudgeState {
  readonly rollout: Rollout;
  /** We asked for the rollback ourselves. */
  readonly rollbackRequested: boolean;
  /** Our deployment has been in `deployments[]` at least once. */
  readonly wasListed: boolean;
  /** ECS's reason for marking our deployment FAILED, once it has. */
  readonly failedReason: string | undefined;
  /** Consecutive looks that would end the wait if they were not so easily explained by a stale answer. */
  readonly doubtfulLooks: number;
  /** Looks for which a bad verdict was withheld until our service deployment shows up. */
  readonly withheldLooks: number;
}

export type Judgement =
  | { readonly kind: 'waiting'; readonly phase: Phase }
  | {
      readonly kind: 'final';
      readonly verdict: 'succeeded' | 'rolled-back' | 'failed' | 'superseded';
      /** Why, in one clause: ECS's own words where it gave some. */
      readonly reason: string;
      /** Set where the look itself shows the cause. */
      readonly cause?: Cause;
      /** ECS gave ours up without rolling back: the new version is still what the service tries to run. */
      readonly isLeftInPlace?: true;
      /** What replaced ours, where something did. */
      readonly replacedBy?: string;
    };

export interface Judged {
  readonly state: JudgeState;
  readonly judgement: Judgement;
}

export type Phase =
  | 'pending'
  | 'rolling-out'
  /** A pause hook waits for somebody's decision. */
  | 'paused'
  /** It is successful, and the tasks that it replaced still stop. */
  | 'draining'
  | 'stopping'
  | 'rolling-back';

/** True while the new version is still on its way, and neither has arrived nor is being taken back. */
export function isUnderWay(judgement: Judgement): boolean {
  if (judgement.kind === 'final') return false;
  switch (judgement.phase) {
    case 'pending':
    case 'rolling-out':
    case 'paused':
      return true;
    case 'draining':
    case 'stopping':
    case 'rolling-back':
      return false;
  }
}

export function openJudge(rollout: Rollout): JudgeState {
  return {
    rollout,
    rollbackRequested: false,
    wasListed: false,
    failedReason: undefined,
    doubtfulLooks: 0,
    withheldLooks: 0,
  };
}
