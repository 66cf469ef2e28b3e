import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Rehearsal, startRehearsal } from '../rehearsal/rehearsal.ts';
import { runStep } from '../rehearsal/runner/run-step.ts';
import { stageService } from '../rehearsal/scenarios/stage.ts';
import type { Json } from '../rehearsal/server/service.ts';

const app = resolve(import.meta.dirname, '../apps/simple-app1');
const atOnce = 4;
// Virtual seconds that the rehearsal's usual rollout takes, about.
const rolloutSeconds = 110;

/**
 * Deploys `runs` times to a fresh rehearsal each and gives the seconds between ECS calling our service deployment SUCCESSFUL
 * and the end of the process. The rehearsal's clock runs faster than the wall, by another factor in every run, so that the ends
 * of the rollouts fall evenly between two polls of 3 s; the action polls as it does by default.
 */
export async function measureLag(runs: number): Promise<number[]> {
  const speeds = Array.from({ length: runs }, (_, run) => rolloutSeconds / (5 + (3 * run) / runs));
  const lags: number[] = [];
  const work = async (): Promise<void> => {
    for (let speed = speeds.shift(); speed !== undefined; speed = speeds.shift())
      lags.push(await measureOne(speed));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return lags;
}

async function measureOne(speed: number): Promise<number> {
  const rehearsal = await startRehearsal({ speed });
  try {
    const taskDefinition = JSON.parse(readFileSync(join(app, 'taskdef.json'), 'utf8')) as Json;
    const staged = stageService(rehearsal, { taskDefinition });
    const inputs = {
      'task-definition': staged.taskDefinitionArn,
      cluster: staged.cluster,
      service: staged.service,
      force: 'true',
    };
    const done = whenSuccessful(rehearsal, staged.cluster, staged.service);
    const step = await runStep({
      action: 'deploy-ecs-service',
      inputs,
      env: rehearsal.environment(),
      workspace: app,
    });
    const endedAt = performance.now();
    if (step.exitCode !== 0) throw new Error(`The deployment was not successful:\n${step.log}`);
    return (endedAt - (await done)) / 1000;
  } finally {
    await rehearsal.close();
  }
}

/** Wall milliseconds at which the newest service deployment, the one that the step started, became SUCCESSFUL; to 10 ms. */
async function whenSuccessful(rehearsal: Rehearsal, cluster: string, service: string): Promise<number> {
  const list = async (): Promise<{ serviceDeploymentArn: string; status: string }[]> => {
    const answer = await rehearsal.call('ecs', 'ListServiceDeployments', { cluster, service });
    return answer['serviceDeployments'] as { serviceDeploymentArn: string; status: string }[];
  };
  const before = (await list())[0]?.serviceDeploymentArn;
  for (;;) {
    const newest = (await list())[0];
    if (newest !== undefined && newest.serviceDeploymentArn !== before && newest.status === 'SUCCESSFUL')
      return performance.now();
    await new Promise((settle) => setTimeout(settle, 10));
  }
}
