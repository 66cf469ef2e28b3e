import type { ScenarioEnd } from '../scenarios/scenario.ts';

/** How the last step that judged the deployment ended: wait-stable, or deploy-ecs-service where that failed. */
export interface ChainEnd {
  readonly verdict: string | undefined;
  readonly cause: string | undefined;
  readonly exitCode: number;
}

/** What the rehearsal says in the end, and its exit code: 0 for succeeded, 1 for other verdicts, 2 for the wrong one. */
export interface Conclusion {
  readonly exitCode: 0 | 1 | 2;
  readonly sentence: string;
}

export function concludeRehearsal(scenario: string, expected: ScenarioEnd, end: ChainEnd): Conclusion {
  const got = sayEnd(end);
  const wanted = sayEnd({ ...expected, cause: expected.cause });
  const asExpected =
    end.verdict === expected.verdict &&
    (expected.cause === undefined || end.cause === expected.cause) &&
    (end.exitCode === 0) === (expected.exitCode === 0);
  if (!asExpected) return { exitCode: 2, sentence: `${scenario} must end ${wanted}, but it ended ${got}` };
  return { exitCode: end.verdict === 'succeeded' ? 0 : 1, sentence: `${scenario} ended ${got}, as it must` };
}

function sayEnd({ verdict, cause, exitCode }: ChainEnd): string {
  if (verdict === undefined) return `without a verdict (exit code ${exitCode})`;
  return cause === undefined || cause === '' ? verdict : `${verdict} because of ${cause}`;
}
