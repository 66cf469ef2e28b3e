import { createRegisteredTaskDefinitions } from '../lib/aws/task-definition-registry.ts';
import { readTaskDefinitionShape } from '../lib/aws/task-definition-shape.ts';
import { jobLog } from '../lib/runner/job-log.ts';
import { writeJobSummary } from '../lib/runner/job-summary.ts';
import { setOutputs } from '../lib/runner/outputs.ts';
import { readActionInputs, runAction } from '../lib/runner/run-action.ts';
import { writeTemporaryFile } from '../lib/runner/temporary-file.ts';
import { readWorkspaceFile } from '../lib/runner/workspace-file.ts';
import { maximumFileBytes } from '../lib/taskdef/parse.ts';
import { readRenderTaskdefInputs } from './inputs.ts';
import { runRenderTaskdef } from './run.ts';

await runAction({
  async main() {
    const { outputs, summary } = await runRenderTaskdef(readActionInputs(readRenderTaskdefInputs), {
      readFile: (path) => readWorkspaceFile(path, 'task definition', maximumFileBytes),
      // Values of the environment may be private to the job.
      writeTaskDefinition: (json) => writeTemporaryFile('taskdef', 'task-definition.json', json),
      registered: createRegisteredTaskDefinitions(),
      shape: readTaskDefinitionShape(),
      log: jobLog,
    });
    setOutputs(outputs);
    await writeJobSummary(summary);
  },
});
