import type { Appointment } from '../clock/clock.ts';
import type { HookSettings, HookStage, LifecycleStage } from './strategy-settings.ts';

/** The stages of one deployment, and where it is. */
export interface Lifecycle {
  readonly steps: readonly LifecycleStep[];
  /** Index of the step it is in; -1 before the first. */
  at: number;
  /** Every hook that has run or runs, in order. */
  readonly hooks: HookRun[];
  /** Percentages of the traffic that should reach the target; undefined where ECS moves none. */
  traffic: { test: number; production: number } | undefined;
  timer: Appointment | undefined;
}

export interface LifecycleStep {
  /** Shown in lifecycleStage. Rolling deployments without hooks show none. */
  readonly stage: LifecycleStage | undefined;
  /** What goes on in it. `scale-up` and `clean-up` last until the scheduler is done with them. */
  readonly work: 'none' | 'scale-up' | 'shift-test' | 'shift-production' | 'clean-up';
  /** Of production traffic, for `shift-production`. */
  readonly percent?: number;
  readonly waitSeconds: number;
}

export interface HookRun {
  readonly id: string;
  readonly settings: HookSettings;
  readonly stage: HookStage;
  /** The step it belongs to. */
  readonly step: number;
  status: 'AWAITING_ACTION' | 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT';
  readonly expiresAt: number;
  /** Its result, and its timeout. */
  readonly timers: Appointment[];
}
