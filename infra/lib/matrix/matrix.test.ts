import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

interface Row {
  readonly row: number;
  readonly feature: string;
  readonly owner: readonly ('cdk' | 'act' | 'wf' | 'app')[];
  readonly shownBy: string;
  readonly tests: readonly { readonly file: string; readonly name: string }[];
  /** Where the parts that the infrastructure does not own are shown. */
  readonly elsewhere?: string;
}

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const rows = JSON.parse(readFileSync(new URL('rows.json', import.meta.url), 'utf8')) as Row[];

/** Titles of all tests in a file, as they stand in the source. */
function listTitles(file: string): readonly string[] {
  const source = readFileSync(join(repository, file), 'utf8');
  return [...source.matchAll(/\bit(?:\.each(?:<[^(]*>)?\([\s\S]*?\))?\(\s*(['`"])((?:\\.|(?!\1).)*)\1/g)].map(
    ([, , title = '']) => title,
  );
}

describe('the systems that must work', () => {
  it('are all 59, each once', () => {
    expect(rows.map(({ row }) => row)).toEqual(Array.from({ length: 59 }, (_, index) => index + 1));
  });

  it.each(rows)('row $row, $feature, names tests that exist', ({ tests }) => {
    const missing = tests.filter(
      ({ file, name }) => !existsSync(join(repository, file)) || !listTitles(file).includes(name),
    );
    expect(missing).toEqual([]);
  });

  it.each(rows.filter(({ owner }) => owner.includes('cdk')))(
    'row $row, $feature, is shown by the infrastructure’s own tests',
    ({ tests, shownBy }) => {
      expect(tests.some(({ file }) => file.startsWith('infra/'))).toBe(true);
      expect(shownBy).not.toBe('');
    },
  );

  it.each(rows.filter(({ owner }) => !owner.includes('cdk')))(
    'row $row, $feature, points to its owner',
    ({ tests, elsewhere }) => {
      expect(tests.length > 0 || /^issue \d+: /.test(elsewhere ?? '')).toBe(true);
    },
  );

  it('no account id stands in the configuration or in what is generated', () => {
    const files = ['config', 'taskdefs', 'diagrams'].flatMap((folder) =>
      readdirSync(join(repository, 'infra', folder)).map((name) => join(repository, 'infra', folder, name)),
    );
    expect(files.length).toBeGreaterThan(20);
    for (const file of files)
      expect(`${file}: ${readFileSync(file, 'utf8')}`).not.toMatch(/(?<!\d)\d{12}(?!\d)/);
  });
});
