import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { nodePath } from './node-process.ts';

/**
 * A repository root whose `dist/` has a bundle for every action, for tests: this repository, or, in a checkout where
 * `npm run build` has not run, a place with bundles built for the test.
 *
 * @param directory where that place is made; whoever owns it removes it
 */
export async function findBundledRepository(directory: string): Promise<string> {
  const repository = fileURLToPath(new URL('../../', import.meta.url));
  const folders = await readdir(join(repository, 'actions'));
  const actions = folders.filter((name) => existsSync(join(repository, 'actions', name, 'action.yml')));
  if (actions.every((name) => existsSync(join(repository, 'dist', name, 'index.js')))) return repository;
  const root = join(directory, 'bundled-repository');
  await mkdir(root);
  const build = join(repository, 'scripts', 'build.mjs');
  await promisify(execFile)(nodePath, [build, '--out', join(root, 'dist')]);
  for (const folder of ['actions', 'apps'])
    await cp(join(repository, folder), join(root, folder), { recursive: true });
  return root;
}
