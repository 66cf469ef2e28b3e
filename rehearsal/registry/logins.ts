import { randomBytes } from 'node:crypto';

/** The registry's passwords, which ECR hands out for twelve hours. */
export interface Logins {
  /** Issues a password for the user `AWS`. */
  issue(now: number): { readonly password: string; readonly expiresAt: number };
  /** Judges an Authorization header. */
  judge(header: string | undefined, now: number): 'valid' | 'expired' | 'missing' | 'unknown';
}

// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetAuthorizationToken.html
const lifetimeMilliseconds = 12 * 60 * 60 * 1000;

export function createLogins(): Logins {
  const expiries = new Map<string, number>();
  return {
    issue(now) {
      // ECR's passwords are about 2 kB of base64; clients that cut them short should fail here too.
      const password = randomBytes(1500).toString('base64');
      const expiresAt = now + lifetimeMilliseconds;
      expiries.set(password, expiresAt);
      return { password, expiresAt };
    },
    judge(header, now) {
      const encoded = /^Basic\s+(\S+)$/i.exec(header ?? '')?.[1];
      if (encoded === undefined) return 'missing';
      const [user, password] = splitOnce(Buffer.from(encoded, 'base64').toString('utf8'), ':');
      const expiresAt = user === 'AWS' ? expiries.get(password) : undefined;
      if (expiresAt === undefined) return 'unknown';
      return now < expiresAt ? 'valid' : 'expired';
    },
  };
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
