import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock/clock.ts';
import { AwsError, type Call, type Service } from '../server/service.ts';

/** Temporary credentials that STS has given out. */
export interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** Virtual epoch milliseconds. */
  readonly expiresAt: number;
  /** `arn:aws:sts::123456789012:assumed-role/ROLE/SESSION` */
  readonly arn: string;
  /** Unique id of the role, a colon, and the session's name. */
  readonly userId: string;
}

export interface Sessions {
  begin(role: { arn: string; userId: string; durationSeconds: number }): Session;
  find(accessKeyId: string): Session | undefined;
  /** For the server's `authorize`: refuses calls signed with credentials that have expired. */
  refuseExpired(service: Service, call: Call): void;
}

export function createSessions(clock: Clock): Sessions {
  const sessions = new Map<string, Session>();
  return {
    begin({ arn, userId, durationSeconds }) {
      const session: Session = {
        accessKeyId: `ASIA${randomBytes(8).toString('hex').toUpperCase()}`,
        secretAccessKey: randomBytes(30).toString('base64'),
        sessionToken: randomBytes(300).toString('base64'),
        expiresAt: clock.now() + durationSeconds * 1000,
        arn,
        userId,
      };
      sessions.set(session.accessKeyId, session);
      return session;
    },
    find: (accessKeyId) => sessions.get(accessKeyId),
    refuseExpired({ protocol }, { accessKeyId, now }) {
      const session = sessions.get(accessKeyId);
      if (session !== undefined && now >= session.expiresAt) throw expired(protocol.kind);
    },
  };
}

// JSON services and query services differ in the code; https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html
function expired(protocol: Service['protocol']['kind']): AwsError {
  const message = 'The security token included in the request is expired';
  return protocol === 'json'
    ? new AwsError('ExpiredTokenException', message)
    : new AwsError('ExpiredToken', message, { statusCode: 403 });
}
