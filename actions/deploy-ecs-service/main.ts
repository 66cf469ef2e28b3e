import { createEcsClient } from '../lib/aws/ecs-client.ts';
import { createRevisionStore } from '../lib/aws/ecs-revisions.ts';
import { createRolloutPorts } from '../lib/aws/rollout-ports.ts';
import { recoverRollouts } from '../lib/rollout/recover.ts';
import type { Rollout } from '../lib/rollout/rollout.ts';
import { formatRollouts, parseRollouts } from '../lib/rollout/saved-rollouts.ts';
import { listenForCancellation } from '../lib/runner/cancellation.ts';
import { jobLog } from '../lib/runner/job-log.ts';
import { writeJobSummary } from '../lib/runner/job-summary.ts';
import { readState, saveState, setOutputs } from '../lib/runner/outputs.ts';
import { readActionInputs, runAction } from '../lib/runner/run-action.ts';
import { systemClock } from '../lib/runner/system-clock.ts';
import { writeTemporaryFile } from '../lib/runner/temporary-file.ts';
import { readWorkspaceFile } from '../lib/runner/workspace-file.ts';
import { readDeployInputs } from './inputs.ts';
import { deploy, describeOutputs } from './run.ts';

// What is under way is in the state before anything is waited for; it is emptied once the verdict is in.
const rolloutsState = 'rollouts';
const world = { clock: systemClock, random: Math.random, log: jobLog };

await runAction({
  async main() {
    const inputs = readActionInputs(readDeployInputs);
    const client = createEcsClient(inputs);
    const saveRollouts = (rollouts: readonly Rollout[]): void =>
      saveState(rolloutsState, rollouts.length === 0 ? '' : formatRollouts(rollouts));
    const deployed = await deploy(inputs, {
      ...createRolloutPorts(client, inputs),
      ...world,
      cancelled: listenForCancellation(),
      async readTaskDefinition(path) {
        const { loadTaskDefinition } = await import('../lib/aws/ecs-task-definition-file.ts');
        return loadTaskDefinition(path, readWorkspaceFile, jobLog);
      },
      revisions: createRevisionStore(client, { ...world, ...inputs }),
      saveRollouts,
    });
    const { conclusion } = deployed;
    const report = conclusion && (await writeTemporaryFile('deploy', 'report.json', conclusion.report));
    setOutputs(describeOutputs(deployed, report));
    if (conclusion !== undefined) await writeJobSummary(conclusion.summary);
    if (conclusion?.failure !== undefined) throw conclusion.failure;
  },
  async post() {
    const saved = readState(rolloutsState);
    if (saved === undefined) return;
    const { signal } = new AbortController();
    const ports = { ...createRolloutPorts(createEcsClient({ maxRetries: 3 }), { maxRetries: 3 }), ...world };
    await recoverRollouts(parseRollouts(saved), {
      ...ports,
      cancelled: signal,
      onIdentified: () => undefined,
    });
  },
});
