import type { Judged, Judgement, JudgeState } from './judgement.ts';
import { taskDefinitionName } from './rollout.ts';
import { type DeploymentState, primaryDeployment, type ServiceState } from './service-state.ts';

// Looks in a row that must agree before an absence counts: DescribeServices is eventually consistent.
const patientLooks = 3;
// Looks after which a FAILED deployment that should have rolled back is taken to have nothing to roll back to.
const rollbackLooks = 5;

/** Judges by `deployments[]` of DescribeServices alone, for where the service deployment cannot be seen. */
export function judgeService(state: JudgeState, service: ServiceState | undefined): Judged {
  const waiting: Judged = { state, judgement: { kind: 'waiting', phase: 'pending' } };
  const primary = service === undefined ? undefined : primaryDeployment(service);
  if (service === undefined || primary === undefined) return waiting;
  const ours = service.deployments.find(({ id }) => id === state.rollout.deploymentId);
  // Only ECS sets COMPLETED, after its own checks; it stays when a newer deployment starts.
  if (ours?.rolloutState === 'COMPLETED' || saysCompleted(state, service)) {
    return final(state, 'succeeded', 'the deployment is COMPLETED');
  }
  if (ours !== undefined && ours === primary) return judgePrimary(state, service, ours);
  return judgeOther(state, service, primary);
}

function judgePrimary(state: JudgeState, service: ServiceState, ours: DeploymentState): Judged {
  if (ours.rolloutState === 'FAILED') {
    const reason = ours.rolloutStateReason ?? 'the deployment failed';
    const conclusion: Judgement = { kind: 'final', verdict: 'failed', reason, isLeftInPlace: true };
    if (!service.rollsBackOnFailure && !state.rollbackRequested) return { state, judgement: conclusion };
    return doubt(state, rollbackLooks, 'rolling-back', conclusion);
  }
  const steady = ours.rolloutState === undefined && isAlone(service, ours) && saidSteady(service, ours);
  if (steady) return final(state, 'succeeded', 'the service has reached a steady state');
  return { state: { ...state, doubtfulLooks: 0 }, judgement: { kind: 'waiting', phase: 'rolling-out' } };
}

/** Somebody else's deployment is PRIMARY: a rollback of ours, a newer deployment, or a stale answer from before ours. */
function judgeOther(state: JudgeState, service: ServiceState, primary: DeploymentState): Judged {
  const { rollout } = state;
  const isOlder = primary.createdAt < rollout.createdAt;
  if (isOlder && !state.wasListed) return doubt(state, 20, 'pending', replaced(primary));
  const said =
    saysRollback(state, service, primary) || (state.failedReason !== undefined && isPrevious(state, primary));
  const asked = state.rollbackRequested && (isOlder || isPrevious(state, primary));
  if (said || asked) return judgeRollback(state, primary);
  if (isOlder || isPrevious(state, primary)) {
    const judged = judgeRollback(state, primary);
    return judged.judgement.kind === 'final'
      ? doubt(state, patientLooks, 'rolling-back', judged.judgement)
      : judged;
  }
  if (state.failedReason !== undefined) return final(state, 'failed', state.failedReason);
  return { state, judgement: replaced(primary) };
}

function judgeRollback(state: JudgeState, primary: DeploymentState): Judged {
  const reason = state.failedReason ?? primary.rolloutStateReason ?? 'the previous version is PRIMARY again';
  if (primary.rolloutState === 'COMPLETED') return final(state, 'rolled-back', reason);
  if (primary.rolloutState === 'FAILED') {
    return final(state, 'failed', `${reason}; the rollback failed as well`);
  }
  const isDone = primary.rolloutState === undefined && primary.runningCount >= primary.desiredCount;
  if (isDone) return final(state, 'rolled-back', reason);
  return { state: { ...state, doubtfulLooks: 0 }, judgement: { kind: 'waiting', phase: 'rolling-back' } };
}

function doubt(
  state: JudgeState,
  looks: number,
  phase: 'pending' | 'rolling-back',
  conclusion: Judgement,
): Judged {
  const doubtfulLooks = state.doubtfulLooks + 1;
  const judgement: Judgement = doubtfulLooks >= looks ? conclusion : { kind: 'waiting', phase };
  return { state: { ...state, doubtfulLooks }, judgement };
}

function replaced(primary: DeploymentState): Judgement {
  const replacedBy = `the deployment of ${taskDefinitionName(primary.taskDefinitionArn)}`;
  return { kind: 'final', verdict: 'superseded', reason: `${replacedBy} took its place`, replacedBy };
}

function isPrevious({ rollout }: JudgeState, primary: DeploymentState): boolean {
  return (
    rollout.previousTaskDefinitionArn !== undefined &&
    rollout.previousTaskDefinitionArn !== rollout.taskDefinitionArn &&
    primary.taskDefinitionArn === rollout.previousTaskDefinitionArn
  );
}

// "rolling back to deployment ecs-svc/123." in an event, or as the reason of the deployment that is PRIMARY again.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
function saysRollback({ rollout }: JudgeState, service: ServiceState, primary: DeploymentState): boolean {
  const isSaid = (text: string): boolean => /rolling back/i.test(text);
  if (isSaid(primary.rolloutStateReason ?? '')) return true;
  return service.events.some(
    ({ message, createdAt }) =>
      createdAt >= rollout.createdAt && isSaid(message) && message.includes(`${primary.id}.`),
  );
}

// "(service web) (deployment ecs-svc/123) deployment completed." outlives the deployment in `deployments[]`.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html
function saysCompleted({ rollout }: JudgeState, { events }: ServiceState): boolean {
  const words = `(deployment ${rollout.deploymentId}) deployment completed`;
  return events.some(({ message, createdAt }) => createdAt >= rollout.createdAt && message.includes(words));
}

function isAlone(service: ServiceState, ours: DeploymentState): boolean {
  return service.deployments.length === 1 && ours.runningCount === ours.desiredCount;
}

function saidSteady(service: ServiceState, ours: DeploymentState): boolean {
  return service.events.some(
    ({ message, createdAt }) => createdAt >= ours.createdAt && message.includes('has reached a steady state'),
  );
}

function final(state: JudgeState, verdict: 'succeeded' | 'rolled-back' | 'failed', reason: string): Judged {
  return { state, judgement: { kind: 'final', verdict, reason } };
}
