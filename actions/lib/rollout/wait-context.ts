import { clockDuration } from '../message/duration.ts';
import { type Access, openAccess } from './access.ts';
import type { CallBudget } from './call-budget.ts';
import type { WaitOptions, WaitPorts } from './wait-options.ts';
import type { Watch } from './watch.ts';

/** One wait: its options and ports, and what it keeps between looks. */
export interface Wait {
  readonly options: WaitOptions;
  readonly ports: WaitPorts;
  readonly access: Access;
  readonly budget: CallBudget;
  /** Epoch milliseconds of the runner's clock. */
  readonly startedAt: number;
  readonly deadline: number;
  /** Until then, a rollback that is under way may finish. */
  readonly lastChance: number;
  /** The code of the error that keeps looks from succeeding just now. */
  blindness: string | undefined;
  readonly say: (watch: Watch, text: string) => void;
}

// A rollback gets as long as the wait itself had, five minutes at most.
const longestRollbackSeconds = 300;

export function openWait(options: WaitOptions, ports: WaitPorts): Wait {
  const startedAt = ports.clock.now();
  const deadline = startedAt + options.timeoutSeconds * 1000;
  return {
    options,
    ports,
    access: openAccess(ports.log),
    budget: { spare: 1 },
    startedAt,
    deadline,
    lastChance: deadline + Math.min(options.timeoutSeconds, longestRollbackSeconds) * 1000,
    blindness: undefined,
    say(watch, text) {
      const elapsed = clockDuration((ports.clock.now() - startedAt) / 1000);
      ports.log.info(`${elapsed}  ${watch.rollout.service}  ${text}`);
    },
  };
}
