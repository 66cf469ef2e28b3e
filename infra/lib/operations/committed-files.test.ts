import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { environments } from '../../config/environments.ts';
import { updateReadme, writeCommittedFiles } from './committed-files.ts';

const infra = fileURLToPath(new URL('../..', import.meta.url));
const files = writeCommittedFiles(environments);
const read = (path: string) =>
  existsSync(join(infra, path)) ? readFileSync(join(infra, path), 'utf8') : 'missing';

describe('committed files', () => {
  it.each([...files.keys()].filter((path) => !path.includes('/bootstrap.')))(
    '%s is what `npm run infra:docs` writes',
    (path) => {
      expect(read(path)).toBe(files.get(path));
    },
  );

  it.each([...files.keys()].filter((path) => path.includes('/bootstrap.')))(
    '%s is frozen: a change would register a placeholder as the newest revision',
    (path) => {
      expect(read(path)).toBe(files.get(path));
    },
  );

  it('are all there are, none left over from an app that went', () => {
    const present = ['taskdefs', 'diagrams'].flatMap((directory) =>
      readdirSync(join(infra, directory)).map((name) => `${directory}/${name}`),
    );
    expect(present.filter((path) => !files.has(path))).toEqual([]);
  });

  it('include the cost tables of the README', () => {
    expect(read('README.md')).toBe(updateReadme(read('README.md'), environments));
  });

  it('acknowledge no finding without a reason', () => {
    const findings = JSON.parse(files.get('acknowledgements.json')!) as { rule: string; reason: string }[];
    expect(findings.length).toBeGreaterThan(5);
    for (const { reason } of findings) expect(reason.length).toBeGreaterThan(25);
  });
});
