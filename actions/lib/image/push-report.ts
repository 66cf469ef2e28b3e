import { markdownTable } from 'markdown-table';
import { sayDuration } from '../message/duration.ts';
import { sayBytes } from './byte-size.ts';
import type { ScanReport } from './scan-gate.ts';
import { renderScan } from './scan-summary.ts';

/** What a push came to, for outputs and the job summary. */
export interface PushReport {
  /** Host of the registry; undefined where nothing was pushed and no login was at hand. */
  readonly registry: string | undefined;
  readonly repository: string;
  readonly tags: readonly string[];
  /** `host/name@sha256:…`; undefined when nothing was pushed. */
  readonly image: string | undefined;
  readonly digest: string | undefined;
  /** `host/name:tag` with the first tag. */
  readonly imageTagged: string;
  /** True when the registry had the image under all its tags already. */
  readonly reused: boolean;
  /** How the image came to be: the builder, or the archive. */
  readonly origin: string;
  readonly platforms: readonly string[];
  /** Compressed size; undefined for an index of several platforms, or when nothing was pushed. */
  readonly sizeBytes: number | undefined;
  readonly durationSeconds: number;
  /** What the scan found; undefined where none was asked for. */
  readonly scan: ScanReport | undefined;
}

/** The job summary in Markdown: what was pushed, by digest, then the facts. */
export function renderPushSummary(report: PushReport): string {
  const rows: [string, string][] = [
    ['Repository', code(report.repository)],
    ['Tags', report.tags.map(code).join(' ')],
    ['Digest', report.digest === undefined ? '—' : code(report.digest)],
    ['Platform', report.platforms.map(escapeCell).join(', ') || '—'],
    ['Size', report.sizeBytes === undefined ? '—' : sayBytes(report.sizeBytes)],
    ['From', escapeCell(report.origin)],
    ['Duration', sayDuration(report.durationSeconds)],
  ];
  const table = markdownTable([['', ''], ...rows]);
  return `## ${heading(report)}\n\n${code(report.image ?? report.imageTagged)}\n\n${table}\n${report.scan === undefined ? '' : renderScan(report.scan)}`;
}

function heading(report: PushReport): string {
  if (report.image === undefined) return 'Built, not pushed';
  return report.reused ? 'Image reused' : 'Image pushed';
}

function code(text: string): string {
  return `\`${text}\``;
}

// Paths and what archives say of themselves may hold anything.
function escapeCell(text: string): string {
  return text.replace(/[\\|`<*_[\]]/g, '\\$&').replace(/\s+/g, ' ');
}
