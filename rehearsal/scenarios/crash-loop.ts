import { scriptNewTasks } from './new-tasks.ts';
import type { Scenario } from './scenario.ts';

export const crashLoop: Scenario = {
  name: 'crash-loop',
  description:
    'The application exits at once, there is no circuit breaker, and the action has it rolled back.',
  deployInputs: { 'abort-after': '3' },
  expected: { verdict: 'rolled-back', cause: 'app-exit', exitCode: 1 },
  prepare(stage) {
    scriptNewTasks(stage, {
      kind: 'exits',
      afterSeconds: 2,
      exitCode: 1,
      logLines: [
        '{"level":"info","message":"starting","version":"24.0.0"}',
        'Error: DATABASE_URL is not set',
        '    at readConfiguration (file:///app/src/configuration.ts:14:11)',
        '    at main (file:///app/src/main.ts:6:25)',
      ],
    });
  },
};
