/**
 * Fires once when the runner cancels the step: it sends SIGINT, SIGTERM 7.5 s later, and kills 2.5 s after that.
 * While listening, the process no longer dies of these signals by itself.
 *
 * @see https://docs.github.com/actions/reference/workflow-cancellation-reference
 */
export function listenForCancellation(): AbortSignal {
  const cancelled = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => cancelled.abort(signal));
  return cancelled.signal;
}
