import type { StoredManifest } from './manifest.ts';

/** An image that lies somewhere complete, ready to be uploaded piece by piece. */
export interface ImageContent {
  /** What the tags will point to. */
  readonly root: StoredManifest;
  /** Manifests that the root lists, each before whatever lists it. */
  readonly children: readonly StoredManifest[];
  /** Configurations and layers, each once. */
  readonly blobs: readonly BlobContent[];
  /** `linux/amd64` and so on; empty when the image does not say. */
  readonly platforms: readonly string[];
}

export interface BlobContent {
  readonly digest: string;
  readonly sizeBytes: number;
  /** The bytes from an offset to the end, by default all of them; any number of times. */
  open(startBytes?: number): AsyncIterable<Uint8Array>;
}

/** Bytes of all blobs: what an upload into an empty repository moves. */
export function contentSizeBytes(content: ImageContent): number {
  return content.blobs.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

/** The same blob, whose reading fails with the signal's reason once that has fired. */
export function untilAborted(blob: BlobContent, signal: AbortSignal): BlobContent {
  return {
    digest: blob.digest,
    sizeBytes: blob.sizeBytes,
    async *open(startBytes) {
      for await (const chunk of blob.open(startBytes)) {
        signal.throwIfAborted();
        yield chunk;
      }
    },
  };
}
