import type { Clock } from '../clock/clock.ts';
import { createBlobStore } from '../registry/blob-store.ts';
import type { RegistryWorld } from '../registry/exchange.ts';
import { createImageStore, findImage } from '../registry/image-store.ts';
import { createLogins } from '../registry/logins.ts';

/** What ECR's API works on: the registry, the address it is reached at, and what its scanner will find. */
export interface EcrWorld extends RegistryWorld {
  /** `http://127.0.0.1:PORT`; known only once the server listens. */
  endpoint(): string;
  /** Vulnerabilities by image digest, for the scanner to find; none by default. */
  readonly findings: Map<string, readonly Finding[]>;
}

export interface Finding {
  /** Such as `CVE-2026-1234`. */
  readonly name: string;
  readonly severity: 'INFORMATIONAL' | 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL' | 'UNDEFINED';
  readonly description?: string;
  readonly uri?: string;
  /** Such as package_name and package_version. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** An empty registry. Whoever makes it closes `blobs` in the end, which deletes its files. */
export function createEcrWorld(options: {
  readonly clock: Clock;
  readonly registryId: string;
  readonly endpoint: () => string;
}): EcrWorld {
  return {
    clock: options.clock,
    endpoint: options.endpoint,
    store: createImageStore(options.registryId),
    blobs: createBlobStore(),
    logins: createLogins(),
    findings: new Map(),
  };
}

/** Whether this registry holds the image of a reference such as `127.0.0.1:4566/web:v1` or `…/web@sha256:…`. */
export function imageExists(world: EcrWorld, reference: string): boolean {
  const match = /^([^/]+)\/([^@:]+)(?::([^@]+))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(reference);
  const [, host, name = '', tag, digest] = match ?? [];
  const repository = world.store.repositories.get(name);
  if (host !== new URL(world.endpoint()).host || repository === undefined) return false;
  // As docker has it, a digest beside a tag is what counts, and neither means `latest`.
  return findImage(repository, digest === undefined ? { tag: tag ?? 'latest' } : { digest }) !== undefined;
}
