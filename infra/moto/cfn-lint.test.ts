import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { dev } from '../config/dev.ts';
import { prod } from '../config/prod.ts';
import { synthesizeTemplates } from '../lib/template/synthesize-templates.ts';
import { findMotoProgram } from './moto-server.ts';

const program = findMotoProgram('cfn-lint');
if (program === undefined && process.env['SLIPWAY_REQUIRE'] === 'moto') {
  throw new Error('SLIPWAY_REQUIRE=moto, and cfn-lint is not installed: run infra/moto/install.sh');
}
if (program === undefined) {
  process.stderr.write('\nSKIPPED: cfn-lint sees no template. Run infra/moto/install.sh first; CI does.\n\n');
}

/** Findings that are wrong or wanted, each with its reason. Anything else fails. */
const allowed: Readonly<Record<string, string>> = {
  W3010: 'Zones come by name from the configuration, so that synth needs no look-up.',
  W3005: 'CDK writes dependencies that references imply as well; both mean the same.',
  W3691: 'RDS takes a major version alone and picks the minor one; cfn-lint lists full versions only.',
};

interface Match {
  readonly Rule: { readonly Id: string };
  readonly Message: string;
  readonly Location: { readonly Path?: readonly (string | number)[] | null };
}

(program === undefined ? describe.skip : describe)('cfn-lint', () => {
  it('finds nothing in any template beyond what is allowed by name', () => {
    const directory = mkdtempSync(join(tmpdir(), 'slipway-lint-'));
    try {
      const files = [...synthesizeTemplates(dev, prod).templates].map(([name, template]) => {
        const file = join(directory, `${name}.json`);
        writeFileSync(file, JSON.stringify(template));
        return file;
      });
      const { stdout } = spawnSync(program!, ['--format', 'json', ...files], {
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
      });
      const matches = JSON.parse(stdout === '' ? '[]' : stdout) as Match[];
      const foreign = matches
        .filter(({ Rule }) => allowed[Rule.Id] === undefined)
        .map(({ Rule, Message, Location }) => `${Rule.Id} ${Message} ${Location.Path?.join('/')}`);
      expect(foreign).toEqual([]);
      expect(new Set(matches.map(({ Rule }) => Rule.Id))).toEqual(new Set(Object.keys(allowed)));
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  }, 120_000);
});
