import { parseOutputLine } from './workflow-commands.ts';

/** One line as a reader of the job's log sees it, masked. */
export interface LogLine {
  readonly kind: 'text' | 'group' | 'endgroup' | 'error' | 'warning' | 'notice' | 'debug';
  readonly text: string;
  readonly phase: 'main' | 'post';
  /** Seconds since the step began. */
  readonly elapsedSeconds: number;
}

/** A note on the run's page. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly message: string;
  readonly title?: string;
}

export interface StepLog {
  /** From now on lines belong to the post phase. */
  beginPost(): void;
  /** Takes one raw line of the action's output. */
  take(line: string): void;
  /** Adds an annotation of the runner's own. */
  annotate(level: Annotation['level'], message: string): void;
  /** Replaces every masked value by `***`. */
  mask(text: string): string;
  readonly lines: readonly LogLine[];
  readonly annotations: readonly Annotation[];
  readonly masks: ReadonlySet<string>;
}

/** Interprets an action's output as GitHub's runner does: annotations, groups, masks and stopped commands. */
export function createStepLog(
  elapsedSeconds: () => number,
  onLine: (line: LogLine) => void = () => undefined,
): StepLog {
  const lines: LogLine[] = [];
  const annotations: Annotation[] = [];
  const masks = new Set<string>();
  let stopToken: string | undefined;
  let phase: LogLine['phase'] = 'main';

  const mask = (text: string): string =>
    [...masks]
      .sort((a, b) => b.length - a.length)
      .reduce((rest, value) => rest.replaceAll(value, '***'), text);

  function show(kind: LogLine['kind'], text: string): void {
    const line = { kind, phase, text: mask(text), elapsedSeconds: elapsedSeconds() };
    lines.push(line);
    onLine(line);
  }

  function annotate(level: Annotation['level'], message: string, title?: string): void {
    annotations.push({
      level,
      message: mask(message),
      ...(title === undefined ? {} : { title: mask(title) }),
    });
    show(level, message);
  }

  function obey(command: string, properties: Readonly<Record<string, string>>, value: string): void {
    switch (command) {
      case 'error':
      case 'warning':
      case 'notice':
        annotate(command, value, properties['title']);
        return;
      case 'debug':
      case 'group':
      case 'endgroup':
        show(command, value);
        return;
      case 'add-mask':
        // A value of several lines is masked line by line as well, as the log shows one line at a time.
        for (const part of [value, ...value.split(/\r?\n/)]) if (part.trim() !== '') masks.add(part);
        return;
      case 'stop-commands':
        stopToken = value;
        return;
      case 'add-matcher':
      case 'remove-matcher':
      case 'echo':
        return;
      default:
        annotate('warning', `Can't find command extension for ##[${command}.command].`);
    }
  }

  return {
    beginPost() {
      phase = 'post';
    },
    take(line) {
      const parsed = parseOutputLine(line);
      if (parsed.kind === 'text') return show('text', parsed.text);
      if (stopToken !== undefined) {
        if (parsed.command !== stopToken.toLowerCase()) return show('text', line);
        stopToken = undefined;
        return;
      }
      obey(parsed.command, parsed.properties, parsed.value);
    },
    annotate,
    mask,
    lines,
    annotations,
    masks,
  };
}
