import type { Rollout } from './rollout.ts';

/** Rollouts as text in a step's state, for its post phase. */
export function formatRollouts(rollouts: readonly Rollout[]): string {
  return JSON.stringify(rollouts);
}

/** The inverse; the text is our own, from the main phase of the same step. */
export function parseRollouts(text: string): Rollout[] {
  return JSON.parse(text) as Rollout[];
}
