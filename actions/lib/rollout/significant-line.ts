// A line that names an error, in the forms that runtimes print: `Error: …`, `java.lang.X: …`, `panic: …`, `FATAL …`.
const errorLine =
  /(\b\w*(Error|Exception)\b\s*:|^\s*(panic|fatal|error|critical|uncaught)\b|\b(ERROR|FATAL|CRITICAL)\b|exec format error|command not found)/i;
const stackFrame = /^\s+at |^\s*File ".*", line \d+|^\s*\.\.\. \d+ more/;

/** The log line that most likely says why a container stopped: its last error line, or else its last words. */
export function findSignificantLine(lines: readonly string[]): string | undefined {
  const spoken = lines.filter((line) => line.trim() !== '' && !stackFrame.test(line));
  return (spoken.findLast((line) => errorLine.test(line)) ?? spoken.at(-1))?.trim();
}

// `DATABASE_URL is not set`, `Missing required environment variable: API_KEY`, `KeyError: 'REDIS_HOST'`
const absent = /\b(not set|unset|undefined|missing|required|not defined|KeyError|must be set|no value)\b/i;

/** The environment variable that a log line misses, if it says so. */
export function findMissingVariable(line: string): string | undefined {
  return absent.test(line) ? /\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b/.exec(line)?.[0] : undefined;
}
