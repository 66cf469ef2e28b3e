import { expect, it } from '@jest/globals';
import type { ScenarioEnd } from '../scenarios/scenario.ts';
import { type ChainEnd, concludeRehearsal } from './verdict.ts';

const healthy: ScenarioEnd = { verdict: 'succeeded', exitCode: 0 };
const crash: ScenarioEnd = { verdict: 'rolled-back', cause: 'app-exit', exitCode: 1 };

it.each<[ScenarioEnd, ChainEnd, number, string]>([
  [healthy, { verdict: 'succeeded', cause: '', exitCode: 0 }, 0, 'demo ended succeeded, as it must'],
  [
    crash,
    { verdict: 'rolled-back', cause: 'app-exit', exitCode: 1 },
    1,
    'demo ended rolled-back because of app-exit, as it must',
  ],
  [
    crash,
    { verdict: 'rolled-back', cause: 'unknown', exitCode: 1 },
    2,
    'demo must end rolled-back because of app-exit, but it ended rolled-back because of unknown',
  ],
  [
    crash,
    { verdict: 'succeeded', cause: undefined, exitCode: 0 },
    2,
    'demo must end rolled-back because of app-exit, but it ended succeeded',
  ],
  [
    crash,
    { verdict: 'rolled-back', cause: 'app-exit', exitCode: 0 },
    2,
    'demo must end rolled-back because of app-exit, but it ended rolled-back because of app-exit',
  ],
  [
    healthy,
    { verdict: undefined, cause: undefined, exitCode: 1 },
    2,
    'demo must end succeeded, but it ended without a verdict (exit code 1)',
  ],
])('%j after %j exits with %i', (expected, end, exitCode, sentence) => {
  expect(concludeRehearsal('demo', expected, end)).toEqual({ exitCode, sentence });
});
