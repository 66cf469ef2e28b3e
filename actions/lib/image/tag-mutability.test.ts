import { expect, it } from '@jest/globals';
import { isTagImmutable } from './tag-mutability.ts';

it.each([
  [false, [], 'v1', false],
  [true, [], 'v1', true],
  [true, ['latest', 'dev-*'], 'v1', true],
  [true, ['latest', 'dev-*'], 'latest', false],
  [true, ['latest', 'dev-*'], 'dev-7', false],
  [true, ['latest'], 'latest2', true],
  [true, ['v1.2'], 'v1x2', true],
  [false, ['v*'], 'v1', true],
  [false, ['v*'], 'main', false],
])('immutable %s but for %j: %s → %s', (immutable, exclusions, tag, expected) => {
  expect(isTagImmutable({ immutable, exclusions }, tag)).toBe(expected);
});
