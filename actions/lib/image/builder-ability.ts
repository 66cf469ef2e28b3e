import type { Builder, BuildRequest } from './build-command.ts';

/** True when the builder is outside the daemon: what is to be pushed, it pushes by itself, by digest. */
export function pushesWhileBuilding(builder: Builder): boolean {
  return builder.kind === 'buildx' && builder.driver !== 'docker';
}

/** True when the daemon can keep the result: the store from before containerd holds no image of several platforms. */
export function canLoad(builder: Builder, { platforms }: Pick<BuildRequest, 'platforms'>): boolean {
  return platforms.length < 2 || (builder.kind === 'buildx' && builder.containerd);
}

const fix =
  'add docker/setup-buildx-action before this step, whose builder (driver docker-container) can do it';

/**
 * What a build asks that this builder cannot do, as a sentence with the fix; undefined when it can do all.
 *
 * @see https://docs.docker.com/build/builders/drivers/ what the docker driver lacks without containerd's image store
 */
export function missingAbility(builder: Builder, request: BuildRequest): string | undefined {
  const wanted = wishes(request).find(({ needs }) => !needs(builder));
  if (wanted === undefined) return undefined;
  return `${wanted.what}, ${sayLack(builder)}: ${fix}, or change the input ${wanted.input}.`;
}

interface Wish {
  readonly input: string;
  readonly what: string;
  needs(builder: Builder): boolean;
}

function wishes(request: BuildRequest): Wish[] {
  const all: (Wish & { readonly wanted: boolean })[] = [
    {
      wanted: request.secrets.length > 0,
      input: 'secrets',
      what: 'Build secrets need BuildKit',
      needs: hasBuildKit,
    },
    {
      wanted: request.ssh.length > 0,
      input: 'ssh',
      what: 'Forwarding ssh needs BuildKit',
      needs: hasBuildKit,
    },
    {
      wanted: request.platforms.length > 1,
      input: 'platforms',
      what: 'An image for several platforms needs a buildx builder of its own',
      needs: hasWholeBuildx,
    },
    {
      wanted: request.platforms.length === 1,
      input: 'platforms',
      what: 'Choosing a platform needs BuildKit',
      needs: hasBuildKit,
    },
    {
      wanted: request.cache !== 'none',
      input: 'cache',
      what: `Cache of kind ${request.cache} needs a buildx builder of its own`,
      needs: hasWholeBuildx,
    },
    {
      wanted: request.push && request.provenance !== 'off',
      input: 'provenance',
      what: 'Attesting provenance needs a buildx builder of its own',
      needs: hasWholeBuildx,
    },
    {
      wanted: request.push && request.sbom,
      input: 'sbom',
      what: 'Attesting an SBOM needs a buildx builder of its own',
      needs: hasWholeBuildx,
    },
  ];
  return all.filter(({ wanted }) => wanted);
}

function hasBuildKit({ kind }: Builder): boolean {
  return kind !== 'classic';
}

function hasWholeBuildx(builder: Builder): boolean {
  return builder.kind === 'buildx' && (builder.driver !== 'docker' || builder.containerd);
}

function sayLack(builder: Builder): string {
  switch (builder.kind) {
    case 'classic':
      return 'and docker here has only the classic builder';
    case 'buildkit':
      return "and docker here has only the daemon's BuildKit, without the buildx plugin";
    case 'buildx':
      return `and the selected builder has the ${builder.driver} driver, without containerd's image store`;
  }
}
