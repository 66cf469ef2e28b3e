import { describe, expect, it } from '@jest/globals';
import type { FinishedJob } from './job.ts';
import { summaryToHtml } from './summary-html.ts';
import { renderSummaryPage } from './summary-page.ts';
import { summaryToText } from './summary-text.ts';
import { plainStyle } from './text-style.ts';

const chart = '```mermaid\ngantt\n  pull :0, 12\n```\n';

function jobWith(summary: string): FinishedJob {
  const line = { phase: 'main' } as const;
  const lines = [
    { ...line, kind: 'text', text: 'tasks <2>', elapsedSeconds: 1.25 },
    { ...line, kind: 'endgroup', text: '', elapsedSeconds: 2 },
    { ...line, kind: 'error', text: 'broke', elapsedSeconds: 3 },
  ] as const;
  const step = { name: 'deploy', status: 'failed', durationSeconds: 3.04, summary, lines } as const;
  return { title: 'crash-loop & co', subtitle: 'on a local AWS', succeeded: false, steps: [step] };
}

describe('the page', () => {
  it('shows title, step, time, summary and log', async () => {
    const html = await renderSummaryPage(jobWith('**gone**'));
    expect(html).toContain('<title>crash-loop &amp; co</title>');
    expect(html).toContain('<span class="mark">✗</span> deploy <span class="time">3.0 s</span>');
    expect(html).toContain('<strong>gone</strong>');
    expect(html).toContain('<span class="time">   1.3  </span><span class="text">tasks &lt;2&gt;</span>');
    expect(html).toContain('<span class="error">broke</span></pre>');
  });

  it('carries the chart drawer only where there is a chart', async () => {
    const bare = await renderSummaryPage(jobWith('text'));
    expect(bare.length).toBeLessThan(20_000);
    expect(bare).toContain("script-src 'none'");
    const drawn = await renderSummaryPage(jobWith(chart));
    expect(drawn.length).toBeGreaterThan(1_000_000);
    expect(drawn.match(/'sha256-/g)).toHaveLength(2);
  });

  it('runs no script that a summary brings, and fetches nothing', async () => {
    const html = await renderSummaryPage(jobWith('<script>alert(1)</script>'));
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)![1];
    expect(policy).toBe("default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'none'");
    expect(html).not.toMatch(/<(link|img|iframe)\b|\bsrc=/);
  });

  it('has scripts that nothing inside ends early', async () => {
    const html = await renderSummaryPage(jobWith(chart));
    const scripts = html.slice(html.indexOf('<script>'));
    expect(scripts.match(/<script>/g)!.length).toBe(scripts.match(/<\/script/g)!.length);
  });
});

describe('a summary as HTML', () => {
  it.each([
    ['charts', chart, '<pre class="mermaid">gantt\n  pull :0, 12</pre>'],
    ['code', '```json\n{"a": "<b>"}\n```', '<pre><code>{&quot;a&quot;: &quot;&lt;b&gt;&quot;}</code></pre>'],
    [
      'alerts',
      '> [!CAUTION]\n> It **broke**.',
      '<div class="alert caution"><p class="alert-title">Caution</p>\n<p>It <strong>broke</strong>.</p>',
    ],
    ['quotes', '> said', '<blockquote>\n<p>said</p>\n</blockquote>'],
    [
      'folds',
      '<details><summary>Raw</summary>\n\n*x*\n</details>',
      '<details><summary>Raw</summary><p><em>x</em></p>\n</details>',
    ],
  ])('has %s', (_name, markdown, html) => {
    expect(summaryToHtml(markdown)).toContain(html);
  });
});

describe('a summary as text', () => {
  it.each<[string, string, string[]]>([
    [
      'headings and inline marks',
      '## A **b** `c`\n\nsee [d](https://e.f) &amp; <br>g',
      ['A b c', 'see d & ', 'g'],
    ],
    ['lists', '- a\n- b\n  - c\n\n1. x\n2. y', ['• a', '• b', '  • c', '1. x', '2. y']],
    ['tables', '| task | n |\n|---|---|\n| `long` | 1 |\n| b | 22 |', ['task  n', 'long  1', 'b     22']],
    ['tables without headings', '| | |\n|---|---|\n| a | 1 |', ['a  1']],
    ['alerts', '> [!WARNING]\n> slow', ['│ WARNING', '│ slow']],
    ['code', '```\na\nb\n```', ['    a', '    b']],
    ['charts by name', chart, ['▸ chart, on the page']],
    [
      'folds by their titles, whatever is in them',
      '<details><summary><b>Raw</b> data</summary>\n\n```\nx\n```\n\n<details><summary>Inner</summary>\n\ny\n\n</details>\n\n</details>\n\nafter',
      ['▸ Raw data', 'after'],
    ],
  ])('has %s', (_name, markdown, lines) => {
    expect(summaryToText(markdown, plainStyle)).toEqual(lines);
  });
});
