import { setFlagsFromString } from 'node:v8';

/**
 * Makes the garbage collector keep up with streams. What passes through a stream is small objects that hold large buffers: V8
 * counts the objects, and by default looks for dead ones only after 16 MB of them, when hundreds of MB of buffers are dead too.
 * With 1 MB, 500 MB streamed from registry to registry peak at 130 MB of resident memory instead of 200 MB, at the same speed.
 *
 * Call it before streaming gigabytes, and nowhere else: it costs programs that keep many objects alive.
 */
export function keepMemorySteady(): void {
  setFlagsFromString('--scavenger-max-new-space-capacity-mb=1');
}
