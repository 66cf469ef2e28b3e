import { createHash } from 'node:crypto';
import type { Clock } from '../clock/clock.ts';
import { AwsError, type Json, type Operation, type Service } from '../server/service.ts';
import type { Session, Sessions } from './sessions.ts';

/**
 * AWS STS: who am I, and temporary credentials. Every role may be assumed, by every web identity token.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_Operations.html
 */
export function createStsService(options: {
  readonly accountId: string;
  readonly sessions: Sessions;
  /** Without it, tokens never expire. */
  readonly clock?: Clock;
}): Service {
  const { accountId, sessions } = options;
  return {
    signingName: 'sts',
    protocol: {
      kind: 'query',
      version: '2011-06-15',
      xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
    },
    operations: {
      GetCallerIdentity(_input, { accessKeyId }) {
        const session = sessions.find(accessKeyId);
        return {
          UserId: session?.userId ?? 'AIDAREHEARSAL00000000',
          Account: accountId,
          Arn: session?.arn ?? `arn:aws:iam::${accountId}:user/rehearsal`,
        };
      },
      AssumeRole: (input) => describeSession(assumeRole(sessions, input)),
      AssumeRoleWithWebIdentity: withWebIdentity(sessions, options.clock),
    },
  };
}

function withWebIdentity(sessions: Sessions, clock: Clock | undefined): Operation {
  return (input) => {
    const claims = readClaims(readText(input, 'WebIdentityToken'));
    refuseExpiredToken(claims, clock);
    return {
      ...describeSession(assumeRole(sessions, input)),
      SubjectFromWebIdentityToken: String(claims['sub'] ?? ''),
      Audience: String(claims['aud'] ?? ''),
      Provider: String(claims['iss'] ?? ''),
    };
  };
}

// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html (ExpiredTokenException)
function refuseExpiredToken({ exp }: Json, clock: Clock | undefined): void {
  if (clock === undefined || typeof exp !== 'number') return;
  const now = Math.floor(clock.now() / 1000);
  if (now < exp) return;
  throw new AwsError(
    'ExpiredTokenException',
    `Token expired: current date/time ${now} must be before the expiration date/time ${exp}`,
  );
}

function assumeRole(sessions: Sessions, input: Json): Session {
  const roleArn = readText(input, 'RoleArn');
  const sessionName = readText(input, 'RoleSessionName');
  const [, partition, account, role] =
    /^arn:([\w-]+):iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(roleArn) ?? [];
  if (role === undefined) throw invalidValue(roleArn, 'roleArn', 'be the ARN of a role');
  const roleId = `AROA${createHash('sha256').update(roleArn).digest('hex').slice(0, 17).toUpperCase()}`;
  return sessions.begin({
    arn: `arn:${partition}:sts::${account}:assumed-role/${role}/${sessionName}`,
    userId: `${roleId}:${sessionName}`,
    durationSeconds: readDuration(input),
  });
}

// 15 minutes to 12 hours, one hour by default. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
function readDuration(input: Json): number {
  const text = String(input['DurationSeconds'] ?? 3600);
  const seconds = Number(text);
  if (!(seconds >= 900))
    throw invalidValue(text, 'durationSeconds', 'have value greater than or equal to 900');
  if (seconds > 43200) throw invalidValue(text, 'durationSeconds', 'have value less than or equal to 43200');
  return seconds;
}

function describeSession(session: Session): Json {
  return {
    Credentials: {
      AccessKeyId: session.accessKeyId,
      SecretAccessKey: session.secretAccessKey,
      SessionToken: session.sessionToken,
      Expiration: new Date(session.expiresAt),
    },
    AssumedRoleUser: { AssumedRoleId: session.userId, Arn: session.arn },
  };
}

function readClaims(token: string): Json {
  try {
    const [, claims = '', signature] = token.split('.');
    const value: unknown = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8'));
    if (signature !== undefined && typeof value === 'object' && value !== null) return value as Json;
  } catch {
    // Falls through to STS's own answer.
  }
  throw new AwsError(
    'InvalidIdentityToken',
    'The ID token provided is not a valid JWT. (You may see this error if you sent an access token)',
  );
}

function readText(input: Json, name: string): string {
  const value = input[name];
  if (typeof value === 'string' && value !== '') return value;
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  throw new AwsError(
    'ValidationError',
    `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
  );
}

function invalidValue(value: string, member: string, constraint: string): AwsError {
  return new AwsError(
    'ValidationError',
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must ${constraint}`,
  );
}
