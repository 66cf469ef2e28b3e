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
  const changed = [...files].filter(
    ([path, text]) =>
      path.includes('/bootstrap.') &&
      existsSync(join(root, path)) &&
      readFileSync(join(root, path), 'utf8') !== text,
  );
  if (changed.length > 0) {
    const names = changed.map(([path]) => `infra/${path}`).join(', ');
    throw new UsageError(
      `${names}: a bootstrap revision is frozen, because a changed one would become the newest of its family. Keep the app's port, or give the app a new name.`,
    );
  }
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
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
