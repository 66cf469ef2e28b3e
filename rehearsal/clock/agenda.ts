import type { Appointment } from './clock.ts';

/** Appointments in the order in which they fall due; those due at the same time keep the order in which they were made. */
export interface Agenda {
  add(at: number, task: () => void): Appointment;
  /** When the next appointment is due, or undefined when there is none. */
  nextAt(): number | undefined;
  /** Takes the next appointment off, whatever its time. */
  take(): { readonly at: number; readonly task: () => void } | undefined;
}

interface Entry {
  readonly at: number;
  readonly order: number;
  readonly task: () => void;
  cancelled: boolean;
}

/** A binary heap. Cancelled entries stay until they come up, so that a cancellation costs nothing. */
export function createAgenda(): Agenda {
  const heap: Entry[] = [];
  let order = 0;
  const dropCancelled = (): void => {
    while (heap[0]?.cancelled) removeFirst(heap);
  };
  return {
    add(at, task) {
      const entry: Entry = { at, order: order++, task, cancelled: false };
      heap.push(entry);
      rise(heap, heap.length - 1);
      return {
        cancel() {
          entry.cancelled = true;
        },
      };
    },
    nextAt() {
      dropCancelled();
      return heap[0]?.at;
    },
    take() {
      dropCancelled();
      const first = heap[0];
      if (first !== undefined) removeFirst(heap);
      return first;
    },
  };
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

function rise(heap: Entry[], start: number): void {
  let at = start;
  while (at > 0) {
    const above = (at - 1) >> 1;
    if (!swapIfBefore(heap, at, above)) return;
    at = above;
  }
}

function removeFirst(heap: Entry[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  heap[0] = last;
  let at = 0;
  for (;;) {
    const left = 2 * at + 1;
    const leftEntry = heap[left];
    if (leftEntry === undefined) return;
    const rightEntry = heap[left + 1];
    const child = rightEntry !== undefined && isBefore(rightEntry, leftEntry) ? left + 1 : left;
    if (!swapIfBefore(heap, child, at)) return;
    at = child;
  }
}

function swapIfBefore(heap: Entry[], candidate: number, other: number): boolean {
  const a = heap[candidate];
  const b = heap[other];
  if (a === undefined || b === undefined || !isBefore(a, b)) return false;
  heap[candidate] = b;
  heap[other] = a;
  return true;
}
