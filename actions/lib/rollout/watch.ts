import type { UserError } from '../message/user-error.ts';
import type { HealthCheck, LogTail, TargetGroupHealth } from './evidence.ts';
import type { Judgement, JudgeState, Snapshot } from './judgement.ts';
import { openJudge } from './judgement.ts';
import type { ContainerSettings } from './ports.ts';
import type { Rollout } from './rollout.ts';
import type { ServiceDeploymentState } from './service-deployment.ts';
import type { TaskState } from './task-state.ts';
import type { Cause } from './verdict.ts';

/** What the waiter knows of one rollout while it waits. It is the one mutable record of this room; only the waiter writes it. */
export interface Watch {
  /** The rollout that the verdict is about. */
  rollout: Rollout;
  /** What the judge follows: the rollout, or the deployment that restores the previous version. */
  judging: JudgeState;
  snapshot: Snapshot;
  judgement: Judgement;
  /** Stopped tasks of the service by ARN, of any deployment: they vanish from ECS after an hour. */
  readonly stoppedTasks: Map<string, TaskState>;
  /** The rollout's own service deployment, as it was when the judge turned to what restores the previous version. */
  failedServiceDeployment: ServiceDeploymentState | undefined;
  runningTasks: readonly TaskState[];
  targetHealth: readonly TargetGroupHealth[];
  /** Health checks by target group, which do not change during a deployment. */
  readonly healthChecks: Map<string, HealthCheck | undefined>;
  logTail: LogTail | undefined;
  /** Of the new revision; undefined until they are needed. */
  containers: readonly ContainerSettings[] | undefined;
  /** What the last look at the service showed, to see whether anything moved. */
  fingerprint: string;
  /** Something moved since the service deployment, or the stopped tasks, were last looked at. */
  isDeploymentDue: boolean;
  areTasksDue: boolean;
  /** It is successful, and the tasks that it replaced are waited for. */
  isDraining: boolean;
  looks: number;
  /** Its cluster or itself is gone. */
  trouble: UserError | undefined;
  /** Number of the look at which the health of running tasks was last looked at. */
  healthLook: number;
  /** Failures counted when the health of the others was last checked for an early abort. */
  failuresChecked: number;
  /** What we decided ourselves, beyond what ECS did. */
  intervention: Intervention;
  saidProgress: string;
  readonly saidEvents: Set<string>;
}

export type Intervention =
  | { readonly kind: 'none' }
  /** Identical failures made us give the new revision up. */
  | { readonly kind: 'aborted'; readonly rollback: RollbackState }
  /** The deadline passed; `blame` where it is known what for. */
  | {
      readonly kind: 'expired';
      readonly rollback: RollbackState;
      readonly blame: { readonly cause: Cause; readonly reason: string } | undefined;
    }
  /** ECS gave up without rolling back, and we put the previous version back. */
  | { readonly kind: 'restored'; readonly reason: string; readonly rollback: RollbackState };

/** What became of our wish to roll back. */
export type RollbackState =
  /** ECS rolls back, or a new deployment of the previous version is under way. */
  | 'requested'
  /** The previous version runs again. */
  | 'finished'
  /** A newer deployment took over before the previous version was back. */
  | 'overtaken'
  /** The deployment had ended before. */
  | 'refused'
  /** No permission, or nothing to roll back to. */
  | 'impossible'
  /** The user asked to leave the service as it is. */
  | 'left';

export function openWatch(rollout: Rollout): Watch {
  return {
    rollout,
    judging: openJudge(rollout),
    snapshot: { service: undefined, serviceDeployment: undefined, laterServiceDeployment: undefined },
    judgement: { kind: 'waiting', phase: 'pending' },
    failedServiceDeployment: undefined,
    stoppedTasks: new Map(),
    runningTasks: [],
    targetHealth: [],
    healthChecks: new Map(),
    logTail: undefined,
    containers: undefined,
    fingerprint: '',
    isDeploymentDue: true,
    areTasksDue: true,
    isDraining: false,
    looks: 0,
    trouble: undefined,
    healthLook: 0,
    failuresChecked: 0,
    intervention: { kind: 'none' },
    saidProgress: '',
    saidEvents: new Set(),
  };
}

/** True while the judge follows the deployment that puts the previous version back, rather than the rollout itself. */
export function isRestoring(watch: Watch): boolean {
  return watch.judging.rollout.deploymentId !== watch.rollout.deploymentId;
}

/** True once nothing is left of the deployments before this one, as far as tasks may be looked at. */
export function hasDrained({ snapshot: { service }, stoppedTasks, rollout }: Watch): boolean {
  const isOlder = ({ createdAt }: { createdAt: number }): boolean => createdAt < rollout.createdAt;
  const isStopping = [...stoppedTasks.values()].some(
    ({ startedBy, lastStatus }) => startedBy !== rollout.deploymentId && lastStatus !== 'STOPPED',
  );
  return service !== undefined && !service.deployments.some(isOlder) && !isStopping;
}

/** The rollout's own service deployment, also while the judge follows another. */
export function ownServiceDeployment(watch: Watch): ServiceDeploymentState | undefined {
  return isRestoring(watch) ? watch.failedServiceDeployment : watch.snapshot.serviceDeployment;
}

/** Stopped tasks of this rollout only. */
export function ownStoppedTasks(watch: Watch): TaskState[] {
  return [...watch.stoppedTasks.values()].filter(({ startedBy }) => startedBy === watch.rollout.deploymentId);
}
