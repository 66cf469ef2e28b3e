import { appendFile } from 'node:fs/promises';

// A step's summary is refused whole above 1 MiB; the rest is kept for the notice itself.
// https://docs.github.com/actions/reference/workflow-commands-for-github-actions#step-isolation-and-limits
const limitBytes = 1024 * 1024 - 1024;

/** Appends GitHub-flavoured Markdown to this step's job summary; does nothing where the runner offers none. */
export async function writeJobSummary(markdown: string): Promise<void> {
  const path = process.env['GITHUB_STEP_SUMMARY'];
  if (path === undefined || path === '') return;
  await appendFile(path, `${cutToLimit(markdown)}\n`, 'utf8');
}

function cutToLimit(markdown: string): string {
  const bytes = Buffer.from(markdown, 'utf8');
  if (bytes.length <= limitBytes) return markdown;
  const cut = bytes.subarray(0, limitBytes).toString('utf8');
  return `${cut.slice(0, cut.lastIndexOf('\n'))}\n\n_Cut at GitHub's limit of 1 MiB for a step's summary._`;
}
