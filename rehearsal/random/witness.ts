import type { DeploymentFacts } from '../ecs/deployment-facts.ts';
import type { Json } from '../server/service.ts';
import { type RolloutNotes, type RolloutTruth, readTruth } from './truth.ts';
import type { RolloutWorld } from './world.ts';

/** Sees what the client does and what becomes of it. */
export interface Witness {
  /** Has the world do what the client asked for. */
  perform(operation: string, run: () => Json): Json;
  /** To be told right before somebody deletes the service. */
  noteDeletion(): void;
  truth(): RolloutTruth;
}

/** `onStart` is called once, when the client's rollout has started. */
export function createWitness(
  { clock, control, taskDefinitionArn }: RolloutWorld,
  onStart: () => void,
): Witness {
  const notes: RolloutNotes = {
    oursId: undefined,
    backId: undefined,
    takenBack: undefined,
    deleted: undefined,
    isServiceDeleted: false,
  };
  let isClientActing = false;
  control.onDeployment((started) => {
    if (!isClientActing) return;
    if (started.taskDefinitionArn !== taskDefinitionArn) notes.backId = started.deploymentId;
    else if (notes.oursId === undefined) {
      notes.oursId = started.deploymentId;
      onStart();
    }
  });
  const readOurs = (): DeploymentFacts | undefined =>
    notes.oursId === undefined ? undefined : control.readDeployment(notes.oursId);

  function noteTakenBack(operation: 'StopServiceDeployment' | 'UpdateService', facts: DeploymentFacts): void {
    const isFullyHealthy = facts.healthyTasks >= Math.max(1, facts.desiredTasks);
    notes.takenBack ??= {
      at: clock.now(),
      by: operation,
      facts,
      wasHealthy: facts.status === 'SUCCESSFUL' || isFullyHealthy,
    };
  }

  return {
    perform(operation, run) {
      if (operation !== 'StopServiceDeployment' && operation !== 'UpdateService') return run();
      const before = readOurs();
      const { backId } = notes;
      isClientActing = true;
      try {
        const answer = run();
        const isBack = operation === 'StopServiceDeployment' || notes.backId !== backId;
        if (before !== undefined && isBack) noteTakenBack(operation, before);
        return answer;
      } finally {
        isClientActing = false;
      }
    },
    noteDeletion() {
      notes.deleted = readOurs();
      notes.isServiceDeleted = true;
    },
    truth: () => readTruth(control, notes),
  };
}
