/**
 * The variables GitHub sets in every step, for an imaginary push to `main`. `env` of the step may replace any of them,
 * which GitHub itself refuses for GITHUB_*: a test has no other way to choose its commit.
 *
 * @see https://docs.github.com/actions/reference/variables-reference#default-environment-variables
 */
export function defaultVariables(paths: {
  workspace: string;
  temp: string;
  event: string;
}): Record<string, string> {
  return {
    CI: 'true',
    GITHUB_ACTION: 'step',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTOR: 'octocat',
    GITHUB_API_URL: 'https://api.github.com',
    GITHUB_BASE_REF: '',
    GITHUB_EVENT_NAME: 'push',
    GITHUB_EVENT_PATH: paths.event,
    GITHUB_GRAPHQL_URL: 'https://api.github.com/graphql',
    GITHUB_HEAD_REF: '',
    GITHUB_JOB: 'deploy',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_REF_NAME: 'main',
    GITHUB_REF_TYPE: 'branch',
    GITHUB_REPOSITORY: 'octo-org/hello',
    GITHUB_REPOSITORY_OWNER: 'octo-org',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: '1658821493',
    GITHUB_RUN_NUMBER: '1',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_SHA: '4f9c2d7a61be08f35d1c6e9ab27f4031c85de6b2',
    GITHUB_WORKFLOW: 'deploy',
    GITHUB_WORKSPACE: paths.workspace,
    RUNNER_ARCH: process.arch === 'arm64' ? 'ARM64' : 'X64',
    RUNNER_NAME: 'rehearsal',
    RUNNER_OS: 'Linux',
    RUNNER_TEMP: paths.temp,
    RUNNER_TOOL_CACHE: paths.temp,
  };
}
