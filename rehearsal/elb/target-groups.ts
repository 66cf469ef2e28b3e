import type { Appointment, Clock } from '../clock/clock.ts';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html */
export interface HealthCheckSettings {
  readonly path: string;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
  readonly matcher: string;
}

export interface TargetGroup {
  readonly name: string;
  readonly arn: string;
  readonly port: number;
  readonly healthCheck: HealthCheckSettings;
  readonly deregistrationDelaySeconds: number;
  readonly loadBalancerArn: string;
  readonly targets: Map<string, RegisteredTarget>;
}

export interface RegisteredTarget {
  readonly id: string;
  readonly port: number;
  health: TargetState;
  /** The next change that its health checks, or the end of its draining, will bring. */
  next: Appointment | undefined;
}

export type TargetState = {
  readonly state: 'initial' | 'healthy' | 'unhealthy' | 'draining';
  readonly reason?: Reason;
};

interface Reason {
  readonly code: string;
  readonly description: string;
}

/** How a target answers its health checks. */
export type Probe =
  | { readonly kind: 'passes'; readonly fromMilliseconds: number; readonly already?: boolean }
  | { readonly kind: 'fails'; readonly reasonCode: string; readonly description: string };

export type Health =
  | { readonly state: 'healthy' }
  | { readonly state: 'unhealthy'; readonly description: string };

const registering: Reason = {
  code: 'Elb.RegistrationInProgress',
  description: 'Target registration is in progress',
};
const checking: Reason = {
  code: 'Elb.InitialHealthChecking',
  description: 'Initial health checks in progress',
};
const draining: Reason = {
  code: 'Target.DeregistrationInProgress',
  description: 'Target deregistration is in progress',
};
const timedOut: Reason = { code: 'Target.Timeout', description: 'Request timed out' };

/**
 * Registers a target and lets its health checks run. Checks come every interval from the registration on; only the moments at
 * which they change something become appointments. A new target needs one good check, one that has been unhealthy needs as many
 * as the healthy threshold:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
export function registerTarget(
  clock: Clock,
  group: TargetGroup,
  { id, port }: { readonly id: string; readonly port: number },
  probe: Probe,
  onHealth: (health: Health) => void,
): void {
  const target: RegisteredTarget = {
    id,
    port,
    health: { state: 'initial', reason: registering },
    next: undefined,
  };
  group.targets.get(keyOf(id, port))?.next?.cancel();
  group.targets.set(keyOf(id, port), target);
  if (probe.kind === 'passes' && probe.already) {
    target.health = { state: 'healthy' };
    onHealth({ state: 'healthy' });
    return;
  }
  runHealthChecks(clock, group.healthCheck, target, probe, onHealth);
}

function runHealthChecks(
  clock: Clock,
  { intervalSeconds, healthyThreshold, unhealthyThreshold }: HealthCheckSettings,
  target: RegisteredTarget,
  probe: Probe,
  onHealth: (health: Health) => void,
): void {
  const interval = intervalSeconds * 1000;
  const firstCheckAt = clock.now() + 1000;
  const unhealthyAt = firstCheckAt + (unhealthyThreshold - 1) * interval;
  const goodFrom =
    probe.kind === 'fails'
      ? Number.POSITIVE_INFINITY
      : firstCheckAt + Math.max(0, Math.ceil((probe.fromMilliseconds - firstCheckAt) / interval)) * interval;
  const at = (when: number, change: () => void): void => {
    target.next = clock.after(when - clock.now(), change);
  };
  const becomeHealthy = (): void => {
    target.health = { state: 'healthy' };
    onHealth({ state: 'healthy' });
  };
  const becomeUnhealthy = (): void => {
    const reason =
      probe.kind === 'fails' ? { code: probe.reasonCode, description: probe.description } : timedOut;
    target.health = { state: 'unhealthy', reason };
    if (probe.kind === 'passes') at(goodFrom + (healthyThreshold - 1) * interval, becomeHealthy);
    onHealth({ state: 'unhealthy', description: reason.description });
  };
  at(firstCheckAt, () => {
    target.health = { state: 'initial', reason: checking };
    if (goodFrom <= unhealthyAt) at(goodFrom, becomeHealthy);
    else at(unhealthyAt, becomeUnhealthy);
  });
}

/** Drains a target for the deregistration delay, then forgets it. */
export function deregisterTarget(
  clock: Clock,
  group: TargetGroup,
  { id, port }: { readonly id: string; readonly port: number },
  onDrained: () => void,
): void {
  const key = keyOf(id, port);
  const target = group.targets.get(key);
  if (target === undefined) {
    onDrained();
    return;
  }
  target.next?.cancel();
  target.health = { state: 'draining', reason: draining };
  target.next = clock.after(group.deregistrationDelaySeconds * 1000, () => {
    if (group.targets.get(key) === target) group.targets.delete(key);
    onDrained();
  });
}

function keyOf(id: string, port: number): string {
  return `${id}:${port}`;
}
