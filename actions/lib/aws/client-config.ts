/**
 * What every SDK client of Slipway is made with. Region, credentials and AWS_ENDPOINT_URL* come from the SDK's own chain;
 * the default of `standard` retries covers throttling and lost connections with jittered back-off. The SDK itself would
 * wait for ever on a connection that went silent.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
export function clientConfig(options: { maxRetries?: number } = {}): {
  maxAttempts: number;
  customUserAgent: string;
  requestHandler: { connectionTimeout: number; socketTimeout: number };
} {
  return {
    maxAttempts: 1 + (options.maxRetries ?? 3),
    customUserAgent: 'slipway',
    requestHandler: { connectionTimeout: 5_000, socketTimeout: 30_000 },
  };
}
