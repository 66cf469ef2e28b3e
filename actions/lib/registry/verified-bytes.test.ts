import { describe, expect, it } from '@jest/globals';
import { digestOf } from '../image/digest.ts';
import type { BlobContent } from '../image/image-content.ts';
import { verifiedBytes } from './verified-bytes.ts';

const megabyte = 1024 * 1024;
const content = Buffer.alloc(20 * megabyte, 'slipway ');
const damaged = (digest: string): Error => new Error(`damaged ${digest}`);

/** The content in chunks of 1 MB; `spoil` may change them. */
function blob(spoil: (chunk: Buffer, at: number) => Uint8Array = (chunk) => chunk) {
  const opened: number[] = [];
  const source: BlobContent = {
    digest: digestOf(content),
    sizeBytes: content.length,
    async *open(start = 0) {
      opened.push(start);
      for (let at = start; at < content.length; at += megabyte) {
        yield spoil(content.subarray(at, at + megabyte), at);
      }
    },
  };
  return { opened, bytes: verifiedBytes(source, damaged) };
}

async function read(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('verifiedBytes', () => {
  it('gives the whole, or the rest from an offset', async () => {
    const { bytes, opened } = blob();
    expect((await read(bytes.from(0))).equals(content)).toBe(true);
    expect((await read(bytes.from(12 * megabyte + 5))).equals(content.subarray(12 * megabyte + 5))).toBe(
      true,
    );
    expect(opened).toEqual([0, 8 * megabyte]);
  });

  it('reads from the start for an offset that it has not come to yet', async () => {
    const { bytes, opened } = blob();
    expect(await read(bytes.from(content.length - 1))).toHaveLength(1);
    expect(opened).toEqual([0]);
  });

  it('holds the last chunk back until all of it is right', async () => {
    const { bytes } = blob((chunk, at) => (at === 3 * megabyte ? Buffer.alloc(chunk.length) : chunk));
    let sizeBytes = 0;
    const reading = (async () => {
      for await (const chunk of bytes.from(0)) sizeBytes += chunk.length;
    })();
    await expect(reading).rejects.toThrow(`damaged ${digestOf(content)}`);
    expect(sizeBytes).toBe(19 * megabyte);
  });

  it('forgets what it knew of damaged content', async () => {
    let isDamaged = true;
    const { bytes } = blob((chunk) => (isDamaged ? Buffer.alloc(chunk.length) : chunk));
    await expect(read(bytes.from(0))).rejects.toThrow('damaged');
    isDamaged = false;
    expect((await read(bytes.from(10 * megabyte))).equals(content.subarray(10 * megabyte))).toBe(true);
  });

  it.each([
    ['less', (chunk: Buffer, at: number) => (at === 0 ? chunk.subarray(1) : chunk)],
    ['more', (chunk: Buffer, at: number) => (at === 0 ? Buffer.concat([chunk, chunk]) : chunk)],
  ])('refuses %s than it should be', async (_name, spoil) => {
    await expect(read(blob(spoil).bytes.from(0))).rejects.toThrow('damaged');
  });
});
