import type { Clock } from '../clock/clock.ts';
import type { Json } from './service.ts';

/**
 * What a read replica that lags behind would answer: AWS's reads are eventually consistent.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html and every other page of calls that change
 * something say so in one form or another; https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html explains it.
 */
export interface StaleAnswers {
  /** Keeps a fresh answer for later, and gives it back. */
  keep(operation: string, input: Json, answer: Json): Json;
  /** The answer as it was at most so many seconds ago; undefined where nobody asked then. */
  recall(operation: string, input: Json, seconds: number): Json | undefined;
}

// Nothing is further behind than that.
const LONGEST_LAG_MILLISECONDS = 60_000;
// The questions asked last are the ones that are asked again.
const MOST_QUESTIONS = 500;
const reads = /(?:^| )(?:Describe|List|Get)\w+$/;

export function createStaleAnswers(clock: Clock): StaleAnswers {
  const kept = new Map<string, { readonly at: number; readonly answer: Json }[]>();
  const keyOf = (operation: string, input: Json): string => `${operation} ${JSON.stringify(input)}`;
  return {
    keep(operation, input, answer) {
      if (!reads.test(operation)) return answer;
      const key = keyOf(operation, input);
      const now = clock.now();
      const recent = (kept.get(key) ?? []).filter(({ at }) => now - at <= LONGEST_LAG_MILLISECONDS);
      kept.delete(key);
      kept.set(key, [...recent, { at: now, answer }]);
      const [oldest] = kept.keys();
      if (kept.size > MOST_QUESTIONS && oldest !== undefined) kept.delete(oldest);
      return answer;
    },
    recall(operation, input, seconds) {
      if (!reads.test(operation)) return undefined;
      const oldest = clock.now() - seconds * 1000;
      return kept.get(keyOf(operation, input))?.find(({ at }) => at >= oldest)?.answer;
    },
  };
}
