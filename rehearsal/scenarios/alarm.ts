import { afterRolloutStarts } from './new-tasks.ts';
import type { Scenario } from './scenario.ts';

const ALARM = 'web-5xx-rate';

export const alarm: Scenario = {
  name: 'alarm',
  description: 'A CloudWatch alarm goes off while the new revision bakes.',
  service: {
    deployment: {
      strategy: 'CANARY',
      canaryConfiguration: { canaryPercent: 10, canaryBakeTimeInMinutes: 2 },
      alarms: { enable: true, rollback: true, alarmNames: [ALARM] },
    },
  },
  speedFactor: 2,
  expected: { verdict: 'rolled-back', cause: 'alarm', exitCode: 1 },
  prepare(stage) {
    afterRolloutStarts(stage, 75, () => stage.rehearsal.ecs.setAlarm(ALARM, 'ALARM'));
  },
};
