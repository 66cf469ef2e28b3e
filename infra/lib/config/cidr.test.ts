import { describe, expect, it } from '@jest/globals';
import { describeCidr, overlaps } from './cidr.ts';

describe('describeCidr', () => {
  it('counts the addresses of a block', () => {
    const block = describeCidr('10.10.0.0/16')!;
    expect(block.last - block.first + 1).toBe(65_536);
  });

  it.each(['10.0.0.1/16', '10.0.0.0/33', '256.0.0.0/8', '10.0.0.0', 'ten/8', ''])(
    'knows that %j is none',
    (text) => {
      expect(describeCidr(text)).toBeUndefined();
    },
  );

  it.each<[string, string, boolean]>([
    ['10.0.0.0/16', '10.0.255.0/24', true],
    ['10.0.0.0/16', '10.1.0.0/16', false],
    ['0.0.0.0/0', '192.168.0.0/24', true],
  ])('%s and %s overlap: %s', (one, other, expected) => {
    expect(overlaps(describeCidr(one)!, describeCidr(other)!)).toBe(expected);
  });
});
