import { afterRolloutStarts } from './new-tasks.ts';
import type { Scenario } from './scenario.ts';

export const superseded: Scenario = {
  name: 'superseded',
  description: 'Somebody else deploys to the same service while the action waits.',
  expected: { verdict: 'superseded', exitCode: 1 },
  prepare(stage) {
    afterRolloutStarts(stage, 15, () => {
      stage.rehearsal.ecs.deployRival(stage.cluster, stage.service);
    });
  },
};
