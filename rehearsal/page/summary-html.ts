import { Marked, type Tokens } from 'marked';
import { escapeHtml } from './escape-html.ts';

// https://docs.github.com/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#alerts
const alerts = { NOTE: 'Note', TIP: 'Tip', IMPORTANT: 'Important', WARNING: 'Warning', CAUTION: 'Caution' };
const alertPattern = /^\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]\s*/;

const marked = new Marked({
  gfm: true,
  renderer: {
    code({ text, lang }: Tokens.Code) {
      if (lang === 'mermaid') return `<pre class="mermaid">${escapeHtml(text)}</pre>\n`;
      return `<pre><code>${escapeHtml(text)}</code></pre>\n`;
    },
    blockquote({ tokens, raw }: Tokens.Blockquote) {
      const kind = alertPattern.exec(raw.replace(/^>\s?/, ''))?.[1] as keyof typeof alerts | undefined;
      const body = this.parser.parse(tokens);
      if (kind === undefined) return `<blockquote>\n${body}</blockquote>\n`;
      const rest = body.replace(new RegExp(`\\[!${kind}\\](<br>)?\\s*`), '');
      return `<div class="alert ${kind.toLowerCase()}"><p class="alert-title">${alerts[kind]}</p>\n${rest}</div>\n`;
    },
  },
});

/** A job summary as GitHub shows it. What it holds of HTML stays; the page's policy lets none of it run. */
export function summaryToHtml(markdown: string): string {
  return marked.parse(markdown, { async: false });
}
