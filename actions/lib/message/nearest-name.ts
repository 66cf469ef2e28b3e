import { closest, distance } from 'fastest-levenshtein';

/** The legal name that a person most likely meant, or undefined when none is close enough to suggest. */
export function nearestName(wrong: string, legal: readonly string[]): string | undefined {
  if (legal.length === 0) return undefined;
  const best = closest(
    wrong.toLowerCase(),
    legal.map((name) => name.toLowerCase()),
  );
  const name = legal.find((candidate) => candidate.toLowerCase() === best);
  const allowed = Math.max(1, Math.floor(wrong.length / 3));
  return name !== undefined && distance(wrong.toLowerCase(), best) <= allowed ? name : undefined;
}
