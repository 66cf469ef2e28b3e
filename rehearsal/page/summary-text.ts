import { lexer, type Token, type Tokens } from 'marked';
import type { TextStyle } from './text-style.ts';

/**
 * A job summary as plain text for the terminal, line by line. Charts and what GitHub folds away (`<details>`) are left to
 * the page: a line names them.
 */
export function summaryToText(markdown: string, style: TextStyle): string[] {
  return blocks(lexer(markdown), style);
}

function blocks(tokens: readonly Token[], style: TextStyle): string[] {
  const lines: string[] = [];
  let depth = 0;
  for (const token of tokens) {
    if (token.type === 'html') {
      const { opened, titles } = readFolds(token.raw);
      if (depth === 0) lines.push(...titles.map((title) => style.dim(`▸ ${title}`)));
      depth += opened;
    } else if (depth === 0) {
      lines.push(...block(token, style));
    }
  }
  return lines;
}

/** How many folds a piece of HTML leaves open, and their titles. */
function readFolds(html: string): { opened: number; titles: string[] } {
  const count = (pattern: RegExp): number => html.match(pattern)?.length ?? 0;
  return {
    opened: count(/<details\b/g) - count(/<\/details>/g),
    titles: [...html.matchAll(/<summary>(.*?)<\/summary>/gs)].map(([, title = '']) => stripTags(title)),
  };
}

function block(token: Token, style: TextStyle): string[] {
  switch (token.type) {
    case 'heading':
      return [style.bold(inline(token, style))];
    case 'paragraph':
    case 'text':
      return inline(token, style).split('\n');
    case 'list':
      return (token as Tokens.List).items.flatMap((item, index) => {
        const mark = (token as Tokens.List).ordered ? `${index + 1}.` : '•';
        const [first = '', ...rest] = blocks(item.tokens, style);
        return [`${mark} ${first}`, ...rest.map((line) => `  ${line}`)];
      });
    case 'blockquote':
      return blocks((token as Tokens.Blockquote).tokens, style)
        .map((line) => line.replace(/^\[!(\w+)\]$/, '$1'))
        .map((line) => `${style.dim('│')} ${line}`);
    case 'code':
      if ((token as Tokens.Code).lang === 'mermaid') return [style.dim('▸ chart, on the page')];
      return (token as Tokens.Code).text.split('\n').map((line) => `    ${line}`);
    case 'table':
      return table(token as Tokens.Table, style);
    default:
      return [];
  }
}

function table({ header, rows }: Tokens.Table, style: TextStyle): string[] {
  const cells = [header, ...rows].map((row) => row.map((cell) => inline(cell, style)));
  const widths = header.map((_cell, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const [head = '', ...body] = cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return head === '' ? body : [style.dim(head), ...body];
}

function inline(
  token: { tokens?: Token[] | undefined; text?: string; raw?: string },
  style: TextStyle,
): string {
  if (token.tokens === undefined) return unescapeHtml(token.text ?? token.raw ?? '');
  return token.tokens
    .map((part) => {
      if (part.type === 'br') return '\n';
      if (part.type === 'html') return /^<br\b/.test(part.raw) ? '\n' : '';
      return inline(part, style);
    })
    .join('');
}

function stripTags(html: string): string {
  return unescapeHtml(html.replaceAll(/<[^>]*>/g, ''));
}

function unescapeHtml(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
