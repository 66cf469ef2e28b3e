import { describe, expect, it } from '@jest/globals';
import { parsePlatforms } from './platform.ts';

describe('platforms', () => {
  it('are taken as given, each once', () => {
    expect(parsePlatforms(['linux/arm64', 'linux/amd64', 'linux/arm64'])).toEqual([
      'linux/arm64',
      'linux/amd64',
    ]);
  });

  it.each([
    ['linux/x86_64', 'did you mean linux/amd64?'],
    ['arm64', 'did you mean linux/arm64?'],
    ['linux/amd46', 'did you mean linux/amd64?'],
    ['Linux/AArch64', 'did you mean linux/arm64?'],
    ['solaris/sparc', 'legal are linux/amd64,'],
  ])('%s is unknown', (name, hint) => {
    expect(() => parsePlatforms([name])).toThrow(`there is no platform "${name}"; ${hint}`);
  });
});
