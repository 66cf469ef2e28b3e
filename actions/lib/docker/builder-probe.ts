import type { Builder } from '../image/build-command.ts';
import { dockerUnavailable } from '../image/build-failure.ts';
import { runDocker } from './docker-process.ts';

// The client had BuildKit's side built in until 23.0 made it buildx's affair: https://docs.docker.com/engine/release-notes/23.0/
const lastMajorWithBuildKit = 22;

/**
 * Finds what builds images here, with two questions to the daemon and one to buildx.
 *
 * @throws UserError `docker-unavailable` when docker is missing or its daemon does not answer
 */
export async function probeBuilder(environment: Readonly<Record<string, string>>): Promise<Builder> {
  const [version, info, buildx] = await Promise.all([
    runDocker({ arguments: ['version', '--format', '{{json .}}'], environment }),
    runDocker({ arguments: ['info', '--format', '{{json .DriverStatus}}'], environment }),
    runDocker({ arguments: ['buildx', 'inspect'], environment }),
  ]);
  const selected = buildx.exitCode === 0 ? readBuildx(buildx.stdout, info.stdout) : undefined;
  // A builder in Kubernetes or elsewhere works without any daemon on this machine.
  if (selected !== undefined && selected.driver !== 'docker') return selected;
  const { Client: client, Server: server } = readVersions(version.stdout);
  if (version.exitCode !== 0 || server == null) {
    const said = version.lines.findLast((line) => line !== '' && !line.startsWith('{'));
    throw dockerUnavailable(said ?? 'no answer.');
  }
  if (selected !== undefined) return selected;
  const major = Number.parseInt(client?.Version ?? '', 10);
  const builtIn = major >= 18 && major <= lastMajorWithBuildKit && server.Os !== 'windows';
  return { kind: builtIn ? 'buildkit' : 'classic' };
}

// https://docs.docker.com/engine/storage/containerd/ tells the store by `driver-type: io.containerd.snapshotter.v1`.
function readBuildx(stdout: string, driverStatus: string): Extract<Builder, { kind: 'buildx' }> {
  const field = (name: string): string | undefined =>
    new RegExp(`^${name}:\\s*(\\S+)`, 'm').exec(stdout)?.[1];
  return {
    kind: 'buildx',
    name: field('Name') ?? 'default',
    driver: field('Driver') ?? 'docker',
    containerd: driverStatus.includes('io.containerd.snapshotter'),
  };
}

interface Versions {
  readonly Client?: { readonly Version?: string };
  readonly Server?: { readonly Os?: string } | null;
}

function readVersions(stdout: string): Versions {
  try {
    return JSON.parse(stdout) as Versions;
  } catch {
    return {};
  }
}
