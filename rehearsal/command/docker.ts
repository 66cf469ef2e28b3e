import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Rehearsal } from '../rehearsal.ts';

const run = promisify(execFile);

/** The variables that tell docker's client where its daemon is. */
export function dockerEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const names = ['DOCKER_HOST', 'DOCKER_CONTEXT', 'DOCKER_TLS_VERIFY', 'DOCKER_CERT_PATH'];
  return Object.fromEntries(names.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
}

/** What can build an image here. */
export type Builder =
  | { readonly kind: 'docker'; readonly version: string }
  | { readonly kind: 'none'; readonly reason: string };

/** Finds out whether a docker daemon answers, and whether it can reach the rehearsal's registry on loopback. */
export async function findBuilder(rehearsal: Rehearsal): Promise<Builder> {
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
}

export async function hasLocalImage(reference: string): Promise<boolean> {
  return docker('image', 'inspect', '--format', '{{.Id}}', reference).then(
    () => true,
    () => false,
  );
}

/**
 * Deletes the image here, pulls it back by its digest, and says whether it is the very same one. Nothing of it is left.
 *
 * @param tags references under which the build left it
 */
export async function pullBack(
  rehearsal: Rehearsal,
  image: string,
  tags: readonly string[],
): Promise<boolean> {
  const [built = ''] = tags;
  const idOf = (reference: string): Promise<string> =>
    docker('image', 'inspect', '--format', '{{.Id}}', reference);
  const config = await writeLogin(rehearsal);
  try {
    const before = await idOf(built);
    await removeImages(tags);
    await docker('--config', config, 'pull', '--quiet', image);
    return (await idOf(image)) === before;
  } finally {
    await rm(config, { recursive: true, force: true });
    await removeImages([...tags, image]);
  }
}

async function removeImages(references: readonly string[]): Promise<void> {
  for (const reference of references)
    await docker('image', 'rm', '--force', reference).catch(() => undefined);
}

async function docker(...args: string[]): Promise<string> {
  const { stdout } = await run('docker', args, { timeout: 60_000 });
  return stdout.trim();
}

async function writeLogin(rehearsal: Rehearsal): Promise<string> {
  const { authorizationData } = await rehearsal.call('ecr', 'GetAuthorizationToken', {});
  const [data] = authorizationData as readonly { authorizationToken: string }[];
  const directory = await mkdtemp(join(tmpdir(), 'rehearsal-docker-'));
  const auths = { [new URL(rehearsal.endpoint).host]: { auth: data?.authorizationToken } };
  await writeFile(join(directory, 'config.json'), JSON.stringify({ auths }), { mode: 0o600 });
  return directory;
}
