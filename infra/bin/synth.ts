import './compile-cache.ts';
import { relative } from 'node:path';
import { environments } from '../config/environments.ts';
import { chooseEnvironments } from '../lib/operations/choose-environments.ts';
import { runCommand } from '../lib/operations/run-command.ts';
import { assemblyDirectory, synthesize } from '../lib/operations/synthesize.ts';

await runCommand(() => {
  const chosen = chooseEnvironments(process.argv.slice(2), environments, false);
  const names = chosen.environments.map(({ name }) => name);
  for (const { name, template, templatePath } of synthesize(environments, names, assemblyDirectory)) {
    const count = Object.keys(template.Resources ?? {}).length;
    process.stdout.write(
      `${name.padEnd(32)}${String(count).padStart(4)} resources  ${relative('.', templatePath)}\n`,
    );
  }
  return 0;
});
