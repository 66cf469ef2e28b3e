import { UserError } from '../message/user-error.ts';
import { parseJson } from './manifest.ts';

/** The one image of a `docker save` archive: names of entries, not yet digests. */
export interface DockerArchiveImage {
  readonly configName: string;
  readonly layerNames: readonly string[];
}

/**
 * Reads `manifest.json` of a `docker save` archive.
 *
 * @throws UserError `archive-invalid` unless it lists exactly one image
 * @see https://github.com/moby/docker-image-spec/blob/main/v1.2.md#combined-image-json--filesystem-changeset-format
 */
export function parseDockerArchive(bytes: Uint8Array, what: string): DockerArchiveImage {
  const images = parseJson(bytes, what);
  if (!Array.isArray(images) || images.length === 0) {
    throw new UserError('archive-invalid', `${what} lists no image`);
  }
  if (images.length > 1) {
    throw new UserError(
      'archive-invalid',
      `${what} lists ${images.length} images; save the one to push: docker save NAME:TAG`,
    );
  }
  const { Config: configName, Layers: layerNames } = (images[0] ?? {}) as Record<string, unknown>;
  if (typeof configName !== 'string' || !isNameList(layerNames)) {
    throw new UserError('archive-invalid', `${what} does not name a configuration and layers`);
  }
  return { configName, layerNames };
}

function isNameList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
