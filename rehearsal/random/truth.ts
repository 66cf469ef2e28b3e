import type { EcsControl } from '../ecs/control.ts';
import type { DeploymentFacts } from '../ecs/deployment-facts.ts';

/** How our deployment ended, in the contract's words; `ongoing` while it has not. The rehearsal imports nothing of the actions. */
export type TrueVerdict = 'succeeded' | 'rolled-back' | 'failed' | 'superseded' | 'ongoing';

export interface RolloutTruth {
  readonly verdict: TrueVerdict;
  /** Our deployment; undefined until the client has started it. */
  readonly ours: DeploymentFacts | undefined;
  /** The client's own deployment that put the service back on what it ran before, if it made one. */
  readonly back: DeploymentFacts | undefined;
  /** Our deployment as it was when the client first asked for its rollback. */
  readonly takenBack: TakenBack | undefined;
  readonly isServiceDeleted: boolean;
}

export interface TakenBack {
  /** Virtual epoch milliseconds of AWS's clock. */
  readonly at: number;
  readonly by: 'StopServiceDeployment' | 'UpdateService';
  readonly facts: DeploymentFacts;
  /** It had succeeded, or ran as many healthy tasks as it should: nothing was wrong with it. */
  readonly wasHealthy: boolean;
}

/** What the world remembers of a rollout on the way. */
export interface RolloutNotes {
  oursId: string | undefined;
  backId: string | undefined;
  takenBack: TakenBack | undefined;
  /** Facts of ours as they were when somebody deleted the service. */
  deleted: DeploymentFacts | undefined;
  isServiceDeleted: boolean;
}

export function readTruth(control: EcsControl, notes: RolloutNotes): RolloutTruth {
  const read = (id: string | undefined): DeploymentFacts | undefined =>
    id === undefined ? undefined : control.readDeployment(id);
  const ours = notes.deleted ?? read(notes.oursId);
  const back = read(notes.backId);
  return {
    verdict: judge(ours, back, notes),
    ours,
    back,
    takenBack: notes.takenBack,
    isServiceDeleted: notes.isServiceDeleted,
  };
}

function judge(
  ours: DeploymentFacts | undefined,
  back: DeploymentFacts | undefined,
  { isServiceDeleted }: RolloutNotes,
): TrueVerdict {
  if (ours === undefined) return 'ongoing';
  switch (ours.status) {
    case 'SUCCESSFUL':
      return 'succeeded';
    case 'ROLLBACK_SUCCESSFUL':
      return 'rolled-back';
    case 'ROLLBACK_FAILED':
      return back?.status === 'SUCCESSFUL' ? 'rolled-back' : 'failed';
    case 'STOPPED':
      return judgeStopped(ours, back);
    case 'PENDING':
    case 'IN_PROGRESS':
    case 'STOP_REQUESTED':
    case 'ROLLBACK_REQUESTED':
    case 'ROLLBACK_IN_PROGRESS':
      return isServiceDeleted ? 'failed' : 'ongoing';
  }
}

function judgeStopped(ours: DeploymentFacts, back: DeploymentFacts | undefined): TrueVerdict {
  const isByOther = ours.supersededBy !== undefined && ours.supersededBy !== back?.deploymentId;
  if (isByOther) return 'superseded';
  if (back === undefined) return 'failed';
  switch (back.status) {
    case 'SUCCESSFUL':
      return 'rolled-back';
    case 'STOPPED':
      return back.supersededBy === undefined ? 'failed' : 'superseded';
    case 'ROLLBACK_SUCCESSFUL':
    case 'ROLLBACK_FAILED':
      return 'failed';
    case 'PENDING':
    case 'IN_PROGRESS':
    case 'STOP_REQUESTED':
    case 'ROLLBACK_REQUESTED':
    case 'ROLLBACK_IN_PROGRESS':
      // Ours has ended; whether going back works out is not known yet.
      return 'ongoing';
  }
}
