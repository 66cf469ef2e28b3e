import type { BuildCache, BuildSecret, BuildSsh, Provenance } from '../lib/image/build-command.ts';
import { parsePlatforms } from '../lib/image/platform.ts';
import { parseRepositoryName } from '../lib/image/reference.ts';
import type { Severity } from '../lib/image/scan-finding.ts';
import { parseTagRules, type TagRule } from '../lib/image/tag-rule.ts';
import type { InputReader, Pair } from '../lib/input/reader.ts';
import { UserError } from '../lib/message/user-error.ts';

export interface BuildPushInputs {
  readonly repository: string;
  readonly registryId: string | undefined;
  readonly createRepository: boolean;
  readonly context: string;
  readonly file: string | undefined;
  readonly target: string | undefined;
  readonly buildArguments: ReadonlyMap<string, string>;
  readonly secrets: readonly BuildSecret[];
  readonly ssh: readonly BuildSsh[];
  readonly platforms: readonly string[];
  readonly cache: BuildCache;
  readonly provenance: Provenance;
  readonly sbom: boolean;
  readonly labels: ReadonlyMap<string, string>;
  readonly tagRules: readonly TagRule[];
  readonly imageArchive: string | undefined;
  readonly reuse: boolean;
  readonly push: boolean;
  /** The least severity that fails the step. */
  readonly scan: 'off' | Severity;
  readonly scanTimeoutMinutes: number;
  readonly maxRetries: number;
}

export function readBuildPushInputs(input: InputReader): BuildPushInputs {
  const inputs: BuildPushInputs = {
    repository: readRepository(input),
    registryId: input.parsed('registry-id', parseRegistryId, undefined),
    createRepository: input.bool('create-repository'),
    context: input.text('context'),
    file: input.optionalText('file'),
    target: input.optionalText('target'),
    buildArguments: readKeyValues(input, 'build-args'),
    secrets: input.pairs('secrets').map((pair) => readSecret(input, pair)),
    ssh: input.lines('ssh').flatMap((line) => readSsh(input, line)),
    platforms: input.parsed('platforms', () => parsePlatforms(input.list('platforms')), []),
    cache: input.oneOf('cache', ['none', 'registry', 'gha']),
    provenance: input.oneOf('provenance', ['off', 'min', 'max']),
    sbom: input.bool('sbom'),
    labels: readKeyValues(input, 'labels'),
    tagRules: input.parsed('tags', (text) => parseTagRules(toLines(text)), []),
    imageArchive: input.optionalText('image-archive'),
    reuse: input.bool('reuse'),
    push: input.bool('push'),
    scan: input.oneOf('scan', ['off', 'critical', 'high', 'medium', 'low', 'informational']),
    scanTimeoutMinutes: input.number('scan-timeout-minutes', { min: 0, max: 360 }),
    maxRetries: input.integer('retries', { min: 0, max: 10 }),
  };
  if (!inputs.push && inputs.scan !== 'off') {
    input.problem('input "scan" has no effect together with push: false, as ECR scans what is pushed');
  }
  if (inputs.imageArchive !== undefined) refuseBuildInputs(input, inputs);
  return inputs;
}

function readRepository(input: InputReader): string {
  const name = input.text('repository');
  return name === '' ? '' : input.parsed('repository', parseRepositoryName, '');
}

function parseRegistryId(text: string): string | undefined {
  const id = text.trim();
  if (id === '') return undefined;
  if (/^\d{12}$/.test(id)) return id;
  throw new UserError('input-invalid', `expected an account id of 12 digits, got "${id}"`);
}

// The value is never shown, not even where the line is wrong.
function readSecret(input: InputReader, { key, value }: Pair): BuildSecret {
  if (!/^[A-Za-z0-9_.-]+$/.test(key)) {
    input.problem(`input "secrets": the id "${key}" may hold letters, digits, and _ . - only`);
  }
  if (value === '' || value === '@') {
    input.problem(
      `input "secrets": the secret ${key} has no value; is the repository's secret set and readable here?`,
    );
  }
  return value.startsWith('@')
    ? { id: key, source: { kind: 'file', path: value.slice(1) } }
    : { id: key, source: { kind: 'value', value } };
}

// A comma would start a second key, as docker reads the option.
function readSsh(input: InputReader, line: string): BuildSsh[] {
  const [, id, path] = /^([A-Za-z0-9_.-]+)(?:=([^,]+))?$/.exec(line) ?? [];
  if (id !== undefined) return [{ id, path }];
  input.problem(
    'input "ssh": expected `default`, another id, or id=path of a key or agent\'s socket on every line',
  );
  return [];
}

function refuseBuildInputs(input: InputReader, inputs: BuildPushInputs): void {
  const given = {
    file: inputs.file !== undefined,
    target: inputs.target !== undefined,
    'build-args': inputs.buildArguments.size > 0,
    secrets: inputs.secrets.length > 0,
    ssh: inputs.ssh.length > 0,
    platforms: inputs.platforms.length > 0,
    cache: inputs.cache !== 'none',
    provenance: inputs.provenance !== 'off',
    sbom: inputs.sbom,
    labels: inputs.labels.size > 0,
  };
  for (const [name, isGiven] of Object.entries(given)) {
    if (isGiven)
      input.problem(`input "${name}" has no effect together with image-archive, which is pushed as it is`);
  }
}

function readKeyValues(input: InputReader, name: string): Map<string, string> {
  const pairs = input.pairs(name);
  for (const { key } of pairs) {
    if (/\s/.test(key)) input.problem(`input "${name}": the key "${key}" may not hold blanks`);
  }
  return new Map(pairs.map(({ key, value }) => [key, value]));
}

function toLines(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
