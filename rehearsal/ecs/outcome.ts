/** Seconds of virtual time that the parts of a task's start take. */
export interface StartTimes {
  /** PROVISIONING: capacity and network interface. */
  readonly provisionSeconds?: number;
  /** PENDING: image pull. */
  readonly pullSeconds?: number;
  /** Between the pull and the container's start. */
  readonly startSeconds?: number;
  /** Between RUNNING and the application's first good answer to a health check. */
  readonly readySeconds?: number;
  /** What the application's containers write when they start, one line each. */
  readonly logLines?: readonly string[];
}

/** What becomes of one task. */
export type TaskOutcome = StartTimes &
  (
    | { readonly kind: 'healthy' }
    | {
        readonly kind: 'exits';
        /** After RUNNING. */
        readonly afterSeconds: number;
        readonly exitCode: number;
        /** The first essential container unless named. */
        readonly container?: string;
        /** The container's own reason, which ECS gives only for some exits. */
        readonly reason?: string;
      }
    | { readonly kind: 'out-of-memory'; readonly afterSeconds: number }
    /** `reason` begins with `CannotPullContainerError: `. */
    | { readonly kind: 'cannot-pull'; readonly reason: string }
    /** `reason` begins with ECS's error name, such as `ResourceInitializationError: `. */
    | { readonly kind: 'fails-to-start'; readonly reason: string }
    /** The container health check fails for good; it needs a `healthCheck` in the task definition. */
    | { readonly kind: 'unhealthy-container' }
    /** The target-group health check fails for good. */
    | { readonly kind: 'unhealthy-target'; readonly reasonCode: string; readonly description: string }
    | { readonly kind: 'spot-interrupted'; readonly afterSeconds: number }
    /** The scheduler finds no room, so that no task comes into being: `Capacity is unavailable at this time. …`. */
    | { readonly kind: 'cannot-place'; readonly reason: string }
    /** It never leaves PROVISIONING by itself. */
    | { readonly kind: 'hangs' }
  );

/** One task about to start. */
export interface TaskAttempt {
  readonly cluster: string;
  /** Absent for RunTask. */
  readonly service?: string;
  readonly deploymentId?: string;
  readonly taskDefinitionArn: string;
  readonly family: string;
  readonly revision: number;
  readonly images: readonly string[];
  /** 1 for the first task that its deployment (or RunTask) ever started. */
  readonly attempt: number;
}

/** Decides an outcome, or leaves it to the rules before it. */
export type OutcomeRule = (attempt: TaskAttempt) => TaskOutcome | undefined;

/** The rule added last is asked first; with no answer at all, a task becomes healthy. */
export function decideOutcome(rules: readonly OutcomeRule[], attempt: TaskAttempt): TaskOutcome {
  for (let index = rules.length - 1; index >= 0; index -= 1) {
    const outcome = rules[index]?.(attempt);
    if (outcome !== undefined) return outcome;
  }
  return { kind: 'healthy' };
}
