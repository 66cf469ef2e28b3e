import type { AwsError } from './service.ts';

/** A fault by script: what happens to which calls, and how often. */
export interface FaultScript {
  /** Signing name, such as `ecs`. */
  readonly service: string;
  /** Operation name, or `*`. */
  readonly operation: string;
  /** How many matching calls pass untouched first. */
  skip?: number;
  /** How many calls it then hits; unlimited when absent. */
  times?: number;
  readonly fault: Fault;
}

export interface Fault {
  readonly error?: AwsError;
  /** Wall-clock milliseconds before the answer. */
  readonly delayMilliseconds?: number;
  /** Reads are answered as they were at most so many virtual seconds ago, if they were asked then. */
  readonly staleSeconds?: number;
  /** The socket is closed without an answer. */
  readonly dropConnection?: boolean;
}

/** The first fault that hits this call; it counts the call against every script that matches up to there. */
export function decideFault(
  scripts: readonly FaultScript[],
  service: string,
  operation: string,
): Fault | undefined {
  for (const script of scripts) {
    if (script.service !== service || (script.operation !== '*' && script.operation !== operation)) continue;
    if (script.skip !== undefined && script.skip > 0) {
      script.skip -= 1;
      continue;
    }
    if (script.times === undefined) return script.fault;
    if (script.times <= 0) continue;
    script.times -= 1;
    return script.fault;
  }
  return undefined;
}
