import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type RegistryLogin, registryHost } from '../image/image-repository.ts';
import { UserError } from '../message/user-error.ts';

/** docker's configuration directory of whoever runs the job. */
export function userDockerConfig(env: Readonly<Record<string, string | undefined>>): string {
  return env['DOCKER_CONFIG'] || join(env['HOME'] || homedir(), '.docker');
}

/**
 * Writes a private docker configuration (0700) with a login of its own, so that the user's is never touched and jobs side by
 * side on one machine cannot disturb each other. It starts as a copy: the user's logins and credential helpers keep working
 * for base images, and contexts, plugins and buildx's builders are linked. The login is written to config.json (0600), as
 * `docker login` would pass it on to a credential helper that knows nothing of ours
 * (https://github.com/awslabs/amazon-ecr-credential-helper/issues/102).
 *
 * @param directory does not exist yet; the caller has arranged for its removal
 */
export async function writeDockerConfig(
  directory: string,
  userDirectory: string,
  login: RegistryLogin,
): Promise<void> {
  const user = await readUserConfig(userDirectory);
  await mkdir(directory, { mode: 0o700 });
  const names = await readdir(userDirectory).catch(() => []);
  for (const name of names) {
    if (name !== 'config.json') await symlink(join(userDirectory, name), join(directory, name));
  }
  const config = JSON.stringify(addLogin(user, login));
  await writeFile(join(directory, 'config.json'), config, { mode: 0o600, flag: 'wx' });
}

type DockerConfig = Record<string, unknown>;

/**
 * docker asks the helper of a host before the default store, and takes an empty name for "none": so it finds our login in the
 * file though a store is configured for everything else
 * (https://github.com/docker/cli/blob/master/cli/config/configfile/file.go, getConfiguredCredentialStore).
 */
function addLogin(config: DockerConfig, login: RegistryLogin): DockerConfig {
  const host = registryHost(login);
  const auth = Buffer.from(`${login.username}:${login.password}`).toString('base64');
  const { [host]: _replaced, ...helpers } = asRecord(config['credHelpers']);
  return {
    ...config,
    auths: { ...asRecord(config['auths']), [host]: { auth } },
    credHelpers: config['credsStore'] ? { ...helpers, [host]: '' } : helpers,
  };
}

async function readUserConfig(directory: string): Promise<DockerConfig> {
  const path = join(directory, 'config.json');
  const text = await readFile(path, 'utf8').catch(() => '{}');
  try {
    return asRecord(JSON.parse(text));
  } catch (error) {
    throw new UserError(
      'docker-unavailable',
      `docker's configuration ${path} is not valid JSON; mend or remove it.`,
      {
        cause: error,
      },
    );
  }
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
