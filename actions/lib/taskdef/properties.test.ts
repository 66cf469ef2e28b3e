import { describe, expect, it } from '@jest/globals';
import { readTaskDefinitionShape } from '../aws/task-definition-shape.ts';
import { equalTaskDefinitions } from './canonical.ts';
import { diffTaskDefinitions } from './diff.ts';
import { createGenerator, type Generator } from './generator.test-support.ts';
import { isList, isObject, type JsonObject, type JsonPath, type JsonValue } from './json-value.ts';
import { overrideTaskDefinition } from './override.ts';
import { parseTaskDefinition } from './parse.ts';
import { formatTaskDefinition, orderMembers } from './render.ts';
import type { Shape } from './shape.ts';
import { checkStructure } from './structure-check.ts';

const shape = readTaskDefinitionShape();
const rounds = 300;
const seed = 20261120;

/** A value of the shape with about half of its optional members; texts and numbers are all different, and no defaults. */
function randomValue(of: Shape, generate: Generator, counter: { next: number }): JsonValue {
  const inner = (shapeOf: Shape): JsonValue => randomValue(shapeOf, generate, counter);
  counter.next += 1;
  switch (of.kind) {
    case 'text':
      return `text-${counter.next}`;
    case 'number':
      return 100_000 + counter.next;
    case 'flag':
      return generate.flip();
    case 'list':
      return Array.from({ length: generate.below(3) }, () => inner(of.of));
    case 'map':
      return Object.fromEntries(
        Array.from({ length: generate.below(3) }, (_, index) => [`key${index}`, inner(of.of)]),
      );
    case 'structure': {
      const names = [...of.members].filter(
        ([name]) => of.required.includes(name) || name === 'name' || generate.flip(),
      );
      return Object.fromEntries(names.map(([name, member]) => [name, inner(member)]));
    }
  }
}

function randomDefinition(generate: Generator): JsonObject {
  return randomValue(shape, generate, { next: 0 }) as JsonObject;
}

/** The same, with the members of every object and the items of the lists given in another order. */
function shuffled(value: JsonValue, generate: Generator, name = ''): JsonValue {
  if (isObject(value)) {
    const entries = Object.entries(value).map(([key, item]): [string, JsonValue] => [
      key,
      shuffled(item, generate, key),
    ]);
    return Object.fromEntries(generate.shuffled(entries));
  }
  if (!isList(value)) return value;
  const items = value.map((item) => shuffled(item, generate));
  const isUnordered = [
    'containerDefinitions',
    'environment',
    'secrets',
    'portMappings',
    'mountPoints',
    'volumes',
  ].includes(name);
  return isUnordered ? generate.shuffled(items) : items;
}

/** The paths of all texts, but those of read-only members, tags and nothing else. */
function textPaths(value: JsonValue, path: JsonPath = []): JsonPath[] {
  if (path[0] === 'tags') return [];
  if (typeof value === 'string') return [path];
  if (isList(value)) return value.flatMap((item, index) => textPaths(item, [...path, index]));
  return isObject(value)
    ? Object.entries(value).flatMap(([key, item]) => textPaths(item, [...path, key]))
    : [];
}

function withTextAt(value: JsonValue, [step, ...rest]: JsonPath, text: string): JsonValue {
  if (step === undefined) return text;
  if (isList(value))
    return value.map((item, index) => (index === step ? withTextAt(item, rest, text) : item));
  const object = value as JsonObject;
  return { ...object, [step]: withTextAt(object[step] as JsonValue, rest, text) };
}

/** Runs a property on many random definitions; a failure names the seed and the round. */
function holds(property: (definition: JsonObject, generate: Generator) => void): void {
  for (let round = 0; round < rounds; round += 1) {
    const generate = createGenerator(seed + round);
    const definition = randomDefinition(generate);
    try {
      property(definition, generate);
    } catch (error) {
      throw new Error(`seed ${seed + round}: ${JSON.stringify(definition)}`, { cause: error });
    }
  }
}

describe(`on ${rounds} random task definitions made of everything that ECS knows`, () => {
  it('none has a problem of structure', () => {
    holds((definition) => expect(checkStructure(definition, shape)).toEqual([]));
  });

  it('writing and reading loses no key and no value', () => {
    holds((definition) => {
      const text = formatTaskDefinition(orderMembers(definition, shape) as JsonObject);
      expect(parseTaskDefinition(text, 'x.json').definition).toEqual(definition);
      expect(parseTaskDefinition(text, 'x.yaml').definition).toEqual(definition);
    });
  });

  it('the order of keys does not show in what is written', () => {
    holds((definition, generate) => {
      const mixed = JSON.parse(JSON.stringify(definition), (_key, item: JsonValue) =>
        isObject(item) ? Object.fromEntries(generate.shuffled(Object.entries(item))) : item,
      ) as JsonObject;
      expect(formatTaskDefinition(orderMembers(mixed, shape) as JsonObject)).toBe(
        formatTaskDefinition(orderMembers(definition, shape) as JsonObject),
      );
    });
  });

  it('order is no difference where ECS keeps none', () => {
    holds((definition, generate) => {
      const mixed = shuffled(definition, generate) as JsonObject;
      expect(equalTaskDefinitions(definition, mixed)).toBe(true);
      expect(diffTaskDefinitions(definition, mixed)).toEqual([]);
    });
  });

  it('every changed text is a difference, to both equality and diff', () => {
    holds((definition, generate) => {
      const path = generate.oneOf(textPaths(definition));
      const changed = withTextAt(definition, path, 'changed') as JsonObject;
      expect(equalTaskDefinitions(definition, changed)).toBe(false);
      expect(diffTaskDefinitions(definition, changed)).not.toEqual([]);
    });
  });

  it('diff is empty exactly when equal, for any two', () => {
    holds((definition, generate) => {
      const other = randomDefinition(generate);
      expect(diffTaskDefinitions(definition, other).length === 0).toBe(
        equalTaskDefinitions(definition, other),
      );
    });
  });

  it('setting the same twice is setting it once, and touches nothing else', () => {
    holds((definition, generate) => {
      const containers = (definition['containerDefinitions'] as readonly JsonObject[]).map(({ name }) =>
        String(name),
      );
      if (containers.length === 0) return;
      const container = generate.oneOf(containers);
      const overrides = {
        images: [{ key: container, value: 'new:1' }],
        environment: [{ key: `${container}.A`, value: '1' }],
        environmentMode: 'merge',
        environmentRemove: [],
        secrets: [{ key: `${container}.S`, value: 'arn:s' }],
        tags: [{ key: 't', value: 'v' }],
        family: 'f',
        cpu: undefined,
        memory: '512',
      } as const;
      const once = overrideTaskDefinition(definition, overrides);
      expect(once.problems).toEqual([]);
      expect(overrideTaskDefinition(once.definition, overrides).definition).toEqual(once.definition);
      for (const difference of diffTaskDefinitions(definition, once.definition)) {
        const isAsked =
          'container' in difference && difference.container !== undefined
            ? difference.container === container
            : difference.kind === 'setting' && ['family', 'memory'].includes(difference.setting);
        expect(isAsked).toBe(true);
      }
    });
  });
});
