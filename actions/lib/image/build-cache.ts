import type { BuildRequest } from './build-command.ts';
import { csvField } from './build-option.ts';

/** The tag that a cache in the registry has; it moves with every build. */
export const cacheTag = 'buildcache';

/**
 * Where buildx takes layers from and leaves them for the next run. A build that is not pushed, such as a pull request's, only
 * takes: what it leaves would be another branch's starting point. A cache that cannot be written fails no build.
 *
 * ECR stores a cache as an image manifest only: without these two options it answers 400
 * (https://aws.amazon.com/blogs/containers/announcing-remote-cache-support-in-amazon-ecr-for-buildkit-clients/).
 */
export function cacheOptions(request: BuildRequest): string[] {
  const source = cacheSource(request);
  if (source === undefined) return [];
  const target = [source, 'mode=max', 'ignore-error=true'];
  if (request.cache === 'registry') target.push('image-manifest=true', 'oci-mediatypes=true');
  return ['--cache-from', source, ...(request.push ? ['--cache-to', target.join(',')] : [])];
}

function cacheSource({ cache, name, insecure }: BuildRequest): string | undefined {
  switch (cache) {
    case 'none':
      return undefined;
    case 'gha':
      return `type=gha,${csvField(`scope=${name.slice(name.indexOf('/') + 1)}`)}`;
    case 'registry': {
      // Without a login the name has no registry, and there is nothing to take.
      if (!name.includes('/')) return undefined;
      const reference = `type=registry,${csvField(`ref=${name}:${cacheTag}`)}`;
      return insecure ? `${reference},registry.insecure=true` : reference;
    }
  }
}
