import { AwsError } from '../server/service.ts';

/**
 * An error as the OCI distribution specification has it.
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes
 */
export class RegistryError extends Error {
  readonly code: string;
  readonly statusCode: number;

  constructor(code: string, statusCode: number, message: string) {
    super(message);
    this.name = 'RegistryError';
    this.code = code;
    this.statusCode = statusCode;
  }
}

// ECR answers docker in the words of its own API, under the specification's codes.
const codes: Readonly<Record<string, readonly [string, number]>> = {
  RepositoryNotFoundException: ['NAME_UNKNOWN', 404],
  ImageNotFoundException: ['MANIFEST_UNKNOWN', 404],
  ImageTagAlreadyExistsException: ['TAG_INVALID', 400],
  ImageDigestDoesNotMatchException: ['MANIFEST_INVALID', 400],
  InvalidParameterException: ['MANIFEST_INVALID', 400],
  LayersNotFoundException: ['MANIFEST_BLOB_UNKNOWN', 400],
  ReferencedImagesNotFoundException: ['MANIFEST_BLOB_UNKNOWN', 400],
  AccessDeniedException: ['DENIED', 403],
  ThrottlingException: ['TOOMANYREQUESTS', 429],
};

export function toRegistryError(error: unknown): RegistryError {
  if (error instanceof RegistryError) return error;
  if (error instanceof AwsError) {
    const [code, status] = codes[error.code] ?? [error.code, error.statusCode];
    return new RegistryError(code, status, error.message);
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new RegistryError('UNKNOWN', 500, `The rehearsal failed: ${detail}`);
}

export function manifestUnknown(): RegistryError {
  return new RegistryError('MANIFEST_UNKNOWN', 404, 'Requested image not found');
}

export function unsupported(): RegistryError {
  return new RegistryError('UNSUPPORTED', 405, 'The operation is unsupported.');
}
