import { failRollout } from './rollback.ts';
import { findOngoing } from './service-deployment.ts';
import type { EcsService, ServiceDeployment } from './state.ts';
import type { AlarmState, World } from './world.ts';

// ECS polls DescribeAlarms; how often is not documented.
const POLL_MILLISECONDS = 2000;

/** A CloudWatch alarm changes its state; deployments that watch it take notice at their next look. */
export function setAlarm(world: World, name: string, state: AlarmState): void {
  world.alarms.set(name, state);
  if (state !== 'ALARM') return;
  world.clock.after(POLL_MILLISECONDS, () => {
    if (world.alarms.get(name) !== 'ALARM') return;
    for (const cluster of world.state.clusters.values()) {
      for (const service of cluster.services.values()) noticeAlarm(world, service, name);
    }
  });
}

function noticeAlarm(world: World, service: EcsService, name: string): void {
  const ongoing = findOngoing(service);
  const settings = ongoing?.target.revision.settings.strategy.alarms;
  if (ongoing === undefined || settings === undefined) return;
  if (ongoing.alarms.status !== 'MONITORING' || !settings.names.includes(name) || !isWatched(ongoing)) return;
  ongoing.alarms.status = 'TRIGGERED';
  ongoing.alarms.triggered.push(name);
  // The event's words are ECS's own. What statusReason says is published nowhere: it follows the circuit breaker's sentence.
  failRollout(world, ongoing, {
    why: 'alarm detected.',
    reason: 'Service deployment rolled back because an alarm was detected.',
    rollback: settings.rollback,
  });
}

// A rollback is not watched: it has nothing to go back to itself.
function isWatched({ status, rollback }: ServiceDeployment): boolean {
  return rollback === undefined && (status === 'PENDING' || status === 'IN_PROGRESS');
}

/**
 * Whether a deployment that starts now watches its alarms: one that is in ALARM already makes ECS ignore them all for the whole
 * deployment. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-alarm-failure.html
 */
export function startsMonitoring(world: World, { settings }: EcsService): boolean {
  const { enable, names } = settings.strategy.alarms;
  return enable && names.every((name) => world.alarms.get(name) !== 'ALARM');
}
