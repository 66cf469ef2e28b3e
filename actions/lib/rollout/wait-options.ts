import type { Log } from '../message/log.ts';
import type { Clock } from './clock.ts';
import type { RolloutPorts } from './ports.ts';
import type { Rollout } from './rollout.ts';

export interface WaitOptions {
  readonly timeoutSeconds: number;
  readonly pollSeconds: number;
  /** Identical failures of the new revision, with no healthy task of it, after which it is given up; 0 never does. */
  readonly abortAfter: number;
  readonly onFailure: 'rollback' | 'leave';
  readonly onCancel: 'rollback' | 'leave';
  /** What ends the wait well: that the rollout completed, that the tasks before it are gone too, or that it pauses. */
  readonly waitFor: 'completed' | 'drained' | 'paused';
  /** Last log lines of the failing container to show; 0 for none. */
  readonly logLines: number;
}

/** What the waiter needs of the world. */
export interface WaitPorts extends RolloutPorts {
  readonly clock: Clock;
  /** A number from 0 to 1, for jitter. */
  readonly random: () => number;
  readonly log: Log;
  /** Fires when the run is cancelled. */
  readonly cancelled: AbortSignal;
  /** Told as soon as a rollout's service deployment is known, so that it can be saved before anything else. */
  readonly onIdentified: (rollout: Rollout) => void;
}
