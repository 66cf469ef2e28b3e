/** One request the rehearsal answered, kept for tests, benchmarks and IAM checks. */
export interface RecordedCall {
  /** Signing name of the service, or `registry` for OCI distribution requests. */
  readonly service: string;
  /** Operation name, or `PUT manifest`-like words for the registry. */
  readonly operation: string;
  readonly input: unknown;
  /** HTTP status; 0 where the connection was dropped. */
  readonly status: number;
  /** Error code, where it failed. */
  readonly error?: string;
  /** Wall-clock milliseconds (performance.now) at which the request had arrived. */
  readonly arrivedAt: number;
}
