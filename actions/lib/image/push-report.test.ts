import { expect, it } from '@jest/globals';
import { type PushReport, renderPushSummary } from './push-report.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const report: PushReport = {
  registry: 'host.example',
  repository: 'web',
  tags: ['4f9c2d7', 'main'],
  image: `host.example/web@${digest}`,
  digest,
  imageTagged: 'host.example/web:4f9c2d7',
  reused: false,
  origin: "docker's BuildKit",
  platforms: ['linux/amd64'],
  sizeBytes: 4_200_000,
  durationSeconds: 72.4,
  scan: undefined,
};

function rowsOf(summary: string): Map<string, string> {
  const cells = summary.split('\n').map((line) => /^\| (.*?) +\| (.*?) +\|$/.exec(line));
  return new Map(cells.flatMap((cell) => (cell === null ? [] : [[cell[1] ?? '', cell[2] ?? '']])));
}

it('opens with the image by digest, then the facts', () => {
  const summary = renderPushSummary(report);
  expect(summary.split('\n').slice(0, 3)).toEqual(['## Image pushed', '', `\`host.example/web@${digest}\``]);
  expect(Object.fromEntries(rowsOf(summary))).toMatchObject({
    Repository: '`web`',
    Tags: '`4f9c2d7` `main`',
    Digest: `\`${digest}\``,
    Platform: 'linux/amd64',
    Size: '4.2 MB',
    From: "docker's BuildKit",
    Duration: '1 min 12 s',
  });
});

it('says when nothing was built, and when nothing was pushed', () => {
  expect(renderPushSummary({ ...report, reused: true })).toMatch(/^## Image reused/);
  const local = renderPushSummary({ ...report, image: undefined, digest: undefined });
  expect(local).toMatch(/^## Built, not pushed\n\n`host\.example\/web:4f9c2d7`/);
});

it('keeps a table a table whatever the path of an archive', () => {
  const summary = renderPushSummary({ ...report, origin: 'the archive a|b\n`c`' });
  expect(rowsOf(summary).get('From')).toBe('the archive a\\|b \\`c\\`');
});
