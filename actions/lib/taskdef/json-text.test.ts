import { describe, expect, it } from '@jest/globals';
import { createGenerator } from './generator.test-support.ts';
import { readJsonText } from './json-text.ts';

/** What became of a text, to compare two readers by. The samples hold no null and no repeated key, where ours differs. */
function outcome(read: () => unknown): string {
  try {
    return JSON.stringify(read());
  } catch {
    return 'refused';
  }
}

const samples = [
  '{"a":1,"b":[true,false,"x"],"c":{"d":-1.5e3}}',
  '[1,[2,[3]],{}]',
  ' {"text":"\\u00e9\\n\\"q\\" ","empty":"" } ',
  '"plain"',
  '0',
];

describe('readJsonText', () => {
  it('accepts, refuses and reads exactly what JSON.parse does, on 4,000 texts with random damage', () => {
    const seed = 20261120;
    const generate = createGenerator(seed);
    for (let round = 0; round < 4000; round += 1) {
      const text = generate.damaged(generate.oneOf(samples));
      const ours = outcome(() => readJsonText(text).value);
      expect(`seed ${seed}, ${JSON.stringify(text)}: ${ours}`).toBe(
        `seed ${seed}, ${JSON.stringify(text)}: ${outcome(() => JSON.parse(text))}`,
      );
    }
  });

  it('keeps the order of members, whatever their names', () => {
    const text = '{"b":1,"a":2,"constructor":3}';
    expect(JSON.stringify(readJsonText(text).value)).toBe(text);
  });
});
