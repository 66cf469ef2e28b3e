import { describe, expect, it } from '@jest/globals';
import { digestOf } from './digest.ts';
import { ociIndex } from './manifest.ts';
import { mergeReferrers, parseReferrers, referrersTag } from './referrers.ts';

const digest = (digit: string): string => `sha256:${digit.repeat(64)}`;
const entry = (digit: string, artifactType: string) => ({
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  digest: digest(digit),
  size: 7,
  artifactType,
  annotations: { made: 'today' },
});
const list = (...manifests: object[]): Buffer => Buffer.from(JSON.stringify({ schemaVersion: 2, manifests }));

it('names the tag of the fallback', () => {
  expect(referrersTag(digest('a'))).toBe(`sha256-${'a'.repeat(64)}`);
});

describe('parseReferrers', () => {
  it('keeps what a registry says of each', () => {
    const [referrer] = parseReferrers(list(entry('a', 'sbom')), 'the list');
    expect(referrer).toMatchObject({ digest: digest('a'), sizeBytes: 7, json: entry('a', 'sbom') });
  });

  it.each([list(), Buffer.from('{}'), Buffer.from('{"manifests":null}')])('reads %s as none', (bytes) => {
    expect(parseReferrers(bytes, 'the list')).toEqual([]);
  });

  it.each(['[]', 'null', '{', '{"manifests":[null]}', '{"manifests":[{"digest":"x"}]}'])(
    'refuses %s',
    (text) => {
      expect(() => parseReferrers(Buffer.from(text), 'the list')).toThrow(/^the list/);
    },
  );
});

it('merges lists without losing or doubling an entry', () => {
  const existing = parseReferrers(list(entry('a', 'sbom'), entry('b', 'signature')), 'the list');
  const added = parseReferrers(list(entry('b', 'signature'), entry('c', 'sbom')), 'the list');
  const merged = mergeReferrers(existing, added);
  expect(JSON.parse(Buffer.from(merged.bytes).toString())).toEqual({
    schemaVersion: 2,
    mediaType: ociIndex,
    manifests: [entry('a', 'sbom'), entry('b', 'signature'), entry('c', 'sbom')],
  });
  expect(merged.digest).toBe(digestOf(merged.bytes));
});
