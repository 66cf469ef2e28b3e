import './compile-cache.ts';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { environments } from '../config/environments.ts';
import { UsageError } from '../lib/operations/choose-environments.ts';
import { updateReadme, writeCommittedFiles } from '../lib/operations/committed-files.ts';
import { runCommand } from '../lib/operations/run-command.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

await runCommand(() => {
  const files = writeCommittedFiles(environments);
  for (const [path, text] of files) {
    const file = join(root, path);
    const frozen = path.includes('/bootstrap.') && existsSync(file) && readFileSync(file, 'utf8') !== text;
    if (frozen) {
      throw new UsageError(
        `infra/${path} is frozen: a changed bootstrap revision would become the newest one of its family. Keep the app's port, or give the app a new name.`,
      );
    }
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  for (const directory of ['taskdefs', 'diagrams']) {
    for (const name of readdirSync(join(root, directory))) {
      if (!files.has(`${directory}/${name}`)) rmSync(join(root, directory, name));
    }
  }
  const readme = join(root, 'README.md');
  writeFileSync(readme, updateReadme(readFileSync(readme, 'utf8'), environments));
  return 0;
});
