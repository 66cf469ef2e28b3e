import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRegisteredTaskDefinitions } from '../lib/aws/task-definition-registry.ts';
import { readTaskDefinitionShape } from '../lib/aws/task-definition-shape.ts';
import { jobLog } from '../lib/runner/job-log.ts';
import { writeJobSummary } from '../lib/runner/job-summary.ts';
import { setOutputs } from '../lib/runner/outputs.ts';
import { readActionInputs, runAction } from '../lib/runner/run-action.ts';
import { makeTemporaryDirectory } from '../lib/runner/workspace.ts';
import { readWorkspaceFile } from '../lib/runner/workspace-file.ts';
import { maximumFileBytes } from '../lib/taskdef/parse.ts';
import { readRenderTaskdefInputs } from './inputs.ts';
import { runRenderTaskdef } from './run.ts';

await runAction({
  async main() {
    const { outputs, summary } = await runRenderTaskdef(readActionInputs(readRenderTaskdefInputs), {
      readFile: (path) => readWorkspaceFile(path, 'task definition', maximumFileBytes),
      writeTaskDefinition,
      registered: createRegisteredTaskDefinitions(),
      shape: readTaskDefinitionShape(),
      log: jobLog,
    });
    setOutputs(outputs);
    await writeJobSummary(summary);
  },
});

// Environment values may be private to the job, so the file is for this user alone.
async function writeTaskDefinition(json: string): Promise<string> {
  const path = join(await makeTemporaryDirectory('taskdef'), 'task-definition.json');
  await writeFile(path, json, { mode: 0o600 });
  return path;
}
