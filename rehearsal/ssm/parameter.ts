import { createHash } from 'node:crypto';
import { AwsError, type Json } from '../server/service.ts';

/** One version of a parameter. */
export interface ParameterVersion {
  readonly value: string;
  readonly type: ParameterType;
  /** Virtual epoch milliseconds. */
  readonly modifiedAt: number;
}

export const parameterTypes = ['String', 'StringList', 'SecureString'] as const;
export type ParameterType = (typeof parameterTypes)[number];

/** Parameters by name, oldest version first. */
export type Parameters = Map<string, readonly ParameterVersion[]>;

/** The version that `name` or `name:VERSION` selects, numbered from 1; undefined where there is none. */
export function selectVersion(
  parameters: Parameters,
  selector: string,
): { readonly name: string; readonly number: number; readonly version: ParameterVersion } | undefined {
  const [, name = '', asked] = /^(.*?)(?::(\d+))?$/s.exec(selector) ?? [];
  const versions = parameters.get(name) ?? [];
  const number = asked === undefined ? versions.length : Number(asked);
  const version = versions[number - 1];
  return version === undefined ? undefined : { name, number, version };
}

export function parameterArn(region: string, accountId: string, name: string): string {
  return `arn:aws:ssm:${region}:${accountId}:parameter${name.startsWith('/') ? '' : '/'}${name}`;
}

/** The value as a caller sees it: a SecureString only with decryption, ciphertext otherwise. */
export function showValue({ type, value }: ParameterVersion, decrypt: boolean): string {
  if (type !== 'SecureString' || decrypt) return value;
  return `AQICAH${createHash('sha512').update(value).digest('base64')}`;
}

export function parameterNotFound(): AwsError {
  // The real one has no message either.
  return new AwsError('ParameterNotFound', '');
}

export function readName(input: Json, member = 'Name'): string {
  const value = input[member];
  if (typeof value === 'string' && value !== '') return value;
  throw new AwsError(
    'ValidationException',
    `1 validation error detected: Value null at '${member.toLowerCase()}' failed to satisfy constraint: Member must not be null`,
  );
}
