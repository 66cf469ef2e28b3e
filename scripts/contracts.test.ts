import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { type InputReader, readInputs } from '../actions/lib/input/reader.ts';
import { UserError } from '../actions/lib/message/user-error.ts';

const root = resolve(import.meta.dirname, '..');
const folders = readdirSync(join(root, 'actions')).filter((name) => name !== 'lib');
const files = ['README.md', 'action.yml', 'bundle.test.ts', 'inputs.ts', 'main.ts', 'run.test.ts', 'run.ts'];

interface ActionFile {
  name?: string;
  description?: string;
  inputs?: Record<string, { description?: string; required?: boolean; default?: unknown }>;
  outputs?: Record<string, { description?: string }>;
  runs?: Record<string, string>;
}

const read = (...path: string[]): string => readFileSync(join(root, ...path), 'utf8');

it('finds the four core actions', () => {
  expect(folders).toEqual(
    expect.arrayContaining(['build-push-ecr', 'deploy-ecs-service', 'render-taskdef', 'wait-stable']),
  );
});

it('dist/ holds a door for every action, the shared code, and nothing else', () => {
  expect(readdirSync(join(root, 'dist')).sort()).toEqual([...folders, 'lib'].sort());
});

describe.each(folders)('%s', (name) => {
  const action = parse(read('actions', name, 'action.yml')) as ActionFile;

  it('has its files, and beside them only tests, documents and schemas', () => {
    const found = readdirSync(join(root, 'actions', name));
    expect(found).toEqual(expect.arrayContaining(files));
    expect(
      found.filter((file) => !files.includes(file) && !/\.(test\.ts|md|schema\.json)$/.test(file)),
    ).toEqual([]);
  });

  it('runs under node24 from its door in dist/', () => {
    expect(action.runs?.['using']).toBe('node24');
    const doors = ['main', 'post'].flatMap((phase) => action.runs?.[phase] ?? []);
    for (const door of doors) expect(existsSync(resolve(root, 'actions', name, door))).toBe(true);
  });

  it('describes itself, every input and every output in kebab-case', () => {
    expect(action.name).toBeTruthy();
    expect(action.description).toBeTruthy();
    for (const [field, { description }] of [
      ...Object.entries(action.inputs ?? {}),
      ...Object.entries(action.outputs ?? {}),
    ]) {
      expect(field).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(`${field}: ${description ?? ''}`).toMatch(/: \S.{15,}/);
    }
  });

  it('has every default as a text and none on a required input', () => {
    for (const [input, { required, default: value }] of Object.entries(action.inputs ?? {})) {
      expect([input, typeof value]).toEqual([
        input,
        required ? 'undefined' : value === undefined ? 'undefined' : 'string',
      ]);
    }
  });

  it('reads exactly the inputs that action.yml declares', async () => {
    expect([...(await inputsRead(name, action))].sort()).toEqual(Object.keys(action.inputs ?? {}).sort());
  });

  it('names every declared output in its code', () => {
    const code = read('actions', name, 'main.ts') + read('actions', name, 'run.ts');
    for (const output of Object.keys(action.outputs ?? {}))
      expect(code).toMatch(new RegExp(`['"]?\\b${output}\\b['"]?:`));
  });

  it('shows one workflow, its permissions and a failure guide in its README', () => {
    const readme = read('actions', name, 'README.md');
    expect(readme).toMatch(/```yaml\n[\s\S]*uses: .*actions\/[a-z-]+@v1/);
    expect(readme).toMatch(/## Permissions/);
    expect(readme).toMatch(/## When it fails/);
  });
});

/** The names that an action's inputs.ts asks for, given every default of action.yml. */
async function inputsRead(name: string, action: ActionFile): Promise<Set<string>> {
  const module = (await import(join(root, 'actions', name, 'inputs.ts'))) as Record<string, unknown>;
  const readers = Object.entries(module).filter(
    ([key, value]) => key.startsWith('read') && typeof value === 'function',
  );
  expect(readers).toHaveLength(1);
  const asked = new Set<string>();
  const get = (input: string): string => {
    asked.add(input);
    return String(action.inputs?.[input]?.default ?? '');
  };
  try {
    readInputs(get, readers[0]?.[1] as (input: InputReader) => unknown);
  } catch (error) {
    if (!(error instanceof UserError && error.code === 'input-invalid')) throw error;
  }
  return asked;
}
