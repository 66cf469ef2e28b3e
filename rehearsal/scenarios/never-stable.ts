import { scriptNewTasks } from './new-tasks.ts';
import type { Scenario } from './scenario.ts';

export const neverStable: Scenario = {
  name: 'never-stable',
  description: 'Tasks run but never pass their health checks, and a long grace period keeps ECS from acting.',
  service: { healthCheckGracePeriodSeconds: 7200 },
  // The action's minutes are the wall's.
  deployInputs: { 'timeout-minutes': '0.25' },
  expected: { verdict: 'timed-out', cause: 'target-health-check', exitCode: 1 },
  prepare(stage) {
    scriptNewTasks(stage, {
      kind: 'unhealthy-target',
      reasonCode: 'Target.Timeout',
      description: 'Request timed out',
      logLines: ['listening on 127.0.0.1:3000'],
    });
  },
};
