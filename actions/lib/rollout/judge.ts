import { judgeService } from './judge-service.ts';
import type { Judged, Judgement, JudgeState, Snapshot } from './judgement.ts';
import { taskDefinitionName } from './rollout.ts';
import { findPause, type ServiceDeploymentState } from './service-deployment.ts';
import { primaryDeployment, type ServiceState } from './service-state.ts';

/**
 * Judges one look. The record of our service deployment decides wherever it can be seen; `deployments[]` of DescribeServices
 * decides only while it cannot. Counts of running tasks never decide: after a rollback they look perfect too. Times are
 * compared with each other only where both are AWS's.
 */
export function judge(state: JudgeState, snapshot: Snapshot): Judged {
  const gone = judgeExistence(snapshot.service);
  if (gone !== undefined) return { state, judgement: gone };
  const seen = remember(state, snapshot.service);
  const { serviceDeployment } = snapshot;
  if (serviceDeployment !== undefined) return judgeServiceDeployment(seen, snapshot, serviceDeployment);
  const judged = judgeService(seen, snapshot.service);
  return snapshot.isServiceDeploymentAwaited === true ? withhold(judged) : judged;
}

// A deployment that completed while AWS was silent, and was followed by another, looks superseded in `deployments[]`.
const withheldLooks = 5;

/** Holds a bad verdict back for a few looks while the record that decides may still show up. */
function withhold(judged: Judged): Judged {
  const { state, judgement } = judged;
  const isBad = judgement.kind === 'final' && judgement.verdict !== 'succeeded';
  if (!isBad || state.withheldLooks >= withheldLooks) return judged;
  return {
    state: { ...state, withheldLooks: state.withheldLooks + 1 },
    judgement: { kind: 'waiting', phase: 'stopping' },
  };
}

function judgeExistence(service: ServiceState | undefined): Judgement | undefined {
  if (service === undefined || service.status === 'ACTIVE') return undefined;
  return {
    kind: 'final',
    verdict: 'failed',
    cause: 'service-not-found',
    reason: `service ${service.name} was deleted (status ${service.status})`,
  };
}

function remember(state: JudgeState, service: ServiceState | undefined): JudgeState {
  const ours = service?.deployments.find(({ id }) => id === state.rollout.deploymentId);
  if (ours === undefined) return state;
  const failed =
    ours.rolloutState === 'FAILED' ? (ours.rolloutStateReason ?? 'the deployment failed') : undefined;
  return { ...state, wasListed: true, failedReason: state.failedReason ?? failed };
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html for the states */
function judgeServiceDeployment(state: JudgeState, snapshot: Snapshot, ours: ServiceDeploymentState): Judged {
  const settled = { ...state, doubtfulLooks: 0 };
  switch (ours.status) {
    case 'SUCCESSFUL':
      return final(settled, 'succeeded', ours.statusReason ?? 'the service deployment is SUCCESSFUL');
    case 'ROLLBACK_SUCCESSFUL':
      return final(settled, 'rolled-back', explainFailure(state, ours));
    case 'ROLLBACK_FAILED':
      return final(settled, 'failed', `${explainFailure(state, ours)}; the rollback failed as well`);
    case 'STOPPED':
      return judgeStopped(state, snapshot, ours);
    case 'PENDING':
      return { state: settled, judgement: { kind: 'waiting', phase: 'pending' } };
    case 'STOP_REQUESTED':
      return { state: settled, judgement: { kind: 'waiting', phase: 'stopping' } };
    case 'ROLLBACK_REQUESTED':
    case 'ROLLBACK_IN_PROGRESS':
      return { state: settled, judgement: { kind: 'waiting', phase: 'rolling-back' } };
    default: {
      const phase = findPause(ours) === undefined ? 'rolling-out' : 'paused';
      return { state: settled, judgement: { kind: 'waiting', phase } };
    }
  }
}

// How often an unexplained STOPPED must be seen: the service deployment that replaced ours may show up a moment later.
const patientLooks = 3;

/**
 * ECS stops a service deployment when its failure detection fires without rollback, when somebody stops it by hand, or when
 * a newer one takes its place; the status is the same.
 */
function judgeStopped(state: JudgeState, snapshot: Snapshot, ours: ServiceDeploymentState): Judged {
  const replacedBy = findReplacement(state, snapshot, ours);
  if (replacedBy !== undefined) {
    const reason = `${replacedBy} took its place`;
    return { state, judgement: { kind: 'final', verdict: 'superseded', reason, replacedBy } };
  }
  // Where ECS had begun to roll back, something must have stopped that, and may not be listed yet.
  const isLeft = ours.rollbackReason === undefined && (wasDetected(ours) || state.failedReason !== undefined);
  if (isLeft) return left(state, explainFailure(state, ours));
  const doubtfulLooks = state.doubtfulLooks + 1;
  if (doubtfulLooks < patientLooks) {
    return { state: { ...state, doubtfulLooks }, judgement: { kind: 'waiting', phase: 'stopping' } };
  }
  const isExplained = ours.rollbackReason !== undefined || ours.statusReason !== undefined;
  const reason = isExplained ? explainFailure(state, ours) : 'somebody stopped the service deployment';
  return final(state, 'failed', reason);
}

function wasDetected(ours: ServiceDeploymentState): boolean {
  const hasFailedHook = ours.hooks.some(({ status }) => status === 'FAILED');
  return ours.circuitBreaker?.status === 'TRIGGERED' || ours.triggeredAlarms.length > 0 || hasFailedHook;
}

/** What stopped ours by starting. A deployment that began only after ECS had given ours up did not. */
function findReplacement(
  { rollout }: JudgeState,
  { service, laterServiceDeployment }: Snapshot,
  ours: ServiceDeploymentState,
): string | undefined {
  const isInTime = ({ createdAt }: { readonly createdAt: number }): boolean =>
    !wasDetected(ours) || (ours.finishedAt !== undefined && createdAt <= ours.finishedAt);
  const primary = service === undefined ? undefined : primaryDeployment(service);
  const isLater =
    primary !== undefined &&
    primary.id !== rollout.deploymentId &&
    primary.createdAt > rollout.createdAt &&
    isInTime(primary);
  if (isLater && primary.taskDefinitionArn !== rollout.previousTaskDefinitionArn) {
    return `the deployment of ${taskDefinitionName(primary.taskDefinitionArn)}`;
  }
  return laterServiceDeployment !== undefined && isInTime(laterServiceDeployment)
    ? 'a newer deployment'
    : undefined;
}

function explainFailure(state: JudgeState, ours: ServiceDeploymentState): string {
  const alarms =
    ours.triggeredAlarms.length === 0 ? undefined : `alarm ${ours.triggeredAlarms.join(', ')} fired`;
  return (
    ours.rollbackReason ?? alarms ?? ours.statusReason ?? state.failedReason ?? `it ended ${ours.status}`
  );
}

function left(state: JudgeState, reason: string): Judged {
  return { state, judgement: { kind: 'final', verdict: 'failed', reason, isLeftInPlace: true } };
}

function final(state: JudgeState, verdict: 'succeeded' | 'rolled-back' | 'failed', reason: string): Judged {
  return { state, judgement: { kind: 'final', verdict, reason } };
}
