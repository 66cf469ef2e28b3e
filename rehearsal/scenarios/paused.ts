import type { Json } from '../server/service.ts';
import { afterRolloutStarts } from './new-tasks.ts';
import type { Scenario, Stage } from './scenario.ts';

export const paused: Scenario = {
  name: 'paused',
  description: 'A pause hook waits for a person, who lets the deployment go on.',
  service: {
    deployment: {
      strategy: 'BLUE_GREEN',
      lifecycleHooks: [{ targetType: 'PAUSE', lifecycleStages: ['POST_TEST_TRAFFIC_SHIFT'] }],
    },
  },
  speedFactor: 2,
  expected: { verdict: 'succeeded', exitCode: 0 },
  prepare(stage) {
    afterRolloutStarts(stage, 60, () => void letGoOn(stage));
  },
};

const LOOK_MILLISECONDS = 5000;

/** Answers the pause hook as soon as it waits. */
async function letGoOn(stage: Stage): Promise<void> {
  const { rehearsal, cluster, service } = stage;
  const { serviceDeployments } = await rehearsal.call('ecs', 'ListServiceDeployments', { cluster, service });
  const serviceDeploymentArn = (serviceDeployments as Json[])[0]?.['serviceDeploymentArn'];
  const described = await rehearsal.call('ecs', 'DescribeServiceDeployments', {
    serviceDeploymentArns: [serviceDeploymentArn],
  });
  const [{ lifecycleHookDetails = [] }] = described['serviceDeployments'] as [
    { lifecycleHookDetails?: Json[] },
  ];
  const waiting = lifecycleHookDetails.find(({ status }) => status === 'AWAITING_ACTION');
  if (waiting === undefined) {
    rehearsal.clock.after(LOOK_MILLISECONDS, () => void letGoOn(stage));
    return;
  }
  await rehearsal.call('ecs', 'ContinueServiceDeployment', {
    serviceDeploymentArn,
    hookId: waiting['hookId'],
  });
}
