import { summaryToText } from '../page/summary-text.ts';
import type { TextStyle } from '../page/text-style.ts';
import type { LogLine } from '../runner/step-log.ts';

/** What the terminal shows while a chain runs. */
export interface Progress {
  /** A step begins, with what its `with:` would hold. */
  beginStep(name: string, inputs: Readonly<Record<string, string>>): void;
  line(line: LogLine): void;
  /** A step has ended; what was folded is shown after all when it failed. */
  endStep(status: 'succeeded' | 'failed' | 'cancelled', durationSeconds: number): void;
  skipStep(name: string): void;
  /** A line of the rehearsal's own. */
  note(text: string): void;
  summary(name: string, markdown: string): void;
}

interface Group {
  readonly title: string;
  readonly lines: string[];
}

/** @param write writes one line */
export function createProgress(
  write: (line: string) => void,
  style: TextStyle,
  elapsedSeconds: () => number,
): Progress {
  let open: Group | undefined;
  let folded: Group[] = [];
  let inPost = false;
  const timed = (text: string): void => {
    const [first = '', ...rest] = text.split('\n');
    write(`${style.dim(clock(elapsedSeconds()).padStart(6))}  ${first}`);
    for (const line of rest) write(`        ${line}`);
  };
  function closeGroup(): void {
    if (open === undefined) return;
    folded.push(open);
    timed(style.dim(`▸ ${open.title} (${open.lines.length} ${open.lines.length === 1 ? 'line' : 'lines'})`));
    open = undefined;
  }
  function showFolded(): void {
    for (const { title, lines } of folded) {
      write(style.dim(`        ▾ ${title}`));
      for (const line of lines) write(style.dim(`          ${line}`));
    }
  }
  return {
    beginStep(name, inputs) {
      folded = [];
      inPost = false;
      write('');
      write(style.bold(`▶ ${name}`));
      for (const [input, value] of Object.entries(inputs))
        write(style.dim(`        ${input}: ${value.replaceAll('\n', ' ⏎ ')}`));
    },
    line({ kind, text, phase }) {
      if (kind === 'debug') return;
      if (phase === 'post' && !inPost) {
        closeGroup();
        inPost = true;
        write(style.dim('        its post phase:'));
      }
      if (kind === 'group') {
        closeGroup();
        open = { title: text, lines: [] };
      } else if (kind === 'endgroup') closeGroup();
      else if (kind === 'error') timed(style.red(`Error: ${text}`));
      else if (kind === 'warning') timed(style.yellow(`Warning: ${text}`));
      else if (kind === 'notice') timed(`Notice: ${text}`);
      else if (open === undefined) timed(text);
      else open.lines.push(text);
    },
    endStep(status, durationSeconds) {
      closeGroup();
      if (status === 'failed') showFolded();
      const time = style.dim(`${durationSeconds.toFixed(1)} s`);
      write(status === 'succeeded' ? `${style.green('✔')} ${time}` : `${style.red('✘')} ${status} ${time}`);
    },
    skipStep(name) {
      write('');
      write(style.dim(`▷ ${name}: skipped, as in a workflow`));
    },
    note: timed,
    summary(name, markdown) {
      if (markdown.trim() === '') return;
      write('');
      write(style.dim(`── summary of ${name} ${'─'.repeat(Math.max(3, 60 - name.length))}`));
      for (const line of summaryToText(markdown, style)) write(`   ${line}`.trimEnd());
    },
  };
}

function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
