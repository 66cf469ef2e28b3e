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
import type { TaskDefinition } from '../lib/taskdef/task-definition.ts';
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
      readTaskDefinition,
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
    await recoverRollouts(parseRollouts(saved), { ...ports, cancelled: signal, onIdentified: () => undefined });
  },
});

/** The parsers, and the model to check against, are loaded when there is a file. */
async function readTaskDefinition(path: string): Promise<TaskDefinition> {
  const { maximumFileBytes, parseTaskDefinition } = await import('../lib/taskdef/parse.ts');
  const { refuseInvalidTaskDefinition } = await import('../lib/taskdef/finding.ts');
  const { readTaskDefinitionShape } = await import('../lib/aws/task-definition-shape.ts');
  const source = parseTaskDefinition(await readWorkspaceFile(path, 'task definition', maximumFileBytes), path);
  for (const note of source.notes) jobLog.info(note);
  for (const warning of refuseInvalidTaskDefinition(source, readTaskDefinitionShape(), true)) jobLog.warning(warning);
  return source.definition;
}
