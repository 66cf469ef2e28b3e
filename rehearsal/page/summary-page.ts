import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { LogLine } from '../runner/step-log.ts';
import { escapeHtml } from './escape-html.ts';
import type { FinishedJob, FinishedStep } from './job.ts';
import { pageStyle } from './page-style.ts';
import { summaryToHtml } from './summary-html.ts';

const marks: Readonly<Record<FinishedStep['status'], string>> = {
  succeeded: '✓',
  failed: '✗',
  cancelled: '⊘',
  skipped: '–',
};

/**
 * All summaries of a run as one HTML page that needs no other file and no network. Its policy runs no script but the
 * page's own, whatever a summary holds.
 */
export async function renderSummaryPage(job: FinishedJob): Promise<string> {
  const body = job.steps.map(renderStep).join('\n');
  const scripts = body.includes('<pre class="mermaid">') ? [await readMermaid(), drawCharts] : [];
  const policy = [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    'img-src data:',
    `script-src ${scripts.map((script) => `'sha256-${hashOf(script)}'`).join(' ') || "'none'"}`,
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escapeHtml(job.title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<main>
<header class="${job.succeeded ? 'succeeded' : 'failed'}">
<h1><span class="mark">${job.succeeded ? marks.succeeded : marks.failed}</span> ${escapeHtml(job.title)}</h1>
<p>${escapeHtml(job.subtitle)}</p>
</header>
${body}
</main>
${scripts.map((script) => `<script>${script}</script>`).join('\n')}
</body>
</html>
`;
}

function renderStep(step: FinishedStep): string {
  const summary = step.summary.trim();
  const shown = summary === '' ? '<p class="nothing">No summary.</p>' : summaryToHtml(summary);
  const time = step.status === 'skipped' ? 'skipped' : `${step.durationSeconds.toFixed(1)} s`;
  return `<section class="${step.status}">
<h2><span class="mark">${marks[step.status]}</span> ${escapeHtml(step.name)} <span class="time">${time}</span></h2>
<div class="body">${shown}</div>
${step.lines.length === 0 ? '' : renderLog(step.lines)}
</section>`;
}

function renderLog(lines: readonly LogLine[]): string {
  const shown = lines
    .filter(({ kind }) => kind !== 'endgroup' && kind !== 'debug')
    .map(({ kind, text, elapsedSeconds }) => {
      const time = `<span class="time">${elapsedSeconds.toFixed(1).padStart(6)}  </span>`;
      return `${time}<span class="${kind}">${escapeHtml(text)}</span>`;
    });
  return `<details><summary>Log</summary><pre class="log">${shown.join('\n')}</pre></details>`;
}

const drawCharts = `mermaid.initialize({ startOnLoad: true, securityLevel: 'strict',
  theme: matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'default' });`;

async function readMermaid(): Promise<string> {
  const path = fileURLToPath(
    new URL('../../node_modules/@mermaid-js/tiny/dist/mermaid.tiny.js', import.meta.url),
  );
  // Inside <script>, a closing tag in a string would end the script.
  return (await readFile(path, 'utf8')).replaceAll('</script', '<\\/script');
}

function hashOf(script: string): string {
  return createHash('sha256').update(script).digest('base64');
}
