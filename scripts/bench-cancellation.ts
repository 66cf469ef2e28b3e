import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startRehearsal } from '../rehearsal/rehearsal.ts';
import { runStep } from '../rehearsal/runner/run-step.ts';
import { stageService } from '../rehearsal/scenarios/stage.ts';
import type { Json } from '../rehearsal/server/service.ts';

const app = resolve(import.meta.dirname, '../apps/simple-app1');

export interface Cancellation {
  /** Seconds from SIGINT to the arrival of StopServiceDeployment, and to the end of main and post. */
  readonly toStopSeconds: number;
  readonly toEndSeconds: number;
}

/** Cancels a rollout that hangs, as GitHub's runner does, 2 s after it has started. */
export async function measureCancellation(): Promise<Cancellation> {
  const rehearsal = await startRehearsal({ speed: 10 });
  try {
    const taskDefinition = JSON.parse(readFileSync(join(app, 'taskdef.json'), 'utf8')) as Json;
    const staged = stageService(rehearsal, { taskDefinition });
    rehearsal.ecs.scriptOutcome(() => ({ kind: 'hangs' }));
    const cancel = new AbortController();
    let cancelledAt = Number.NaN;
    rehearsal.ecs.onDeployment(() => {
      setTimeout(() => {
        cancelledAt = performance.now();
        cancel.abort();
      }, 2000);
    });
    await runStep({
      action: 'deploy-ecs-service',
      inputs: {
        'task-definition': staged.taskDefinitionArn,
        cluster: staged.cluster,
        service: staged.service,
        force: 'true',
      },
      env: rehearsal.environment(),
      workspace: app,
      cancel: cancel.signal,
    });
    const toEndSeconds = (performance.now() - cancelledAt) / 1000;
    const stop = rehearsal.calls.find(({ operation }) => operation === 'StopServiceDeployment');
    return { toStopSeconds: ((stop?.arrivedAt ?? Number.NaN) - cancelledAt) / 1000, toEndSeconds };
  } finally {
    await rehearsal.close();
  }
}
