import './compile-cache.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { ECSClient } from '@aws-sdk/client-ecs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { environments } from '../config/environments.ts';
import { nameAppResources } from '../lib/config/names.ts';
import { explainDrift, explainRevisions } from '../lib/drift/judge-drift.ts';
import { readAppRevisions, readStackDrift } from '../lib/drift/read-drift.ts';
import { chooseEnvironments } from '../lib/operations/choose-environments.ts';
import { takeLookupRole } from '../lib/operations/lookup-credentials.ts';
import { runCommand } from '../lib/operations/run-command.ts';
import { assemblyDirectory, synthesize } from '../lib/operations/synthesize.ts';

// For the nightly workflow: exit code 1 and a sentence for each thing that is not as it was deployed.
await runCommand(async () => {
  const [config] = chooseEnvironments(process.argv.slice(2), environments, true).environments;
  if (config === undefined) return 1;
  const { region } = config;
  const settings = { region, credentials: await takeLookupRole(new STSClient({ region }), config) };
  const cloudFormation = new CloudFormationClient(settings);
  const clients = { ecs: new ECSClient(settings), ssm: new SSMClient(settings) };
  const problems: string[] = [];
  for (const { name } of synthesize(environments, [config.name], assemblyDirectory)) {
    problems.push(...explainDrift(await readStackDrift(cloudFormation, name, () => sleep(3000))));
  }
  for (const app of Object.keys(config.apps)) {
    problems.push(...explainRevisions(await readAppRevisions(clients, nameAppResources(config.name, app))));
  }
  process.stdout.write(
    problems.length === 0 ? `${config.name} is as deployed.\n` : `${problems.join('\n')}\n`,
  );
  return problems.length === 0 ? 0 : 1;
});
