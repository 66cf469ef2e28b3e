import { scriptNewTasks } from './new-tasks.ts';
import type { Scenario } from './scenario.ts';

export const rolledBack: Scenario = {
  name: 'rolled-back',
  description: "The health check answers 500, and ECS's own circuit breaker rolls back.",
  service: { circuitBreaker: { enable: true, rollback: true } },
  deployInputs: { 'abort-after': '0' },
  expected: { verdict: 'rolled-back', cause: 'target-health-check', exitCode: 1 },
  prepare(stage) {
    scriptNewTasks(stage, {
      kind: 'unhealthy-target',
      reasonCode: 'Target.ResponseCodeMismatch',
      description: 'Health checks failed with these codes: [500]',
      logLines: ['GET /health 500 connect ECONNREFUSED 10.0.3.17:5432'],
    });
  },
};
