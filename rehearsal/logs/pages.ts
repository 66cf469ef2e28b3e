import { AwsError, type Json } from '../server/service.ts';

/** @throws AwsError InvalidParameterException */
export function readLimit(input: Json): number {
  const limit = Number(input['limit'] ?? 10_000);
  if (!Number.isInteger(limit) || limit < 1 || limit > 10_000) {
    throw new AwsError(
      'InvalidParameterException',
      `1 validation error detected: Value '${String(input['limit'])}' at 'limit' failed to satisfy constraint: Member must have value between 1 and 10000`,
    );
  }
  return limit;
}

/** One page of a list: `nextToken` is where the next one begins. */
export function paginate<Item>(
  items: readonly Item[],
  input: Json,
  usual: number,
): { page: readonly Item[]; nextToken: string | undefined } {
  const size = input['limit'] === undefined ? usual : readLimit(input);
  const from = Number(input['nextToken'] ?? 0);
  if (!Number.isInteger(from) || from < 0) {
    throw new AwsError('InvalidParameterException', 'The specified nextToken is invalid.');
  }
  const until = from + size;
  return { page: items.slice(from, until), nextToken: until < items.length ? String(until) : undefined };
}
