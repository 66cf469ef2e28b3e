interface Failure {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
}

/**
 * An error and what caused it, outermost first. Errors are told by their shape: those of Node's own modules may come from
 * another realm, whose `Error` is not ours.
 */
function* causesOf(error: unknown): Generator<Failure & object> {
  let cause = error;
  for (let depth = 0; depth < 8 && typeof cause === 'object' && cause !== null; depth += 1) {
    yield cause;
    cause = (cause as Failure).cause;
  }
}

/** The code of a failed system call, such as ENOSPC or ECONNRESET, or of undici, such as UND_ERR_SOCKET. */
export function failureCode(error: unknown): string | undefined {
  for (const { code } of causesOf(error)) if (typeof code === 'string') return code;
  return undefined;
}

/** What the innermost cause says; fetch itself says no more than "fetch failed". */
export function failureMessage(error: unknown): string {
  const messages = [...causesOf(error)].flatMap(({ message }) =>
    typeof message === 'string' ? [message] : [],
  );
  return messages.at(-1) ?? String(error);
}
