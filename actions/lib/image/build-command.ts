import { cacheOptions } from './build-cache.ts';
import { csvField, sshOptions } from './build-option.ts';
import { canLoad, pushesWhileBuilding } from './builder-ability.ts';

/** What builds images on this machine, from the most to the least able. */
export type Builder =
  | {
      /** docker's buildx plugin with the builder instance it has selected. */
      readonly kind: 'buildx';
      readonly name: string;
      readonly driver: string;
      /** True when the daemon keeps images in containerd, which lets its own driver do what only others did before. */
      readonly containerd: boolean;
    }
  | {
      /** BuildKit in the daemon, spoken to by a docker client that needs no plugin for it (before 23.0). */
      readonly kind: 'buildkit';
    }
  | {
      /** The builder from before BuildKit: no secrets, no ssh, this machine's platform. */
      readonly kind: 'classic';
    };

/** A secret that a `RUN --mount=type=secret,id=…` reads. */
export interface BuildSecret {
  readonly id: string;
  readonly source:
    | { readonly kind: 'value'; readonly value: string }
    | { readonly kind: 'file'; readonly path: string };
}

/** An ssh agent or key that a `RUN --mount=type=ssh` reaches: the agent of `SSH_AUTH_SOCK` without a path. */
export interface BuildSsh {
  readonly id: string;
  /** An agent's socket or a private key. */
  readonly path: string | undefined;
}

/** Where the builder keeps layers from one run to the next. */
export type BuildCache = 'registry' | 'gha' | 'none';

/** How much of the build its provenance attestation tells; https://docs.docker.com/build/metadata/attestations/slsa-provenance/ */
export type Provenance = 'off' | 'min' | 'max';

/** The files of a build, found; every path is absolute. */
export interface BuildFiles {
  readonly contextPath: string;
  readonly dockerfilePath: string;
  readonly secrets: readonly BuildSecret[];
  readonly ssh: readonly BuildSsh[];
}

export interface BuildRequest extends BuildFiles {
  readonly target: string | undefined;
  readonly buildArguments: ReadonlyMap<string, string>;
  readonly labels: ReadonlyMap<string, string>;
  /** Names for the image: `host/name`, or `name` alone for a build that is not pushed and has no registry. */
  readonly name: string;
  readonly tags: readonly string[];
  /** Whether to push; a builder outside the daemon then pushes by digest as it builds. */
  readonly push: boolean;
  /** True for a registry over plain HTTP. */
  readonly insecure: boolean;
  /** `linux/arm64` and so on; empty for what the builder builds by itself. */
  readonly platforms: readonly string[];
  readonly cache: BuildCache;
  readonly provenance: Provenance;
  readonly sbom: boolean;
}

export interface BuildCommand {
  /** Arguments of `docker`. */
  readonly arguments: readonly string[];
  /** Variables for the process beyond its usual ones: the builder's switch, and secrets, which argv never holds. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * The docker command that builds an image.
 *
 * @param metadataPath where buildx writes the digest of what it pushed
 */
export function buildCommand(builder: Builder, request: BuildRequest, metadataPath: string): BuildCommand {
  const secrets = builder.kind === 'classic' ? noSecrets : secretOptions(request.secrets);
  return {
    arguments: [
      ...commandWords(builder),
      ...outputOptions(builder, request, metadataPath),
      '--file',
      request.dockerfilePath,
      ...(request.target === undefined ? [] : ['--target', request.target]),
      ...keyValues('--build-arg', request.buildArguments),
      ...keyValues('--label', request.labels),
      ...secrets.arguments,
      ...(builder.kind === 'classic' ? [] : sshOptions(request)),
      ...(request.platforms.length === 0 ? [] : ['--platform', request.platforms.join(',')]),
      ...(builder.kind === 'buildx' ? [...cacheOptions(request), ...attestationOptions(request)] : []),
      request.contextPath,
    ],
    environment: { ...builderSwitch(builder), ...secrets.environment },
  };
}

/** How a person calls the builder. */
export function sayBuilder(builder: Builder): string {
  switch (builder.kind) {
    case 'buildx':
      return `docker buildx (${builder.driver} driver)`;
    case 'buildkit':
      return "docker's BuildKit";
    case 'classic':
      return "docker's classic builder";
  }
}

function commandWords(builder: Builder): string[] {
  switch (builder.kind) {
    case 'buildx':
      return ['buildx', 'build', '--builder', builder.name, '--progress', 'plain'];
    case 'buildkit':
      return ['build', '--progress', 'plain'];
    case 'classic':
      return ['build'];
  }
}

function outputOptions(builder: Builder, request: BuildRequest, metadataPath: string): string[] {
  if (request.push && pushesWhileBuilding(builder)) {
    const options = [
      'type=image',
      csvField(`name=${request.name}`),
      'push-by-digest=true',
      'name-canonical=true',
      'push=true',
    ];
    if (request.insecure) options.push('registry.insecure=true');
    return ['--output', options.join(','), '--metadata-file', metadataPath];
  }
  if (!canLoad(builder, request)) return ['--output', 'type=cacheonly'];
  const names = request.tags.flatMap((tag) => ['--tag', `${request.name}:${tag}`]);
  return builder.kind === 'buildx' ? ['--load', ...names] : names;
}

/**
 * Without a request buildx attests provenance, which turns every image into an index with an `unknown/unknown` entry that
 * some consumers refuse (https://github.com/docker/buildx/issues/1533). The variable, unlike `--provenance`, is harmless to
 * versions that do not know it.
 */
function builderSwitch(builder: Builder): Record<string, string> {
  switch (builder.kind) {
    case 'buildx':
      return { BUILDX_NO_DEFAULT_ATTESTATIONS: '1' };
    case 'buildkit':
      return { DOCKER_BUILDKIT: '1' };
    case 'classic':
      return { DOCKER_BUILDKIT: '0' };
  }
}

/**
 * Attestations go with the image to the registry; what stays on this machine has no place for them.
 * Provenance of mode max tells the values of build arguments, as the page says.
 */
function attestationOptions({ push, provenance, sbom }: BuildRequest): string[] {
  if (!push) return [];
  const statements = provenance === 'off' ? [] : ['--attest', `type=provenance,mode=${provenance}`];
  return sbom ? [...statements, '--attest', 'type=sbom'] : statements;
}

const noSecrets: BuildCommand = { arguments: [], environment: {} };

function secretOptions(secrets: readonly BuildSecret[]): BuildCommand {
  const words: string[] = [];
  const environment: Record<string, string> = {};
  for (const [position, { id, source }] of secrets.entries()) {
    if (source.kind === 'file') {
      words.push('--secret', `id=${id},${csvField(`src=${source.path}`)}`);
      continue;
    }
    const variable = `SLIPWAY_BUILD_SECRET_${position}`;
    environment[variable] = source.value;
    words.push('--secret', `id=${id},env=${variable}`);
  }
  return { arguments: words, environment };
}

function keyValues(option: string, values: ReadonlyMap<string, string>): string[] {
  return [...values].flatMap(([key, value]) => [option, `${key}=${value}`]);
}
