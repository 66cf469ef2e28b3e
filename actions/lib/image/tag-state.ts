import type { ImageTag } from './image-tags.ts';
import { readManifest, type StoredManifest } from './manifest.ts';

/** What a repository holds under the tags of a run: tags that do not exist are left out. */
export type TagState = ReadonlyMap<string, StoredManifest>;

/**
 * The image that makes a build of this commit unnecessary: every tag exists, all with one digest, and at least one names the
 * commit, as a moving tag such as `main` may have been left by an older one.
 */
export function findReusableImage(tags: readonly ImageTag[], state: TagState): StoredManifest | undefined {
  if (!tags.some(({ namesCommit }) => namesCommit)) return undefined;
  const [first, ...rest] = tags.map(({ name }) => state.get(name));
  return first !== undefined && rest.every((other) => other?.digest === first.digest) ? first : undefined;
}

/**
 * The stored image that a local build equals: the daemon's image id is the digest of the configuration, or of the manifest
 * where containerd keeps the images. Pushing it again would be refused by a repository with immutable tags, even though
 * nothing would change (https://github.com/aws/containers-roadmap/issues/2380).
 */
export function findSameImage(imageId: string | undefined, state: TagState): StoredManifest | undefined {
  if (imageId === undefined) return undefined;
  for (const manifest of state.values()) {
    if (manifest.digest === imageId) return manifest;
    const content = readManifest(manifest.bytes);
    if (content?.kind === 'image' && content.config.digest === imageId) return manifest;
  }
  return undefined;
}

/**
 * Tags in the order to push them: first those that another image has, as an immutable repository refuses them, and then
 * nothing is left half tagged.
 */
export function orderForPush(tags: readonly string[], state: TagState): string[] {
  return [...tags.filter((tag) => state.has(tag)), ...tags.filter((tag) => !state.has(tag))];
}
