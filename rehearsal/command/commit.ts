import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The variables of a run for the commit that is checked out; none where git knows of none, and the runner's own hold. */
export async function readCommit(repositoryRoot: string): Promise<Record<string, string>> {
  const git = async (...args: string[]): Promise<string> =>
    (await run('git', args, { cwd: repositoryRoot })).stdout.trim();
  try {
    const sha = await git('rev-parse', 'HEAD');
    const branch = await git('branch', '--show-current');
    if (branch === '') return { GITHUB_SHA: sha };
    return { GITHUB_SHA: sha, GITHUB_REF: `refs/heads/${branch}`, GITHUB_REF_NAME: branch };
  } catch {
    return {};
  }
}
