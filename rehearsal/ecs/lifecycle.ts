import { runHooks } from './lifecycle-hook.ts';
import type { Lifecycle, LifecycleStep } from './lifecycle-state.ts';
import { planLifecycleSteps } from './lifecycle-steps.ts';
import { failRollout } from './rollback.ts';
import type { Deployment, EcsService, ServiceDeployment } from './state.ts';
import type { World } from './world.ts';

/** The stages that a new deployment of this service will go through; undefined where it has none. */
export function createLifecycle(
  world: World,
  service: EcsService,
  sources: readonly Deployment[],
): Lifecycle | undefined {
  const { strategy, loadBalancers } = service.settings;
  const steps = planLifecycleSteps(strategy, {
    hasSeveralSources: sources.length > 1,
    alarmBakeSeconds: world.times.alarmBakeSeconds,
    shiftSeconds: world.times.trafficShiftSeconds,
  });
  if (steps.length === 0) return undefined;
  const movesTraffic = strategy.kind !== 'ROLLING' && loadBalancers.length > 0;
  return {
    steps,
    at: -1,
    hooks: [],
    traffic: movesTraffic ? { test: 0, production: 0 } : undefined,
    timer: undefined,
  };
}

/** What the scheduler may do for the PRIMARY in the stage that its deployment is in. */
export interface Gate {
  readonly mayStart: boolean;
  readonly mayRetire: boolean;
  /** The old revision keeps all its tasks beside the new ones until CLEAN_UP. */
  readonly isSideBySide: boolean;
  /** Enough new tasks are healthy by the early success criteria. */
  readonly isEarly: boolean;
}

const open: Gate = { mayStart: true, mayRetire: true, isSideBySide: false, isEarly: false };

export function readGate(service: EcsService, ongoing: ServiceDeployment | undefined): Gate {
  const lifecycle = readActiveLifecycle(service, ongoing);
  if (ongoing === undefined || lifecycle === undefined) return open;
  const { kind, early } = ongoing.target.revision.settings.strategy;
  const isSideBySide = kind !== 'ROLLING';
  const works = lifecycle.steps.slice(0, lifecycle.at + 1).map(({ work }) => work);
  const hasScaled = works.includes('scale-up');
  return {
    mayStart: hasScaled,
    mayRetire: isSideBySide ? works.includes('clean-up') : hasScaled,
    isSideBySide,
    isEarly: early?.cleanup === 'BLOCKING' && works.includes('clean-up'),
  };
}

/** The work that the deployment waits for the scheduler to do: undefined where it waits for none, or has no stages. */
export function readPendingWork(
  service: EcsService,
  ongoing: ServiceDeployment | undefined,
): LifecycleStep['work'] | undefined {
  const lifecycle = readActiveLifecycle(service, ongoing);
  return lifecycle === undefined ? undefined : (lifecycle.steps[lifecycle.at]?.work ?? 'none');
}

// A rollback and a stopped deployment are past all stages.
function readActiveLifecycle(
  service: EcsService,
  ongoing: ServiceDeployment | undefined,
): Lifecycle | undefined {
  if (ongoing === undefined || ongoing.rollback !== undefined) return undefined;
  return ongoing.target === service.deployments[0] ? ongoing.lifecycle : undefined;
}

/** Goes on to the next stage: its hooks run first, then it lasts as long as it does. */
export function enterNextStep(world: World, ongoing: ServiceDeployment): void {
  const { lifecycle } = ongoing;
  if (lifecycle === undefined || ongoing.status !== 'IN_PROGRESS') return;
  lifecycle.at += 1;
  const at = lifecycle.at;
  const step = lifecycle.steps[at];
  if (step === undefined) return;
  ongoing.updatedAt = world.clock.now();
  shiftTraffic(lifecycle, step);
  const isCurrent = (): boolean => ongoing.status === 'IN_PROGRESS' && lifecycle.at === at;
  runHooks(world, ongoing, {
    onPassed: () => {
      if (isCurrent()) stay(world, ongoing, step);
    },
    onFailed: (reason) => {
      if (isCurrent()) failRollout(world, ongoing, { why: reason, reason, rollback: true });
    },
  });
}

function stay(world: World, ongoing: ServiceDeployment, step: LifecycleStep): void {
  const { lifecycle, service } = ongoing;
  if (lifecycle === undefined) return;
  if (step.work === 'scale-up' || step.work === 'clean-up') {
    world.wake(service);
    return;
  }
  const seconds = Math.max(step.waitSeconds, world.times.stageSeconds);
  lifecycle.timer = world.clock.after(seconds * 1000, () => enterNextStep(world, ongoing));
}

function shiftTraffic({ traffic }: Lifecycle, step: LifecycleStep): void {
  if (traffic === undefined) return;
  if (step.work === 'shift-test') traffic.test = 100;
  if (step.work === 'shift-production') traffic.production = step.percent ?? 100;
}
