import './compile-cache.ts';
import { join } from 'node:path';
import { environments } from '../config/environments.ts';
import { refuseBadConfig } from '../lib/config/check-config.ts';
import { createBoundaryApp } from '../lib/delivery/boundary.ts';
import { planBootstrap } from '../lib/operations/bootstrap-plan.ts';
import { chooseEnvironments, UsageError } from '../lib/operations/choose-environments.ts';
import { runCdk } from '../lib/operations/run-cdk.ts';
import { runCommand } from '../lib/operations/run-command.ts';
import { assemblyDirectory } from '../lib/operations/synthesize.ts';

await runCommand(() => {
  refuseBadConfig(environments);
  const [config] = chooseEnvironments(process.argv.slice(2), environments, true).environments;
  if (config?.account === undefined) {
    throw new UsageError(`Set SLIPWAY_${config?.name.toUpperCase()}_ACCOUNT to the account to make ready.`);
  }
  const directory = join(`${assemblyDirectory}-bootstrap`, config.name);
  createBoundaryApp(config, directory).synth();
  for (const args of planBootstrap(config, config.account, directory)) {
    const code = runCdk(args);
    if (code !== 0) return code;
  }
  return 0;
});
