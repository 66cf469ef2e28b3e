/** Remote text inside a paragraph or table cell: nothing in it is Markdown or HTML any more, and it stays on one line. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]()#+!|~^$-]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/@/g, '&#64;')
    .replace(/(https?|ftp|www)([:.])/gi, '$1&#8203;$2');
}

/** Lines in a block that they cannot close: its fence is longer than any run of backticks in them. */
export function fence(lines: readonly string[], language = 'text'): string {
  const runs = lines.flatMap((line) => line.match(/`+/g) ?? []).map(({ length }) => length);
  const marks = '`'.repeat(Math.max(3, ...runs.map((length) => length + 1)));
  return [`${marks}${language}`, ...lines, marks].join('\n');
}

/** Content under a line that opens it. HTML surrounds the title, where Markdown is not read, so it may be remote text as it is. */
export function fold(title: string, content: string): string {
  return `<details><summary>${escapeHtml(title)}</summary>\n\n${content}\n\n</details>`;
}

function escapeHtml(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/@/g, '&#64;')
    .replace(/\s+/g, ' ');
}
