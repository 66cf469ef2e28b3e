import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { BuildFiles, BuildSecret, BuildSsh } from '../image/build-command.ts';
import { UserError } from '../message/user-error.ts';

export interface BuildFilesRequest {
  /** Relative to the workspace. */
  readonly context: string;
  /** Relative to the workspace, as docker/build-push-action has it; `Dockerfile` of the context when undefined. */
  readonly file: string | undefined;
  readonly secrets: readonly BuildSecret[];
  readonly ssh: readonly BuildSsh[];
}

/**
 * Finds what a build takes its files from: the context is a directory of the workspace, the Dockerfile, the files of
 * secrets and ssh's keys exist.
 *
 * @throws UserError `input-invalid` that names the path
 */
export async function findBuildFiles(workspace: string, request: BuildFilesRequest): Promise<BuildFiles> {
  const contextPath = await findContext(workspace, request.context);
  const dockerfilePath = await findDockerfile(workspace, contextPath, request.file);
  const secrets = await Promise.all(request.secrets.map((secret) => findSecret(workspace, secret)));
  const ssh = await Promise.all(request.ssh.map((one) => findSsh(workspace, one)));
  return { contextPath, dockerfilePath, secrets, ssh };
}

async function findContext(workspace: string, context: string): Promise<string> {
  const path = await realpath(resolve(workspace, context)).catch(() => undefined);
  if (path === undefined || !(await stat(path)).isDirectory()) {
    throw new UserError(
      'input-invalid',
      `input "context": ${context} is not a directory of the workspace ${workspace}. Check the path, and that actions/checkout ran before.`,
    );
  }
  if (isInside(await realpath(workspace), path)) return path;
  throw new UserError(
    'input-invalid',
    `input "context": ${context} is outside the workspace ${workspace}; a build may only take files from the checkout.`,
  );
}

async function findDockerfile(
  workspace: string,
  contextPath: string,
  file: string | undefined,
): Promise<string> {
  const path = file === undefined ? join(contextPath, 'Dockerfile') : resolve(workspace, file);
  if (await isFile(path)) return path;
  const hint =
    file === undefined
      ? 'Name another with the input "file", relative to the workspace.'
      : 'The path is relative to the workspace, not to the context.';
  throw new UserError('input-invalid', `There is no Dockerfile at ${path}. ${hint}`);
}

async function findSecret(workspace: string, { id, source }: BuildSecret): Promise<BuildSecret> {
  if (source.kind === 'value') return { id, source };
  const path = resolve(workspace, source.path);
  if (await isFile(path)) return { id, source: { kind: 'file', path } };
  throw new UserError(
    'input-invalid',
    `input "secrets": the file ${path} of the secret ${id} does not exist.`,
  );
}

// An agent's socket or a key; without a path docker takes the agent of SSH_AUTH_SOCK.
async function findSsh(workspace: string, { id, path }: BuildSsh): Promise<BuildSsh> {
  if (path === undefined) return { id, path };
  const found = resolve(workspace, path);
  const kind = await stat(found).catch(() => undefined);
  if (kind?.isFile() || kind?.isSocket()) return { id, path: found };
  throw new UserError(
    'input-invalid',
    `input "ssh": there is no key or agent's socket at ${found}, for the id ${id}.`,
  );
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}

function isInside(directory: string, path: string): boolean {
  const way = relative(directory, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
