import { expect, it } from '@jest/globals';
import { nearestName } from './nearest-name.ts';

it.each([
  ['enviroment', ['environment', 'essential'], 'environment'],
  ['Image', ['image', 'name'], 'image'],
  ['containerdefinition', ['containerDefinitions'], 'containerDefinitions'],
  ['zzz', ['image', 'name'], undefined],
  ['x', [], undefined],
])('%s is nearest to %j: %s', (wrong, legal, expected) => {
  expect(nearestName(wrong, legal)).toBe(expected);
});
