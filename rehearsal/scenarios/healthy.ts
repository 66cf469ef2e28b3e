import type { Scenario } from './scenario.ts';

export const healthy: Scenario = {
  name: 'healthy',
  description: 'Every new task starts and passes its health checks.',
  service: { circuitBreaker: { enable: true, rollback: true } },
  expected: { verdict: 'succeeded', exitCode: 0 },
};
