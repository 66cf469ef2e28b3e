import { createEcsClient } from '../lib/aws/ecs-client.ts';
import { createServiceRevisionReader } from '../lib/aws/ecs-rollout.ts';
import { createRolloutPorts } from '../lib/aws/rollout-ports.ts';
import { listenForCancellation } from '../lib/runner/cancellation.ts';
import { jobLog } from '../lib/runner/job-log.ts';
import { writeJobSummary } from '../lib/runner/job-summary.ts';
import { setOutputs } from '../lib/runner/outputs.ts';
import { readActionInputs, runAction } from '../lib/runner/run-action.ts';
import { systemClock } from '../lib/runner/system-clock.ts';
import { writeTemporaryFile } from '../lib/runner/temporary-file.ts';
import { readWaitStableInputs } from './inputs.ts';
import { describeOutputs, waitStable } from './run.ts';

await runAction({
  async main() {
    const inputs = readActionInputs(readWaitStableInputs);
    const client = createEcsClient(inputs);
    const waited = await waitStable(inputs, {
      ...createRolloutPorts(client, inputs),
      serviceRevisions: createServiceRevisionReader(client),
      clock: systemClock,
      random: Math.random,
      log: jobLog,
      cancelled: listenForCancellation(),
    });
    const { conclusion } = waited;
    setOutputs(describeOutputs(waited, await writeTemporaryFile('wait', 'report.json', conclusion.report)));
    await writeJobSummary(conclusion.summary);
    if (conclusion.failure !== undefined) throw conclusion.failure;
  },
});
