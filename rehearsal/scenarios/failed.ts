import { scriptNewTasks } from './new-tasks.ts';
import type { Scenario } from './scenario.ts';

export const failed: Scenario = {
  name: 'failed',
  description: 'The circuit breaker stops the deployment, and nothing rolls it back.',
  service: { circuitBreaker: { enable: true, rollback: false } },
  deployInputs: { 'abort-after': '0', 'on-failure': 'leave' },
  expected: { verdict: 'failed', cause: 'out-of-memory', exitCode: 1 },
  prepare(stage) {
    scriptNewTasks(stage, {
      kind: 'out-of-memory',
      afterSeconds: 3,
      logLines: ['loading model weights', 'FATAL ERROR: Reached heap limit Allocation failed'],
    });
  },
};
