/**
 * Parses a file such as GITHUB_OUTPUT: `name=value` lines and `name<<DELIMITER` blocks.
 *
 * @throws Error in the runner's words when the file is malformed; the runner then fails the step
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions#multiline-strings
 */
export function parseKeyValues(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  const lines = text.replace(/\n$/, '').split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const line = (lines[at] ?? '').replace(/\r$/, '');
    if (line === '') continue;
    const equals = line.indexOf('=');
    const heredoc = line.indexOf('<<');
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      values[requireName(line.slice(0, equals), line)] = line.slice(equals + 1);
    } else if (heredoc >= 0) {
      const delimiter = line.slice(heredoc + 2);
      const end = lines.findIndex((other, index) => index > at && other.replace(/\r$/, '') === delimiter);
      if (delimiter === '' || end < 0)
        throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`);
      values[requireName(line.slice(0, heredoc), line)] = lines.slice(at + 1, end).join('\n');
      at = end;
    } else {
      throw new Error(`Invalid format '${line}'`);
    }
  }
  return values;
}

function requireName(name: string, line: string): string {
  if (name === '') throw new Error(`Invalid format '${line}'. Name must not be empty`);
  return name;
}
