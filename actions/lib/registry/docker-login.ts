import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { RegistryLogin } from '../image/image-repository.ts';
import type { Log } from '../message/log.ts';

type DockerLogin = Pick<RegistryLogin, 'username' | 'password'>;

interface DockerAuth {
  readonly auth?: string;
  readonly username?: string;
  readonly password?: string;
}

/**
 * The login that `docker login` wrote to the user's configuration for a host. Only logins in the file itself count: credential
 * helpers are programs, and identity tokens need an exchange of their own; the log says when one of them was passed over.
 *
 * @see https://docs.docker.com/reference/cli/docker/login/#credential-stores
 */
export async function findDockerLogin(
  host: string,
  log: Log,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<DockerLogin | undefined> {
  const path = join(
    environment['DOCKER_CONFIG'] || join(environment['HOME'] || homedir(), '.docker'),
    'config.json',
  );
  const config = await readConfig(path, log);
  const entry = Object.entries(asObject(config['auths'])).find(([key]) => namesHost(key, host));
  const login = readAuth(asObject(entry?.[1]));
  if (login !== undefined) return login;
  const helper = asObject(config['credHelpers'])[host] ?? config['credsStore'];
  if (typeof helper === 'string') {
    log.info(
      `docker keeps the login for ${host} in the credential helper "${helper}", which is not asked; give docker login another DOCKER_CONFIG if ${host} needs one.`,
    );
  }
  return undefined;
}

async function readConfig(path: string, log: Log): Promise<Record<string, unknown>> {
  try {
    return asObject(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    // No file, no login. A broken one is docker's to complain about; what matters here is that nothing was read from it.
    if (error instanceof SyntaxError) log.info(`${path} is not valid JSON, so no login is taken from it.`);
    return {};
  }
}

// Keys are hosts, or URLs as older dockers wrote them; Docker Hub has a name of its own.
function namesHost(key: string, host: string): boolean {
  const named = key.replace(/^https?:\/\//, '').split('/')[0];
  return named === (host === 'docker.io' ? 'index.docker.io' : host);
}

function readAuth({ auth, username, password }: DockerAuth): DockerLogin | undefined {
  if (typeof auth === 'string' && auth !== '') {
    const [user = '', ...rest] = Buffer.from(auth, 'base64').toString('utf8').split(':');
    const secret = rest.join(':');
    return user === '' || secret === '' ? undefined : { username: user, password: secret };
  }
  if (typeof username !== 'string' || typeof password !== 'string') return undefined;
  return username === '' || password === '' ? undefined : { username, password };
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
