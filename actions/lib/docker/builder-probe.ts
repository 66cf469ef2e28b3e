import type { Builder } from '../image/build-command.ts';
import { dockerUnavailable } from '../image/build-failure.ts';
import { runDocker } from './docker-process.ts';

/** The docker that answers here: what it builds with, and for which platform. */
export interface Docker {
  readonly builder: Builder;
  /** `linux/amd64`: what an image is built for unless its Dockerfile says otherwise. */
  readonly platform: string;
}

// The client had BuildKit's side built in until 23.0 made it buildx's affair: https://docs.docker.com/engine/release-notes/23.0/
const lastMajorWithBuildKit = 22;

/**
 * Finds what builds images here, with one question to the daemon and one to buildx.
 *
 * @throws UserError `docker-unavailable` when docker is missing or its daemon does not answer
 */
export async function probeDocker(environment: Readonly<Record<string, string>>): Promise<Docker> {
  const [version, buildx] = await Promise.all([
    runDocker({ arguments: ['version', '--format', '{{json .}}'], environment }),
    runDocker({ arguments: ['buildx', 'inspect'], environment }),
  ]);
  const { Client: client, Server: server } = readVersions(version.stdout);
  if (version.exitCode !== 0 || server == null) {
    throw dockerUnavailable(
      version.lines.findLast((line) => line !== '' && !line.startsWith('{')) ?? 'no answer.',
    );
  }
  const platform = `${server.Os ?? 'linux'}/${server.Arch ?? 'amd64'}`;
  if (buildx.exitCode === 0) {
    const field = (name: string): string | undefined =>
      new RegExp(`^${name}:\\s*(\\S+)`, 'm').exec(buildx.stdout)?.[1];
    const builder = {
      kind: 'buildx',
      name: field('Name') ?? 'default',
      driver: field('Driver') ?? 'docker',
    } as const;
    return { builder, platform };
  }
  const major = Number.parseInt(client?.Version ?? '', 10);
  const builtIn = major >= 18 && major <= lastMajorWithBuildKit && server.Os !== 'windows';
  return { builder: { kind: builtIn ? 'buildkit' : 'classic' }, platform };
}

interface Versions {
  readonly Client?: { readonly Version?: string };
  readonly Server?: { readonly Os?: string; readonly Arch?: string } | null;
}

function readVersions(stdout: string): Versions {
  try {
    return JSON.parse(stdout) as Versions;
  } catch {
    return {};
  }
}
