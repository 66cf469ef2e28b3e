/**
 * Every code a user can meet. Tests and the failure guide match on codes, never on prose.
 * Keep the list sorted; a code is removed only with the last place that throws it.
 */
export type UserErrorCode =
  | 'access-denied'
  | 'archive-invalid'
  | 'aws-unavailable'
  | 'build-failed'
  | 'cluster-not-found'
  | 'connection-failed'
  | 'credentials-expired'
  | 'credentials-missing'
  | 'deployment-unsuccessful'
  | 'digest-mismatch'
  | 'disk-full'
  | 'docker-unavailable'
  | 'file-unreadable'
  | 'file-unwritable'
  | 'input-invalid'
  | 'image-not-found'
  | 'image-reference-invalid'
  | 'push-failed'
  | 'region-missing'
  | 'repository-not-found'
  | 'request-rejected'
  | 'scan-incomplete'
  | 'scan-not-enabled'
  | 'service-deployment-not-found'
  | 'service-not-found'
  | 'service-unsupported'
  | 'tag-immutable'
  | 'task-definition-invalid'
  | 'task-definition-not-found'
  | 'throttled'
  | 'vulnerabilities-found';

/**
 * The world or the configuration is wrong, and a person can mend it: one sentence that says how.
 * It becomes one `::error::` annotation without a stack. Anything else thrown is our own bug and prints its stack.
 */
export class UserError extends Error {
  readonly code: UserErrorCode;

  constructor(code: UserErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'UserError';
    this.code = code;
  }
}
