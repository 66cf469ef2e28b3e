import type { BreakerSettings } from './state.ts';

/** BOUNDED_PERCENT never asks for fewer or more failures than these. */
const BOUNDS = { least: 3, most: 200 };

/**
 * How many failures in a row stop a deployment. Percentages are of the service's latest desired count, rounded up.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ThresholdConfiguration.html
 */
export function computeBreakerThreshold(breaker: BreakerSettings, desiredCount: number): number {
  const { type, value } = breaker.threshold;
  const share = Math.ceil((value / 100) * desiredCount);
  switch (type) {
    case 'COUNT':
      return value;
    case 'UNBOUNDED_PERCENT':
      return Math.max(1, share);
    case 'BOUNDED_PERCENT':
      return Math.min(BOUNDS.most, Math.max(BOUNDS.least, share));
  }
}

/** Longest wait between two starts of tasks that never reach RUNNING. */
const LONGEST_BACK_OFF_SECONDS = 27 * 60;

/**
 * How long the scheduler waits after the given number of tasks in a row went from PENDING straight to STOPPED. AWS publishes
 * the end of it, 27 minutes, but not its steps: the rehearsal doubles from 10 seconds.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-throttle-logic.html
 */
export function computeStartBackOffSeconds(failuresInARow: number): number {
  return Math.min(LONGEST_BACK_OFF_SECONDS, 10 * 2 ** Math.max(0, failuresInARow - 1));
}
