/** What one line of an action's output is to the runner. */
export type OutputLine =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'command';
      readonly command: string;
      readonly properties: Readonly<Record<string, string>>;
      readonly value: string;
    };

/**
 * Recognises `::name key=value::text` at the start of a line and the older `##[name key=value]text` anywhere in it.
 *
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function parseOutputLine(line: string): OutputLine {
  const current = /^\s*::([\w-]+)(?:\s+(.*?))?::(.*)$/s.exec(line);
  const [, command, properties = '', value = ''] =
    current ?? /##\[([\w-]+)(?:\s+(.*?))?\](.*)$/s.exec(line) ?? [];
  if (command === undefined) return { kind: 'text', text: line };
  return {
    kind: 'command',
    command: command.toLowerCase(),
    properties: parseProperties(properties, current === null ? ';' : ','),
    value: unescapeValue(value),
  };
}

function parseProperties(text: string, separator: string): Record<string, string> {
  const pairs = text.split(separator).flatMap((pair) => {
    const equals = pair.indexOf('=');
    if (equals < 1) return [];
    return [[pair.slice(0, equals).trim(), unescapeProperty(pair.slice(equals + 1))] as const];
  });
  return Object.fromEntries(pairs);
}

function unescapeValue(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}

function unescapeProperty(text: string): string {
  return text
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%');
}
