import type { Log } from '../message/log.ts';
import { UserError } from '../message/user-error.ts';
import { type RegistryLogin, registryHost } from './image-repository.ts';
import { isLoopbackHost, parseEcrHost, registryOrigin } from './registry-host.ts';

/** Who gives out logins. */
export interface LoginSources {
  /** ECR's API with the AWS credentials for this end. */
  authorize(): Promise<RegistryLogin>;
  /** What the user's docker configuration has for a host; undefined when it has nothing usable. */
  findDockerLogin(host: string): Promise<Pick<RegistryLogin, 'username' | 'password'> | undefined>;
  readonly log: Log;
}

/** A registry that can be spoken to. */
export interface RegistryAccess {
  readonly login: RegistryLogin;
  /** The host as references begin with it. */
  readonly registry: string;
  /** True where ECR's API tells about the registry too. */
  readonly isEcr: boolean;
}

/**
 * Finds the login for a registry: ECR's API for ECR and where no host is given, the user's docker configuration for any other,
 * and none where that has none, as public images need none.
 *
 * @param host undefined for the registry of the AWS credentials
 */
export async function resolveLogin(host: string | undefined, sources: LoginSources): Promise<RegistryAccess> {
  if (host === undefined) return ecrAccess(await sources.authorize());
  if (parseEcrHost(host) !== undefined) return ecrAccess(useGivenHost(await sources.authorize(), host));
  const nobody = { origin: registryOrigin(host), username: '', password: '' };
  const user = await sources.findDockerLogin(host);
  if (user !== undefined) return { login: { ...nobody, ...user }, registry: host, isEcr: false };
  const emulated = isLoopbackHost(host) ? await authorizeEmulator(host, sources) : undefined;
  return emulated === undefined ? { login: nobody, registry: host, isEcr: false } : ecrAccess(emulated);
}

function ecrAccess(login: RegistryLogin): RegistryAccess {
  return { login, registry: registryHost(login), isEcr: true };
}

// A token is good at every address of a registry. The API names the plain one, and the user may have reasons for the FIPS or
// dual-stack one; an API that answers with another kind of address is an emulator, whose word counts.
function useGivenHost(login: RegistryLogin, host: string): RegistryLogin {
  const isEcr = parseEcrHost(registryHost(login)) !== undefined;
  return isEcr ? { ...login, origin: registryOrigin(host) } : login;
}

/** A registry on this machine may belong to an emulator of ECR, such as the rehearsal: then its API hands out the login. */
async function authorizeEmulator(host: string, sources: LoginSources): Promise<RegistryLogin | undefined> {
  try {
    const login = await sources.authorize();
    return registryHost(login) === host ? login : undefined;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    sources.log.info(`No login for ${host}: ${error.message} Trying without one.`);
    return undefined;
  }
}
