import type { BuildRequest } from './build-command.ts';

/** Builds images from Dockerfiles and pushes them. `lib/docker` implements it. */
export interface ImageBuilder {
  /** Throws UserError `build-failed`, `docker-unavailable`, `disk-full`, … with what the builder said. */
  build(request: BuildRequest): Promise<BuiltImage>;
  /** Pushes a built image under `reference` and returns the digest the registry stored it with. */
  push(reference: string): Promise<string>;
}

export interface BuiltImage {
  /** How a person calls what built it. */
  readonly builder: string;
  /** The daemon's id of the image: the digest of its configuration, or of its manifest where containerd keeps images. */
  readonly imageId: string | undefined;
  /** The digest, where the builder has already pushed it. */
  readonly pushedDigest: string | undefined;
  readonly platforms: readonly string[];
}
