import './compile-cache.ts';
import { environments } from '../config/environments.ts';
import { chooseEnvironments } from '../lib/operations/choose-environments.ts';
import { runCdk } from '../lib/operations/run-cdk.ts';
import { runCommand } from '../lib/operations/run-command.ts';
import { assemblyDirectory, synthesize } from '../lib/operations/synthesize.ts';

// `--method=template` reads only; a change set would need the role that deploys.
await runCommand(() => {
  const { environments: chosen, rest } = chooseEnvironments(process.argv.slice(2), environments, true);
  const names = chosen.map(({ name }) => name);
  synthesize(environments, names, assemblyDirectory);
  const stacks = names.map((name) => `${name}/*`);
  return runCdk(['diff', '--app', assemblyDirectory, '--method=template', ...rest, ...stacks]);
});
