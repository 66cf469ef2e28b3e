import { markdownTable } from 'markdown-table';
import { isoTime, sayDuration } from '../message/duration.ts';
import { cleanRemoteLine } from '../message/remote-text.ts';
import { sayBytes } from './byte-size.ts';
import type { TransferCount } from './promotion-copy.ts';

/** What a promotion came to, for outputs and the job summary. */
export interface PromotionReport {
  /** The source as the user wrote it. */
  readonly from: string;
  /** `host/repository@sha256:…` */
  readonly image: string;
  readonly digest: string;
  readonly tags: readonly string[];
  /** What the tags that moved stood for before, by tag. */
  readonly replaced: ReadonlyMap<string, string>;
  /** True when anything was written. */
  readonly copied: boolean;
  readonly platforms: readonly string[];
  /** Labels of the image: what it was built from, and when. */
  readonly labels: ReadonlyMap<string, string>;
  readonly sizeBytes: number;
  readonly count: TransferCount;
  /** How many signatures, SBOMs and attestations were copied with it. */
  readonly referrers: number;
  /** Epoch milliseconds. */
  readonly endedAt: number;
  readonly durationSeconds: number;
}

/** The job summary in Markdown: what now stands where, and where it comes from. */
export function renderPromotionSummary(report: PromotionReport): string {
  const { count, labels } = report;
  const rows: [string, string][] = [
    ['Tags', report.tags.map(code).join(' ') || 'none: it is reached by digest alone'],
    ['Digest', code(report.digest)],
    ...describeReplaced(report.replaced),
    ['Platforms', report.platforms.map(code).join(', ') || '—'],
    ['Size', sayBytes(report.sizeBytes)],
    ['Uploaded', sayBytes(count.uploaded)],
    ['Mounted from the source', sayBytes(count.mounted)],
    ['Already there', sayBytes(count.present)],
    ['Signatures and attestations added', String(report.referrers)],
    ['From', code(report.from)],
    ['Built from', describeRevision(labels)],
    ['Built at', code(labels.get('org.opencontainers.image.created') ?? '') || '—'],
    ['Promoted at', `${code(isoTime(report.endedAt))}, in ${sayDuration(report.durationSeconds)}`],
  ];
  const heading = report.copied ? 'Image promoted' : 'Image already promoted';
  return `## ${heading}\n\n${code(report.image)}\n\n${markdownTable([['', ''], ...rows])}\n`;
}

/** What to go back to. */
function describeReplaced(replaced: ReadonlyMap<string, string>): [string, string][] {
  if (replaced.size === 0) return [];
  return [['Before', [...replaced].map(([tag, digest]) => `${code(tag)} was ${code(digest)}`).join(', ')]];
}

/** One sentence for the log. */
export function sayPromotion({ image, tags, copied, from }: PromotionReport): string {
  const names = tags.length === 0 ? 'no tag' : tags.join(', ');
  return copied
    ? `Promoted ${from} to ${image} (${names})`
    : `Nothing to do: ${image} (${names}) is ${from} already`;
}

/**
 * The commit of an image, with a link where its labels allow one.
 *
 * @see https://github.com/opencontainers/image-spec/blob/main/annotations.md#pre-defined-annotation-keys
 */
function describeRevision(labels: ReadonlyMap<string, string>): string {
  const revision = labels.get('org.opencontainers.image.revision') ?? '';
  const source = labels.get('org.opencontainers.image.source') ?? '';
  if (revision === '') return source === '' ? '— (the image has no label for it)' : code(source);
  const page = source.replace(/\.git$/, '').replace(/\/$/, '');
  const safe = /^https:\/\/[A-Za-z0-9._~/-]+$/.test(page) && /^[0-9a-f]{7,64}$/.test(revision);
  if (safe) return `[${code(revision.slice(0, 7))}](${page}/commit/${revision}) of ${page}`;
  return source === '' ? code(revision) : `${code(revision)} of ${code(source)}`;
}

// Labels are remote text: within a code span nothing else is read as Markdown, and a table's bar ends a cell even there.
function code(text: string): string {
  const clean = cleanRemoteLine(text).replaceAll('`', "'").replaceAll('|', '\\|');
  return clean === '' ? '' : `\`${clean}\``;
}
