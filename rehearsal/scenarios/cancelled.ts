import { afterRolloutStarts, scriptNewTasks } from './new-tasks.ts';
import type { Scenario } from './scenario.ts';

export const cancelled: Scenario = {
  name: 'cancelled',
  description: 'The workflow is cancelled while the deployment goes on.',
  expected: { verdict: 'cancelled', exitCode: 1 },
  prepare(stage) {
    // Slow enough that the signal always finds the rollout unfinished.
    scriptNewTasks(stage, { kind: 'healthy', pullSeconds: 600 });
    afterRolloutStarts(stage, 20, () => stage.cancel());
  },
};
