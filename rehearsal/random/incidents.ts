import { AwsError, type Json } from '../server/service.ts';
import type { Incident } from './plan.ts';
import { ALARM } from './service-input.ts';
import { CLUSTER, type RolloutWorld, SERVICE } from './world.ts';

/** Does what somebody else does. What AWS refuses them stays undone. */
export function happen(world: RolloutWorld, incident: Incident): void {
  try {
    act(world, incident);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
  }
}

function act(world: RolloutWorld, incident: Incident): void {
  const service: Json = { cluster: CLUSTER, service: SERVICE };
  switch (incident.kind) {
    case 'rival':
      world.control.deployRival(CLUSTER, SERVICE);
      return;
    case 'force':
      world.ecs('UpdateService', { ...service, forceNewDeployment: true });
      return;
    case 'scale':
      world.ecs('UpdateService', { ...service, desiredCount: incident.desiredCount });
      return;
    case 'stop': {
      const { serviceDeployments } = world.ecs('ListServiceDeployments', service);
      const [latest] = serviceDeployments as Json[];
      if (latest !== undefined) {
        world.ecs('StopServiceDeployment', { serviceDeploymentArn: latest['serviceDeploymentArn'] });
      }
      return;
    }
    case 'stop-tasks': {
      const { taskArns } = world.ecs('ListTasks', { cluster: CLUSTER, serviceName: SERVICE });
      for (const task of (taskArns as string[]).slice(-incident.count))
        world.ecs('StopTask', { cluster: CLUSTER, task });
      return;
    }
    case 'settings':
      world.ecs('UpdateService', { ...service, healthCheckGracePeriodSeconds: 45 });
      return;
    case 'alarm':
      world.control.setAlarm(ALARM, incident.state);
      return;
    case 'continue':
      answerPause(world, incident.action);
      return;
    case 'delete-service':
      world.ecs('DeleteService', { ...service, force: true });
      return;
  }
}

function answerPause(world: RolloutWorld, action: 'CONTINUE' | 'ROLLBACK'): void {
  const { serviceDeployments } = world.ecs('ListServiceDeployments', { cluster: CLUSTER, service: SERVICE });
  const [latest] = serviceDeployments as Json[];
  if (latest === undefined) return;
  const { serviceDeploymentArn } = latest;
  const described = world.ecs('DescribeServiceDeployments', {
    serviceDeploymentArns: [serviceDeploymentArn],
  });
  const [{ lifecycleHookDetails = [] }] = described['serviceDeployments'] as [
    { lifecycleHookDetails?: Json[] },
  ];
  const waiting = lifecycleHookDetails.find(({ status }) => status === 'AWAITING_ACTION');
  if (waiting === undefined) return;
  world.ecs('ContinueServiceDeployment', { serviceDeploymentArn, hookId: waiting['hookId'], action });
}
