/** A few transfers at once fill a link that one alone does not, and keep memory flat. docker's default too. */
const parallelTasks = 3;

/**
 * Does a task for every item, three at a time. The first failure is thrown; what has not begun by then never begins, and the
 * signal tells what has begun to end.
 */
export async function forEachParallel<T>(
  items: readonly T[],
  task: (item: T, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const stop = new AbortController();
  const work = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await task(item, stop.signal);
  };
  try {
    await Promise.all(Array.from({ length: parallelTasks }, work));
  } catch (error) {
    queue.length = 0;
    stop.abort(error);
    throw error;
  }
}
