import { stripVTControlCharacters } from 'node:util';

const workflowCommand = /^(\s*)(::|##\[)/;
// C0 and C1 controls but tab and newline, and the Unicode direction overrides that can reorder a line on screen.
const invisible = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/**
 * Makes text from elsewhere (container logs, stop reasons, build output) harmless to print in a job log: ANSI escapes,
 * carriage returns and control characters go, and a line that the runner would take for a workflow command
 * (`::name::value`, or the older `##[name]value`) is shown instead of obeyed, by a zero-width space inside its marker.
 *
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function cleanRemoteText(text: string): string {
  return stripVTControlCharacters(text.replaceAll('\r\n', '\n'))
    .split(/[\n\r\u2028\u2029]/)
    .map((line) => disarmCommand(line.replace(invisible, '')))
    .join('\n');
}

/** One line of remote text, cut to `limit` characters with an ellipsis. */
export function cleanRemoteLine(text: string, limit = 500): string {
  const line = cleanRemoteText(text).replaceAll('\n', ' ').trim();
  return line.length <= limit ? line : `${line.slice(0, limit - 1)}…`;
}

// The runner looks for `##[` anywhere in a line and for `::` at its start (after blanks).
function disarmCommand(line: string): string {
  return line
    .replaceAll('##[', '#\u200b#[')
    .replace(workflowCommand, (marker) => marker.replace('::', ':\u200b:'));
}
