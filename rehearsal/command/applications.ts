import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Json } from '../server/service.ts';

/** The folders of `apps/` that can be rehearsed: those with a Dockerfile and a taskdef.json. */
export async function listApplications(repositoryRoot: string): Promise<string[]> {
  const folders = await readdir(join(repositoryRoot, 'apps'), { withFileTypes: true });
  const found: string[] = [];
  for (const folder of folders.filter((entry) => entry.isDirectory())) {
    const files = await readdir(join(repositoryRoot, 'apps', folder.name));
    if (files.includes('Dockerfile') && files.includes('taskdef.json')) found.push(folder.name);
  }
  return found.sort();
}

/** An application's task definition as its folder has it. */
export async function readTaskDefinition(repositoryRoot: string, app: string): Promise<Json> {
  return JSON.parse(await readFile(join(repositoryRoot, 'apps', app, 'taskdef.json'), 'utf8')) as Json;
}
