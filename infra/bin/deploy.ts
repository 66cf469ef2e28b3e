import './compile-cache.ts';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { STSClient } from '@aws-sdk/client-sts';
import { environments } from '../config/environments.ts';
import { chooseEnvironments, UsageError } from '../lib/operations/choose-environments.ts';
import { readDeployedTemplate } from '../lib/operations/cloudformation.ts';
import { takeLookupRole } from '../lib/operations/lookup-credentials.ts';
import { findPlaceholders } from '../lib/operations/placeholders.ts';
import { runCdk } from '../lib/operations/run-cdk.ts';
import { runCommand } from '../lib/operations/run-command.ts';
import { assemblyDirectory, synthesize } from '../lib/operations/synthesize.ts';
import { explainDangers } from '../lib/operations/update-guard.ts';

const consent = '--change-frozen';

await runCommand(async () => {
  const { environments: chosen, rest } = chooseEnvironments(process.argv.slice(2), environments, true);
  const [config] = chosen;
  if (config === undefined) return 1;
  const missing = findPlaceholders(config);
  if (missing.length > 0) throw new UsageError(missing.join('\n'));
  const stacks = synthesize(environments, [config.name], assemblyDirectory);
  if (!rest.includes(consent)) {
    const { region } = config;
    const credentials = await takeLookupRole(new STSClient({ region }), config);
    const client = new CloudFormationClient({ region, credentials });
    const dangers: string[] = [];
    for (const { name, template } of stacks) {
      const deployed = await readDeployedTemplate(client, name);
      if (deployed !== undefined) dangers.push(...explainDangers(name, deployed, template));
    }
    if (dangers.length > 0)
      throw new UsageError([...dangers, `To do it all the same, add ${consent}.`].join('\n'));
  }
  const options = rest.filter((option) => option !== consent);
  return runCdk(['deploy', '--app', assemblyDirectory, ...options, `${config.name}/*`]);
});
