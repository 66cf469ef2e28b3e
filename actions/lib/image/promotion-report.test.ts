import { describe, expect, it } from '@jest/globals';
import { type PromotionReport, renderPromotionSummary, sayPromotion } from './promotion-report.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const report: PromotionReport = {
  from: 'dev.example/web:v1',
  image: `prod.example/web@${digest}`,
  digest,
  tags: ['v1', 'stable'],
  replaced: new Map(),
  copied: true,
  platforms: ['linux/amd64', 'linux/arm64'],
  labels: new Map(),
  sizeBytes: 1_500_000,
  count: { uploaded: 1_000_000, mounted: 0, present: 500_000 },
  referrers: 2,
  endedAt: Date.UTC(2026, 10, 20, 8, 0, 0),
  durationSeconds: 12.4,
};
const revision = '4f9c2d7a61be08f35d1c6e9ab27f4031c85de6b2';
const labelled = (values: Record<string, string>): string =>
  renderPromotionSummary({
    ...report,
    labels: new Map(
      Object.entries(values).map(([name, value]) => [`org.opencontainers.image.${name}`, value]),
    ),
  });
const row = (summary: string, name: string): string | undefined =>
  summary
    .split('\n')
    .find((line) => line.startsWith(`| ${name} `))
    ?.split(/(?<!\\)\|/)[2]
    ?.trim();

describe('the summary', () => {
  it('says what now stands where', () => {
    const summary = renderPromotionSummary(report);
    expect(summary).toMatch(/^## Image promoted\n\n`prod\.example\/web@sha256:a{64}`\n/);
    expect(row(summary, 'Tags')).toBe('`v1` `stable`');
    expect(row(summary, 'Platforms')).toBe('`linux/amd64`, `linux/arm64`');
    expect(row(summary, 'Size')).toBe('1.5 MB');
    expect(row(summary, 'Uploaded')).toBe('1.0 MB');
    expect(row(summary, 'Already there')).toBe('500.0 kB');
    expect(row(summary, 'Signatures and attestations added')).toBe('2');
    expect(row(summary, 'Promoted at')).toBe('`2026-11-20T08:00:00.000Z`, in 12 s');
    expect(row(summary, 'Built from')).toBe('— (the image has no label for it)');
  });

  it.each([
    [
      'https://github.com/octo-org/hello',
      `[\`4f9c2d7\`](https://github.com/octo-org/hello/commit/${revision}) of https://github.com/octo-org/hello`,
    ],
    [
      'https://github.com/octo-org/hello.git',
      `[\`4f9c2d7\`](https://github.com/octo-org/hello/commit/${revision}) of https://github.com/octo-org/hello`,
    ],
    ['javascript:alert(1)', `\`${revision}\` of \`javascript:alert(1)\``],
    [
      'https://x.example/)[evil](https://y.example',
      `\`${revision}\` of \`https://x.example/)[evil](https://y.example\``,
    ],
    ['', `\`${revision}\``],
  ])('links the commit only where that is safe: %s', (source, expected) => {
    expect(row(labelled({ revision, source }), 'Built from')).toBe(expected);
  });

  it('lets no label out of its cell', () => {
    const summary = labelled({ revision: '`|\n\n# Heading\n::error::x', created: '2026`|x' });
    expect(summary).not.toMatch(/^# |^::/m);
    expect(row(summary, 'Built at')).toBe("`2026'\\|x`");
  });

  it('says what a tag that moved stood for, so that there is a way back', () => {
    const replaced = new Map([['stable', `sha256:${'b'.repeat(64)}`]]);
    const summary = renderPromotionSummary({ ...report, replaced });
    expect(row(summary, 'Before')).toBe(`\`stable\` was \`sha256:${'b'.repeat(64)}\``);
    expect(row(renderPromotionSummary(report), 'Before')).toBeUndefined();
  });

  it('names an image without tags and platforms as what it is', () => {
    const summary = renderPromotionSummary({ ...report, tags: [], platforms: [], copied: false });
    expect(summary).toMatch(/^## Image already promoted/);
    expect(row(summary, 'Tags')).toBe('none: it is reached by digest alone');
    expect(row(summary, 'Platforms')).toBe('—');
  });
});

it('the log has one sentence', () => {
  expect(sayPromotion(report)).toBe(`Promoted dev.example/web:v1 to prod.example/web@${digest} (v1, stable)`);
  expect(sayPromotion({ ...report, copied: false, tags: [] })).toBe(
    `Nothing to do: prod.example/web@${digest} (no tag) is dev.example/web:v1 already`,
  );
});
