import { cleanRemoteLine } from '../message/remote-text.ts';
import { UserError, type UserErrorCode } from '../message/user-error.ts';

/** What kind of failure a rejected SDK call is, by the error's name; adapters and the waiter decide on it. */
export type AwsFailureKind =
  | 'access-denied'
  | 'credentials-expired'
  | 'credentials-missing'
  | 'region-missing'
  | 'throttled'
  | 'connection'
  | 'server'
  | 'rejected'
  | 'not-aws';

// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/CommonErrors.html and the SDK's own provider errors.
const kinds: Readonly<Record<string, AwsFailureKind>> = {
  AccessDenied: 'access-denied',
  AccessDeniedException: 'access-denied',
  AuthorizationError: 'access-denied',
  NotAuthorized: 'access-denied',
  UnauthorizedOperation: 'access-denied',
  ExpiredToken: 'credentials-expired',
  ExpiredTokenException: 'credentials-expired',
  RequestExpired: 'credentials-expired',
  TokenRefreshRequired: 'credentials-expired',
  CredentialsProviderError: 'credentials-missing',
  InvalidClientTokenId: 'credentials-missing',
  UnrecognizedClientException: 'credentials-missing',
  IncompleteSignature: 'credentials-missing',
  SignatureDoesNotMatch: 'credentials-missing',
  Throttling: 'throttled',
  ThrottlingException: 'throttled',
  ThrottledException: 'throttled',
  TooManyRequestsException: 'throttled',
  RequestLimitExceeded: 'throttled',
  SlowDown: 'throttled',
  TimeoutError: 'connection',
  NetworkingError: 'connection',
};

const connectionCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

interface ErrorShape {
  readonly name?: string;
  readonly message?: string;
  readonly code?: unknown;
  readonly cause?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

export function awsFailureKind(error: unknown): AwsFailureKind {
  if (!(error instanceof Error)) return 'not-aws';
  const shape: ErrorShape = error;
  const known = kinds[error.name];
  if (known !== undefined) return known;
  // The second is what the SDK says of AWS_REGION set to nothing, as `${{ vars.AWS_REGION }}` gives where there is none.
  if (/^Region (?:is missing|not accepted)/.test(error.message)) return 'region-missing';
  if (connectionCode(error) !== undefined) return 'connection';
  if (shape.$metadata === undefined) return 'not-aws';
  return (shape.$metadata.httpStatusCode ?? 400) >= 500 ? 'server' : 'rejected';
}

/** True when the service answered with the error named, such as `ClusterNotFoundException`. */
export function isAwsError(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}

/**
 * Runs one SDK call; what it rejects with becomes a UserError that says what was tried and how to mend it.
 *
 * @param what the call as IAM names it and its object: `ecs:DescribeServices on service web of cluster prod`
 * @throws UserError for everything AWS, the network or the credential chain refuses; other errors pass unchanged
 */
export async function attempt<T>(what: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw toUserError(error, what);
  }
}

/** The UserError for a rejected SDK call, or the error itself when it does not come from AWS, the network or credentials. */
export function toUserError(error: unknown, what: string): unknown {
  const kind = awsFailureKind(error);
  if (kind === 'not-aws' || !(error instanceof Error)) return error;
  const [code, sentence] = explain(kind, error, what);
  return new UserError(code, sentence, { cause: error });
}

function explain(
  kind: Exclude<AwsFailureKind, 'not-aws'>,
  error: Error,
  what: string,
): [UserErrorCode, string] {
  const said = cleanRemoteLine(error.message);
  switch (kind) {
    case 'access-denied':
      return [
        'access-denied',
        `AWS denied ${what}: ${said}. Allow it in the IAM policy of the role this job assumes.`,
      ];
    case 'credentials-expired':
      return [
        'credentials-expired',
        `The AWS credentials expired before ${what}: ${said}. Raise role-duration-seconds of configure-aws-credentials above the length of this job.`,
      ];
    case 'credentials-missing':
      return [
        'credentials-missing',
        `No usable AWS credentials for ${what}: ${said}. Run aws-actions/configure-aws-credentials before this step, with permissions: id-token: write.`,
      ];
    case 'region-missing':
      return [
        'region-missing',
        'No AWS region is set. Set AWS_REGION, or run aws-actions/configure-aws-credentials with aws-region before this step.',
      ];
    case 'throttled':
      return [
        'throttled',
        `AWS kept throttling ${what}: ${said}. Run fewer deployments at once, or ask AWS for a higher API quota.`,
      ];
    case 'connection':
      return [
        'connection-failed',
        `No connection for ${what}: ${connectionCode(error) ?? said}. Check the network and AWS_ENDPOINT_URL${endpointHint()}.`,
      ];
    case 'server':
      return [
        'aws-unavailable',
        `AWS failed ${what}: ${error.name}: ${said}. This is on AWS's side; run the job again.`,
      ];
    case 'rejected':
      return ['request-rejected', `AWS rejected ${what}: ${error.name}: ${said}`];
  }
}

function connectionCode(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code }: ErrorShape = cause;
    if (typeof code === 'string' && connectionCodes.has(code)) return code;
    if (cause instanceof AggregateError && cause.errors.length > 0) return connectionCode(cause.errors[0]);
  }
  return undefined;
}

function endpointHint(): string {
  const endpoint = process.env['AWS_ENDPOINT_URL'];
  return endpoint === undefined || endpoint === '' ? '' : ` (${endpoint})`;
}
