import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Rehearsal } from '../rehearsal.ts';

const execute = promisify(execFile);

/** What can build an image here. */
export type Builder =
  | { readonly kind: 'docker'; readonly version: string }
  | { readonly kind: 'none'; readonly reason: string };

/** The docker client of this machine. */
export interface Docker {
  /** Finds out whether a daemon answers, and whether it can reach the rehearsal's registry on loopback. */
  findBuilder(rehearsal: Rehearsal): Promise<Builder>;
  hasLocalImage(reference: string): Promise<boolean>;
  /**
   * Deletes an image here, pulls it back by its digest, and says whether it is the very same one. Nothing of it is left.
   *
   * @param tags references under which the build left it
   */
  pullBack(rehearsal: Rehearsal, image: string, tags: readonly string[]): Promise<boolean>;
  /** The variables that tell the client where its daemon is. */
  readonly environment: Readonly<Record<string, string>>;
}

export function createDocker(env: Readonly<Record<string, string | undefined>>): Docker {
  async function docker(...args: string[]): Promise<string> {
    const { stdout } = await execute('docker', args, { timeout: 60_000, env });
    return stdout.trim();
  }
  const idOf = (reference: string): Promise<string> =>
    docker('image', 'inspect', '--format', '{{.Id}}', reference);
  async function removeImages(references: readonly string[]): Promise<void> {
    for (const reference of references)
      await docker('image', 'rm', '--force', reference).catch(() => undefined);
  }

  return {
    environment: locateDaemon(env),
    async findBuilder(rehearsal) {
      let version: string;
      try {
        version = await docker('version', '--format', '{{.Server.Version}}');
      } catch {
        return { kind: 'none', reason: 'no docker daemon answers' };
      }
      const before = rehearsal.calls.length;
      // Refused for want of a login, but only a daemon that reaches the registry asks at all.
      await docker('pull', `${new URL(rehearsal.endpoint).host}/rehearsal:reachable`).catch(() => undefined);
      const asked = rehearsal.calls.slice(before).some(({ service }) => service === 'registry');
      if (asked) return { kind: 'docker', version };
      return { kind: 'none', reason: `the docker daemon (${version}) cannot reach this machine's loopback` };
    },
    hasLocalImage: (reference) =>
      idOf(reference).then(
        () => true,
        () => false,
      ),
    async pullBack(rehearsal, image, tags) {
      const config = await writeLogin(rehearsal);
      try {
        const before = await idOf(tags[0] ?? image);
        await removeImages(tags);
        await docker('--config', config, 'pull', '--quiet', image);
        return (await idOf(image)) === before;
      } finally {
        await rm(config, { recursive: true, force: true });
        await removeImages([...tags, image]);
      }
    },
  };
}

function locateDaemon(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const names = ['DOCKER_HOST', 'DOCKER_CONTEXT', 'DOCKER_TLS_VERIFY', 'DOCKER_CERT_PATH'];
  return Object.fromEntries(names.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
}

async function writeLogin(rehearsal: Rehearsal): Promise<string> {
  const { authorizationData } = await rehearsal.call('ecr', 'GetAuthorizationToken', {});
  const [data] = authorizationData as readonly { authorizationToken: string }[];
  const directory = await mkdtemp(join(tmpdir(), 'rehearsal-docker-'));
  const auths = { [new URL(rehearsal.endpoint).host]: { auth: data?.authorizationToken } };
  await writeFile(join(directory, 'config.json'), JSON.stringify({ auths }), { mode: 0o600 });
  return directory;
}
