/** Where an action says what it does. `lib/runner` writes to the job log; tests collect the lines. */
export interface Log {
  /** One line a person reads. */
  info(line: string): void;
  /** A line, and an annotation on the run. */
  warning(message: string): void;
  /** Lines under a folded heading. */
  group(title: string, lines: readonly string[]): void;
}
