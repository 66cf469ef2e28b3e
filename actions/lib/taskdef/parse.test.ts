import { describe, expect, it } from '@jest/globals';
import { UserError } from '../message/user-error.ts';
import { parseTaskDefinition } from './parse.ts';

function refusal(text: string, fileName = 'taskdef.json'): string {
  try {
    parseTaskDefinition(text, fileName);
  } catch (error) {
    if (error instanceof UserError && error.code === 'task-definition-invalid') return error.message;
    throw error;
  }
  throw new Error(`parsed: ${text}`);
}

describe('a broken file is refused with file, line and column', () => {
  it.each([
    [
      'a trailing comma',
      '{\n  "family": "web",\n}',
      'taskdef.json:3:1: this is no valid JSON: expected a key in double quotes, found "}"',
    ],
    [
      'a missing comma',
      '{\n  "family": "web"\n  "cpu": "256"\n}',
      'taskdef.json:3:3: this is no valid JSON: expected "," or "}", found text',
    ],
    [
      'a missing bracket',
      '{"containerDefinitions": [{"name": "a"}\n}',
      'taskdef.json:2:1: this is no valid JSON: expected "," or "]", found "}"',
    ],
    [
      'an early end',
      '{"family": ',
      'taskdef.json:1:12: this is no valid JSON: expected a value, found the end of the file',
    ],
    [
      'an open text',
      '{"family": "web}\n',
      'taskdef.json:1:12: this is no valid JSON: expected a value, found text without its closing quote',
    ],
    [
      'single quotes',
      "{'family': 'web'}",
      `taskdef.json:1:2: this is no valid JSON: expected a key in double quotes, found "'"`,
    ],
    [
      'a bare word',
      '{"family": web}',
      'taskdef.json:1:12: this is no valid JSON: expected a value, found a word or number that is no JSON value',
    ],
    [
      'a bad escape',
      '{"family": "\\x"}',
      'taskdef.json:1:12: this is no valid JSON: found a character or escape that JSON forbids in text',
    ],
    [
      'a line break in text',
      '{"family": "a\nb"}',
      'taskdef.json:1:12: this is no valid JSON: found a character or escape that JSON forbids in text',
    ],
    [
      'a comment',
      '{ // note\n}',
      'taskdef.json:1:3: this is no valid JSON: expected a key in double quotes, found "/"',
    ],
    [
      'two values',
      '{} {}',
      'taskdef.json:1:4: this is no valid JSON: expected the end of the file, found "{"',
    ],
    [
      'a repeated key',
      '{"cpu": "1",\r\n "cpu": "2"}',
      'taskdef.json:2:2: this is no valid JSON: the key "cpu" stands here a second time',
    ],
    [
      'YAML in a .json file',
      'family: web\n',
      'taskdef.json:1:1: this is no valid JSON: expected a value, found a word or number that is no JSON value',
    ],
  ])('JSON with %s', (_what, text, message) => {
    expect(refusal(text)).toBe(message);
  });

  it.each([
    ['a tab', 'a:\n\tb: 1', 'taskdef.yaml:2:1: this is no valid YAML: Tabs are not allowed as indentation'],
    ['an open text', 'family: "web\ncpu: 1\n', 'taskdef.yaml:3:1: this is no valid YAML: Missing closing'],
    [
      'a repeated key',
      'cpu: "1"\ncpu: "2"',
      'taskdef.yaml:2:1: this is no valid YAML: the key "cpu" stands here a second time',
    ],
    [
      'a missing anchor',
      'family: *nowhere',
      'taskdef.yaml:1:9: this is no valid YAML: the alias *nowhere has no anchor',
    ],
    [
      'a second document',
      'family: a\n---\nfamily: b',
      'taskdef.yaml:2:1: this is no valid YAML: a second document starts here',
    ],
    [
      'a CloudFormation tag',
      'family: !Ref Web',
      'taskdef.yaml:1:9: this is no valid YAML: tags such as !Ref or !Sub are not resolved',
    ],
    ['infinity', 'cpu: .inf', 'taskdef.yaml:1:6: this is no valid YAML: a value that JSON cannot hold'],
    ['a list as a key', '? [a]\n: b', 'taskdef.yaml:1:3: this is no valid YAML: a key must be plain text'],
    ['a merge of no map', '<<: 3', 'taskdef.yaml:1:1: this is no valid YAML: "<<" merges maps only'],
    ['wrong indentation', 'a:\n  b: 1\n c: 2', 'taskdef.yaml:3:1: this is no valid YAML:'],
  ])('YAML with %s', (_what, text, message) => {
    expect(refusal(text, 'taskdef.yaml')).toContain(message);
  });

  it.each([
    ['an empty file', ' \n', 'taskdef.json: the file is empty'],
    ['a list', '[{"name": "web"}]', 'taskdef.json: this is a list; a task definition is an object'],
    ['text', '"web"', 'taskdef.json: this is plain text'],
  ])('%s', (_what, text, message) => {
    expect(refusal(text)).toContain(message);
  });
});

describe('hostile files end quickly in one clear sentence', () => {
  const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level < 20; level += 1)
    bomb.push(`a${level}: &a${level} [${`*a${level - 1}, `.repeat(9)}x]`);

  it.each([
    ['an alias bomb', 'f.yaml', bomb.join('\n'), 'more than 50000 values, with all aliases written out'],
    ['an alias to its own parent', 'f.yaml', 'a: &a\n  b: *a', 'nested more than 64 levels deep'],
    [
      'deep YAML blocks',
      'f.yaml',
      Array.from({ length: 700 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
      'nested more than 64',
    ],
    [
      'a megabyte of YAML brackets',
      'f.yaml',
      '['.repeat(1_000_000),
      'too many brackets that are never closed',
    ],
    ['a megabyte of JSON brackets', 'f.json', '['.repeat(1_000_000), 'nested more than 64 levels deep'],
    ['deep JSON objects', 'f.json', '{"a":'.repeat(200_000), 'nested more than 64 levels deep'],
  ])('%s', (_what, fileName, text, message) => {
    expect(refusal(text, fileName)).toContain(message);
  });

  it('30,000 keys, and 20,000 aliases, are read without looking through all of them for each', () => {
    const keys = Array.from({ length: 30_000 }, (_, index) => `key${index}:`).join('\n');
    expect(parseTaskDefinition(keys, 'f.yaml').definition).toEqual({});
    const { definition } = parseTaskDefinition(`a: &a x\nb: [${'*a,'.repeat(20_000)}]`, 'f.yaml');
    expect(definition['b']).toHaveLength(20_000);
  });

  it('an alias means the last anchor of its name before it', () => {
    const text = 'a: &x 1\nb: *x\nc: &x 2\nd: *x\ne: [&y {f: *x}, *y]';
    expect(parseTaskDefinition(text, 'f.yaml').definition).toEqual({
      a: 1,
      b: 1,
      c: 2,
      d: 2,
      e: [{ f: 2 }, { f: 2 }],
    });
    expect(refusal('a: *x\nb: &x 1', 'f.yaml')).toContain('f.yaml:1:4: this is no valid YAML');
  });

  it('a __proto__ key is a key like any other and changes no prototype', () => {
    for (const [text, name] of [
      ['{"__proto__": {"polluted": "yes"}}', 'a.json'],
      ['__proto__: {polluted: "yes"}', 'a.yaml'],
    ] as const) {
      const { definition } = parseTaskDefinition(text, name);
      expect(Object.keys(definition)).toEqual(['__proto__']);
      expect(definition['polluted']).toBeUndefined();
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    }
  });
});

describe('what is read', () => {
  it('meaningful empties survive, null members go', () => {
    const text =
      '{"a": "", "b": [], "c": {}, "d": null, "command": ["sh", "-c", ""], "labels": {"x": ""}, "z": 0, "f": false}';
    const expected = { a: '', b: [], c: {}, command: ['sh', '-c', ''], labels: { x: '' }, z: 0, f: false };
    expect(parseTaskDefinition(text, 't.json').definition).toEqual(expected);
    expect(parseTaskDefinition(text, 't.yaml').definition).toEqual(expected);
  });

  it('YAML keeps yes, on, dates and versions as text, and takes comments, anchors and merges', () => {
    const text = `
# shared
x: &env
  a: yes
  b: 2026-01-01
y:
  <<: *env
  b: on
  c: |
    two
    lines
  d:
z: [*env, {1: one, null: n}]
`;
    expect(parseTaskDefinition(text, 'taskdef.yml').definition).toEqual({
      x: { a: 'yes', b: '2026-01-01' },
      y: { a: 'yes', b: 'on', c: 'two\nlines\n' },
      z: [
        { a: 'yes', b: '2026-01-01' },
        { '1': 'one', null: 'n' },
      ],
    });
  });

  it('a describe reply is unwrapped, its tags kept and its read-only members dropped with a note', () => {
    const reply = {
      taskDefinition: {
        family: 'web',
        revision: 7,
        status: 'ACTIVE',
        deleteRequestedAt: 1.5,
        registeredBy: 'x',
        containerDefinitions: [],
      },
      tags: [{ key: 'team', value: 'a' }],
    };
    const { definition, notes } = parseTaskDefinition(JSON.stringify(reply), 'taskdef.json');
    expect(definition).toEqual({
      family: 'web',
      containerDefinitions: [],
      tags: [{ key: 'team', value: 'a' }],
    });
    expect(notes).toEqual([
      'The file is a whole describe-task-definition reply; its "taskDefinition" is used.',
      'Left out what ECS sets itself: revision, status, deleteRequestedAt, registeredBy.',
    ]);
  });

  it.each([
    ['taskdef', '{"family": "a"}'],
    ['taskdef', 'family: a'],
    ['taskdef.tpl', '\n {"family": "a"}'],
    ['Taskdef.YAML', '{"family": "a",}'],
  ])('%s holding %j is read by what it looks like', (fileName, text) => {
    expect(parseTaskDefinition(text, fileName).definition).toEqual({ family: 'a' });
  });

  it.each([
    ['t.json', '{\n "containerDefinitions": [\n  {"name": "web",\n   "cpu": 1}]}', 4, 4],
    ['t.yaml', 'containerDefinitions:\n  - name: web\n    cpu: 1\n', 3, 5],
  ])('%s: every member can be found again', (fileName, text, line, column) => {
    const { definition, locate } = parseTaskDefinition(text, fileName);
    expect(locate(definition, ['containerDefinitions', 0, 'cpu'])).toEqual({ line, column });
    expect(locate(definition, ['containerDefinitions', 0, 'image', 'x'])).toEqual(
      locate(definition, ['containerDefinitions', 0]),
    );
    const changed = {
      ...definition,
      family: 'x',
      containerDefinitions: [...(definition['containerDefinitions'] as never[])],
    };
    expect(locate(changed, ['containerDefinitions', 0, 'cpu'])).toEqual({ line, column });
    expect(locate(changed, ['family'])).toBeUndefined();
  });
});
