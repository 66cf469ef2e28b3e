import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const root = resolve(import.meta.dirname, '..');

/** Each row is planted as one file of a scratch copy; `rule` is what lint must say, or undefined where it must say nothing. */
const plants: readonly [name: string, path: string, code: string, rule: string | undefined][] = [
  [
    'a pure room knows no AWS SDK',
    'lib/rollout/p1.ts',
    "import '@aws-sdk/client-ecs';",
    'noRestrictedImports',
  ],
  ['a pure room knows no runner', 'lib/image/p2.ts', "import '@actions/core';", 'noRestrictedImports'],
  ['a pure room imports no rim room', 'lib/taskdef/p3.ts', "import '../runner/x.ts';", 'noRestrictedImports'],
  ['a pure room imports no registry', 'lib/image/p4.ts', "import '../registry/x.ts';", 'noRestrictedImports'],
  ['a pure room reads no files', 'lib/taskdef/p5.ts', "import 'node:fs';", 'noRestrictedImports'],
  [
    'a pure room reads no files by promise',
    'lib/message/p6.ts',
    "import 'node:fs/promises';",
    'noRestrictedImports',
  ],
  [
    'a pure room reads no environment',
    'lib/input/p7.ts',
    "export const x = process.env['A'];",
    'noRestrictedGlobals',
  ],
  ['a pure room reads no clock', 'lib/rollout/p8.ts', 'export const x = Date.now();', 'noRestrictedGlobals'],
  ['a pure room sets no timer', 'lib/rollout/p9.ts', 'setTimeout(() => {}, 1);', 'noRestrictedGlobals'],
  ['a pure room rolls no dice', 'lib/rollout/p10.ts', 'export const x = Math.random();', 'plugin'],
  ['a pure room fetches nothing', 'lib/image/p11.ts', "await fetch('http://x');", 'noRestrictedGlobals'],
  ['a pure room may import a pure room', 'lib/rollout/p12.ts', "import '../message/x.ts';", undefined],
  ['run.ts imports no adapter', 'one/run.ts', "import '../lib/aws/x.ts';", 'noRestrictedImports'],
  ['run.ts imports no runner room', 'two/run.ts', "import '../lib/runner/x.ts';", 'noRestrictedImports'],
  ['run.ts imports no docker room', 'three/run.ts', "import '../lib/docker/x.ts';", 'noRestrictedImports'],
  ['run.ts imports no github room', 'four/run.ts', "import '../lib/github/x.ts';", 'noRestrictedImports'],
  ['run.ts imports no node module', 'five/run.ts', "import 'node:fs';", 'noRestrictedImports'],
  ['run.ts reads no clock', 'six/run.ts', 'export const x = new Date();', 'noRestrictedGlobals'],
  [
    'run.ts reads no environment',
    'seven/run.ts',
    "export const x = process.env['A'];",
    'noRestrictedGlobals',
  ],
  ['run.ts rolls no dice', 'eight/run.ts', 'export const x = Math.random();', 'plugin'],
  ['run.ts imports pure rooms', 'nine/run.ts', "import '../lib/rollout/x.ts';", undefined],
  [
    'inputs.ts imports no runner room',
    'one/inputs.ts',
    "import '../lib/runner/x.ts';",
    'noRestrictedImports',
  ],
  ['main.ts imports no AWS SDK', 'one/main.ts', "import '@aws-sdk/client-ecs';", 'noRestrictedImports'],
  ['main.ts imports no toolkit', 'two/main.ts', "import '@actions/core';", 'noRestrictedImports'],
  ['no action imports another', 'three/main.ts', "import '../wait-stable/run.ts';", 'noRestrictedImports'],
  [
    'no run.ts imports another action',
    'ten/run.ts',
    "import '../wait-stable/run.ts';",
    'noRestrictedImports',
  ],
  ['no action starts a process', 'four/main.ts', "import 'node:child_process';", 'noRestrictedImports'],
  [
    'main.ts imports rooms and run.ts',
    'five/main.ts',
    "import '../lib/aws/x.ts';\nimport './run.ts';",
    undefined,
  ],
  ['runner starts no process', 'lib/runner/p1.ts', "import 'node:child_process';", 'noRestrictedImports'],
  ['runner owns core only', 'lib/runner/p2.ts', "import '@actions/exec';", 'noRestrictedImports'],
  ['runner owns core', 'lib/runner/p3.ts', "import '@actions/core';", undefined],
  ['docker owns exec only', 'lib/docker/p1.ts', "import '@actions/core';", 'noRestrictedImports'],
  ['docker owns exec', 'lib/docker/p2.ts', "import '@actions/exec';", undefined],
  ['docker knows no AWS SDK', 'lib/docker/p3.ts', "import '@aws-sdk/client-ecr';", 'noRestrictedImports'],
  ['github owns github only', 'lib/github/p1.ts', "import '@actions/core';", 'noRestrictedImports'],
  ['github owns github', 'lib/github/p2.ts', "import '@actions/github';", undefined],
  ['aws knows no toolkit', 'lib/aws/p1.ts', "import '@actions/core';", 'noRestrictedImports'],
  ['aws owns the SDK', 'lib/aws/p2.ts', "import '@aws-sdk/client-ecs';", undefined],
  ['registry knows no AWS SDK', 'lib/registry/p1.ts', "import '@aws-sdk/client-ecr';", 'noRestrictedImports'],
  ['registry knows no toolkit', 'lib/registry/p2.ts', "import '@actions/core';", 'noRestrictedImports'],
  [
    'no room imports the rehearsal',
    'lib/aws/p3.ts',
    "import '../../../rehearsal/x.ts';",
    'noRestrictedImports',
  ],
  ['no action imports the rehearsal', 'six/main.ts', "import '../../rehearsal/x.ts';", 'noRestrictedImports'],
  ['a test imports the rehearsal', 'six/bundle.test.ts', "import '../../rehearsal/x.ts';", undefined],
  [
    'the rehearsal imports no action',
    '../rehearsal/ecs/p1.ts',
    "import '../../actions/lib/message/x.ts';",
    'noRestrictedImports',
  ],
];

interface Diagnostic {
  category: string;
  location: { path: string | { file: string } };
}

describe('the import law is held by lint', () => {
  let scratch = '';
  let found = new Map<string, string[]>();

  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'import-law-'));
    for (const file of ['biome.json', '.gitignore', 'scripts/no-dice.grit'])
      await cp(join(root, file), join(scratch, file));
    for (const [, path, code] of plants) {
      const file = join(scratch, 'actions', path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, `${code}\n`);
    }
    found = await lint(scratch);
  });
  afterAll(() => rm(scratch, { recursive: true, force: true }));

  it.each(plants)('%s: %s', (_name, path, _code, rule) => {
    const rules = found.get(join('actions', path)) ?? [];
    const lawful = ['noRestrictedImports', 'noRestrictedGlobals', 'plugin'];
    expect([...new Set(rules.filter((name) => lawful.includes(name)))]).toEqual(
      rule === undefined ? [] : [rule],
    );
  });
});

/** Rule names by file, as Biome reports them for the scratch copy. */
async function lint(directory: string): Promise<Map<string, string[]>> {
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const output = await new Promise<string>((settle) => {
    const args = [biome, 'lint', '--reporter=json', '--max-diagnostics=none', '.'];
    execFile(process.execPath, args, { cwd: directory, maxBuffer: 1 << 26 }, (_error, stdout) =>
      settle(stdout),
    );
  });
  const rules = new Map<string, string[]>();
  for (const { category, location } of (JSON.parse(output) as { diagnostics: Diagnostic[] }).diagnostics) {
    const path = typeof location.path === 'string' ? location.path : location.path.file;
    rules.set(path, [...(rules.get(path) ?? []), category.split('/').pop() ?? '']);
  }
  return rules;
}
