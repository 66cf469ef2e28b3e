import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readTaskDefinitionShape } from '../aws/task-definition-shape.ts';
import { canonicalTaskDefinition, equalTaskDefinitions, sortedText } from './canonical.ts';
import { checkTaskDefinition } from './check.ts';
import { diffTaskDefinitions } from './diff.ts';
import { parseTaskDefinition } from './parse.ts';
import { formatTaskDefinition, renderTaskDefinition } from './render.ts';

const directory = new URL('samples/', import.meta.url);
const shape = readTaskDefinitionShape();
const nothing = {
  overrides: {
    images: [],
    environment: [],
    environmentMode: 'merge',
    environmentRemove: [],
    secrets: [],
    tags: [],
    family: undefined,
    cpu: undefined,
    memory: undefined,
  },
  variables: [],
  strict: true,
} as const;

/** Task definitions as people have them: launch types, platforms, sidecars, volumes, networks, files of every kind. */
describe.each(readdirSync(directory))('%s', (fileName) => {
  const parsed = parseTaskDefinition(readFileSync(new URL(fileName, directory), 'utf8'), fileName);

  it('has no problem', () => {
    expect(checkTaskDefinition(parsed.definition, shape)).toEqual([]);
  });

  it('is rendered without loss, and rendering it again changes no byte', () => {
    const { definition, warnings } = renderTaskDefinition(parsed, nothing, shape);
    expect(warnings).toEqual([]);
    expect(definition).toEqual(parsed.definition);
    const text = formatTaskDefinition(definition);
    const again = renderTaskDefinition(parseTaskDefinition(text, 'again.json'), nothing, shape);
    expect(formatTaskDefinition(again.definition)).toBe(text);
  });

  it('is the same to ECS before and after rendering, and in canonical form', () => {
    const { definition } = renderTaskDefinition(parsed, nothing, shape);
    expect(equalTaskDefinitions(parsed.definition, definition)).toBe(true);
    expect(diffTaskDefinitions(parsed.definition, definition)).toEqual([]);
    const canonical = canonicalTaskDefinition(definition);
    expect(sortedText(canonicalTaskDefinition(canonical))).toBe(sortedText(canonical));
  });
});

it('there are at least 40 of them', () => {
  expect(readdirSync(directory).length).toBeGreaterThanOrEqual(40);
});
