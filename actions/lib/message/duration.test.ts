import { expect, it } from '@jest/globals';
import { clockDuration, isoTime, sayDuration } from './duration.ts';

it.each([
  [0, '0 s', '0:00'],
  [45, '45 s', '0:45'],
  [60, '1 min', '1:00'],
  [252, '4 min 12 s', '4:12'],
  [3600, '1 h', '1:00:00'],
  [3900, '1 h 5 min', '1:05:00'],
  [-3, '0 s', '0:00'],
])('%d seconds are said as %s and shown as %s', (seconds, said, shown) => {
  expect(sayDuration(seconds)).toBe(said);
  expect(clockDuration(seconds)).toBe(shown);
});

it('gives ISO 8601 in UTC', () => {
  expect(isoTime(0)).toBe('1970-01-01T00:00:00.000Z');
});
