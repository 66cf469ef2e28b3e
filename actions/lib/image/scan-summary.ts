import { markdownTable } from 'markdown-table';
import { cleanRemoteLine } from '../message/remote-text.ts';
import { isAtLeast, type ScanFinding, severities } from './scan-finding.ts';
import type { ScanReport } from './scan-gate.ts';

const shownRows = 50;

/** What the scan found, for the job summary in Markdown: the outcome, the counts, then the findings, the gravest first. */
export function renderScan(report: ScanReport): string {
  const { least, images, failure } = report;
  const said =
    failure === undefined ? `Nothing of severity ${least} or above.` : cleanRemoteLine(failure.message);
  const findings = images.flatMap((image) =>
    image.findings.map((finding) => ({ ...finding, platform: image.platform })),
  );
  const counts = severities.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : `${count} ${severity}`;
  });
  const total = counts.length === 0 ? '' : `\n\nFound: ${counts.join(', ')}.`;
  return `\n### Scan\n\n${escapeText(said)}${total}\n${renderFindings(findings, report)}`;
}

interface PlatformFinding extends ScanFinding {
  readonly platform: string | undefined;
}

function renderFindings(findings: readonly PlatformFinding[], { least }: ScanReport): string {
  const blocking = findings.filter(({ severity }) => isAtLeast(severity, least));
  if (blocking.length === 0) return '';
  const rows = blocking
    .slice(0, shownRows)
    .map(({ name, severity, packageName, fixedIn, platform }) =>
      [severity, name, packageName ?? '', fixedIn ?? '', platform ?? ''].map(escapeText),
    );
  const table = markdownTable([['severity', 'finding', 'package', 'fixed in', 'platform'], ...rows]);
  const more = blocking.length - rows.length;
  return `\n${table}\n${more > 0 ? `\nAnd ${more} more.\n` : ''}`;
}

// Names come from packages and databases of others.
function escapeText(text: string): string {
  return cleanRemoteLine(text).replace(/[\\|`<*_[\]]/g, '\\$&');
}
