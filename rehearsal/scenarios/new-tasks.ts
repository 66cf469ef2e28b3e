import type { TaskOutcome } from '../ecs/outcome.ts';
import type { Stage } from './scenario.ts';

/** Scripts what becomes of the tasks that run the image about to be deployed; all others stay as they are. */
export function scriptNewTasks(stage: Stage, outcome: TaskOutcome): void {
  stage.rehearsal.ecs.scriptOutcome(({ images }) => (images.includes(stage.image) ? outcome : undefined));
}

/** Does something once, the given virtual seconds after the deploy step's rollout has started. */
export function afterRolloutStarts(stage: Stage, seconds: number, act: (deploymentId: string) => void): void {
  const stopListening = stage.rehearsal.ecs.onDeployment((started) => {
    if (started.cluster !== stage.cluster || started.service !== stage.service) return;
    stopListening();
    stage.rehearsal.clock.after(seconds * 1000, () => act(started.deploymentId));
  });
}
