/** What a registry's `WWW-Authenticate: Bearer …` asks for. */
export interface BearerChallenge {
  readonly realm: string;
  readonly service: string | undefined;
  readonly scope: string | undefined;
}

/**
 * Reads a Bearer challenge; undefined for Basic, which ECR uses, and for anything else.
 *
 * @see https://distribution.github.io/distribution/spec/auth/token/
 */
export function parseBearerChallenge(header: string | null): BearerChallenge | undefined {
  const parameters = /^\s*Bearer\s+(.*)$/i.exec(header ?? '')?.[1];
  if (parameters === undefined) return undefined;
  const values = new Map<string, string>();
  for (const [, name = '', value = ''] of parameters.matchAll(/([a-zA-Z_]+)="([^"]*)"/g)) {
    values.set(name.toLowerCase(), value);
  }
  const realm = values.get('realm');
  if (realm === undefined || !URL.canParse(realm)) return undefined;
  return { realm, service: values.get('service'), scope: values.get('scope') };
}

/** The URL to fetch a token from. */
export function tokenUrl({ realm, service, scope }: BearerChallenge): URL {
  const url = new URL(realm);
  if (service !== undefined) url.searchParams.set('service', service);
  for (const part of scope?.split(' ') ?? []) url.searchParams.append('scope', part);
  return url;
}
