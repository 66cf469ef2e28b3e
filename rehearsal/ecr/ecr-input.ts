import { findRepository } from '../registry/image-store.ts';
import type { Repository } from '../registry/repository.ts';
import { AwsError, type Json } from '../server/service.ts';
import type { EcrWorld } from './ecr-world.ts';

/** An InvalidParameterException in ECR's words. */
export function invalidParameter(name: string, constraint: string): AwsError {
  return new AwsError(
    'InvalidParameterException',
    `Invalid parameter at '${name}' failed to satisfy constraint: '${constraint}'`,
  );
}

export function readText(input: Json, name: string): string {
  const value = readOptionalText(input, name);
  if (value === undefined || value === '') throw invalidParameter(name, 'must not be null');
  return value;
}

export function readOptionalText(input: Json, name: string): string | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw invalidParameter(name, 'must be a string');
  return value;
}

export function readList<T>(input: Json, name: string): readonly T[] {
  const value = input[name] ?? [];
  if (!Array.isArray(value)) throw invalidParameter(name, 'must be a list');
  return value as T[];
}

/** A structure inside the input; an absent one is empty. */
export function readStructure(input: Json, name: string): Json {
  const value = input[name] ?? {};
  if (typeof value !== 'object' || Array.isArray(value)) throw invalidParameter(name, 'must be a structure');
  return value as Json;
}

/** The repository that `repositoryName` and `registryId` name. */
export function readRepository(world: EcrWorld, input: Json): Repository {
  return findRepository(
    world.store,
    readText(input, 'repositoryName'),
    readOptionalText(input, 'registryId'),
  );
}

/** `registryId` and `repositoryName`, which most answers repeat. */
export function nameRepository(repository: Repository): Json {
  return { registryId: repository.registryId, repositoryName: repository.name };
}

/** One page of a list, by `maxResults` (100 by default) and the opaque `nextToken`. */
export function paginate<T>(input: Json, items: readonly T[]): { page: readonly T[]; next: Json } {
  const limit = Number(input['maxResults'] ?? 100);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000)
    throw invalidParameter('maxResults', 'must be between 1 and 1000');
  const token = readOptionalText(input, 'nextToken');
  const start = token === undefined ? 0 : Number(Buffer.from(token, 'base64url').toString('utf8'));
  if (!Number.isInteger(start) || start < 0)
    throw invalidParameter('nextToken', 'must be a token of an earlier answer');
  const page = items.slice(start, start + limit);
  if (start + limit >= items.length) return { page, next: {} };
  return { page, next: { nextToken: Buffer.from(String(start + limit)).toString('base64url') } };
}
