/** What the run knows of itself, from the runner's default variables. Empty ones are undefined. */
export interface GithubRun {
  /** Full commit id, 40 hex digits. */
  readonly sha: string | undefined;
  /** Full ref: `refs/heads/main`, `refs/tags/v1.4.2`, `refs/pull/7/merge`. */
  readonly ref: string | undefined;
  /** `owner/name`. */
  readonly repository: string | undefined;
  readonly actor: string | undefined;
  /** The run's page. */
  readonly runUrl: string | undefined;
}

/** @see https://docs.github.com/actions/reference/variables-reference#default-environment-variables */
export function readGithubRun(env: Readonly<Record<string, string | undefined>> = process.env): GithubRun {
  const value = (name: string): string | undefined => env[name] || undefined;
  const server = value('GITHUB_SERVER_URL');
  const repository = value('GITHUB_REPOSITORY');
  const runId = value('GITHUB_RUN_ID');
  return {
    sha: value('GITHUB_SHA'),
    ref: value('GITHUB_REF'),
    repository,
    actor: value('GITHUB_ACTOR'),
    runUrl: server && repository && runId ? `${server}/${repository}/actions/runs/${runId}` : undefined,
  };
}
