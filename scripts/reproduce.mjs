// Builds dist/ again in a copy at another path, under the Node that runs this script and under the pinned one, and fails when
// either differs from the committed dist/ by a byte. Plain JavaScript, so that Node 20 can start it: see build.mjs.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const nodes = [...new Set([process.execPath, join(root, 'node_modules/node/bin/node')])];
const copy = mkdtempSync(join(tmpdir(), 'another directory-'));
try {
  const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' })
    .split('\0')
    .filter(Boolean);
  for (const file of tracked) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(root, file), join(copy, file));
  }
  cpSync(join(root, 'node_modules'), join(copy, 'node_modules'), { recursive: true, verbatimSymlinks: true });
  for (const node of nodes) {
    const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
    process.stdout.write(`${copy}, Node ${version}: `);
    execFileSync(node, ['scripts/build.mjs', '--check'], { cwd: copy, stdio: 'inherit' });
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
