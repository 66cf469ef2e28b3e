// Bundles the actions into dist/. Plain JavaScript, so that Node 20 and 24 run it alike (the check that both give the same
// bytes needs that); everything else in scripts/ is TypeScript.
//
// One ncc build for all actions: `dist/lib` holds the code once, as chunks that each action loads lazily, and
// `dist/<action>/index.js` is the two-line door that action.yml names. Weighed against one bundle per action: 2.9 MB for
// one unminified, ≈ 1.4 MB minified; seven of them pass 4 MB either way, and minified stack traces are unreadable.
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);
/** @type {(entry: string, options: object) => Promise<{code: string, assets: Record<string, {source: string | Buffer}>}>} */
const ncc = require('@vercel/ncc');

const limitBytes = 4 * 1000 * 1000;
// What ncc leaves, with exit code 0, where it could not resolve an import.
const unresolved = /eval\("require"\)\(|Cannot find module '/;

const { values } = parseArgs({
  options: { check: { type: 'boolean', default: false }, out: { type: 'string' } },
});
const out = resolve(values.out ?? join(root, 'dist'));

if (values.out === undefined && lstatSync(join(root, 'node_modules')).isSymbolicLink()) {
  throw new Error(
    'node_modules is a link, behind which module paths and so dist/ differ from a clone: run npm ci here.',
  );
}
const work = join(root, 'build');
mkdirSync(work, { recursive: true });
const scratch = mkdtempSync(join(work, 'bundle-'));
try {
  const built = await bundle(scratch);
  if (values.check) reportDifferences(built, out);
  else replaceDirectory(built, out);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** @param {string} directory a scratch directory inside the repository, so that node_modules is found @returns the new dist */
async function bundle(directory) {
  const actions = readdirSync(join(root, 'actions')).filter((name) =>
    existsSync(join(root, 'actions', name, 'action.yml')),
  );
  if (actions.length === 0) throw new Error('No actions/*/action.yml found.');
  const source = join(directory, 'js');
  const dist = join(directory, 'dist');
  execFileSync(
    process.execPath,
    [
      join(root, 'node_modules/typescript/bin/tsc'),
      '-p',
      join(root, 'tsconfig.build.json'),
      '--outDir',
      source,
    ],
    {
      stdio: 'inherit',
      cwd: root,
    },
  );
  const imports = actions.map((name) => `  ${JSON.stringify(name)}: () => import('./${name}/main.js'),`);
  writeFileSync(join(source, 'index.js'), `export const load = {\n${imports.join('\n')}\n};\n`);
  leaveUndiciOut(source);
  const previous = process.cwd();
  process.chdir(source);
  const { code, assets } = await ncc(join(source, 'index.js'), {
    cache: false,
    quiet: true,
    license: 'licenses.txt',
  });
  process.chdir(previous);
  writeFiles(join(dist, 'lib'), { 'index.js': { source: code }, ...assets });
  for (const name of actions) {
    writeFiles(join(dist, name), {
      'index.js': { source: `import { load } from '../lib/index.js';\n\nawait load['${name}']();\n` },
      'package.json': { source: '{"type":"module"}\n' },
    });
  }
  refuseUnresolved(dist);
  refuseOverweight(dist);
  for (const name of actions) runOnce(dist, name);
  return dist;
}

/**
 * `@actions/core` pulls in undici (0.9 MB and 15 ms of every start) through `@actions/http-client`, which reaches it only for
 * the fetch dispatcher that octokit behind a proxy asks for. No action uses that, so a class that says so takes its place.
 * @param {string} source
 */
function leaveUndiciOut(source) {
  const body = `throw new Error('undici is not bundled: see leaveUndiciOut in scripts/build.mjs');`;
  writeFileSync(
    join(source, 'undici.js'),
    `export class ProxyAgent {\n  constructor() {\n    ${body}\n  }\n}\n`,
  );
  writeFileSync(
    join(source, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { baseUrl: '.', paths: { undici: ['./undici.js'] } } }),
  );
}

/** @param {string} directory @param {Record<string, {source: string | Buffer}>} files */
function writeFiles(directory, files) {
  mkdirSync(directory, { recursive: true });
  for (const [name, { source }] of Object.entries(files)) writeFileSync(join(directory, name), source);
}

/** @param {string} dist */
function refuseUnresolved(dist) {
  for (const file of listFiles(dist)) {
    if (!file.endsWith('.js')) continue;
    const found = unresolved.exec(readFileSync(join(dist, file), 'utf8'));
    if (found) throw new Error(`dist/${file} has an import that ncc could not resolve: …${found[0]}…`);
  }
}

/** @param {string} dist */
function refuseOverweight(dist) {
  const bytes = listFiles(dist).reduce((sum, file) => sum + readFileSync(join(dist, file)).length, 0);
  console.log(`dist/ holds ${(bytes / 1e6).toFixed(2)} MB`);
  if (bytes > limitBytes) throw new Error(`dist/ may hold ${limitBytes / 1e6} MB at most.`);
}

/**
 * Without inputs every action must end with its own words about the first missing input, not with a module that failed to load.
 * @param {string} dist @param {string} name
 */
function runOnce(dist, name) {
  let output = '';
  try {
    output = execFileSync(process.execPath, [join(dist, name, 'index.js')], {
      env: {},
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (error) {
    output =
      String(/** @type {{stdout?: string}} */ (error).stdout) +
      String(/** @type {{stderr?: string}} */ (error).stderr);
    if (output.includes('::error::') && output.includes('is required')) return;
  }
  throw new Error(`dist/${name} does not run; it said:\n${output}`);
}

/** @param {string} built @param {string} committed */
function reportDifferences(built, committed) {
  const names = new Set([...listFiles(built), ...listFiles(committed)]);
  const differing = [...names].sort().filter((name) => {
    const pair = [built, committed].map((directory) => join(directory, name));
    return !pair.every(existsSync) || !readFileSync(pair[0]).equals(readFileSync(pair[1]));
  });
  if (differing.length === 0) return console.log('dist/ is what the sources give');
  console.error(
    `dist/ is not what the sources give; run npm run build and commit:\n${differing.map((name) => `  dist/${name}`).join('\n')}`,
  );
  process.exitCode = 1;
}

/** @param {string} built @param {string} target */
function replaceDirectory(built, target) {
  rmSync(target, { recursive: true, force: true });
  cpSync(built, target, { recursive: true });
}

/** @param {string} directory @returns {string[]} paths relative to it */
function listFiles(directory) {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)));
}
