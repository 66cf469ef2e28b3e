import { RegisterTaskDefinitionRequest$, TaskDefinition$ } from '@aws-sdk/client-ecs';
import type { Shape, StructureShape } from '../taskdef/shape.ts';

// The SDK's runtime schemas are static arrays: [kind, namespace, name, traits, …]. A structure (3, or 4 for a union) goes on
// with member names, member schemas and how many of the first are required; a list (1) with its items' schema, a map (2)
// with its keys' and its values'. A schema may also be a number (0 text, 1 number, 2 flag, 64 + n list of n, 128 + n map
// of n), a function that returns the schema, or [schema, traits].
// https://github.com/smithy-lang/smithy-typescript/tree/main/packages/core/src/submodules/schema
const listOf = 64;
const mapOf = 128;

/** What RegisterTaskDefinition takes, from the model of the SDK that sends it. */
export function readTaskDefinitionShape(): StructureShape {
  return structureShape(RegisterTaskDefinitionRequest$);
}

/** What DescribeTaskDefinition shows of a task definition beyond what RegisterTaskDefinition takes. */
export function readReadOnlyNames(): string[] {
  const settable = readTaskDefinitionShape().members;
  return TaskDefinition$[4].filter((name) => !settable.has(name));
}

function structureShape(schema: readonly unknown[]): StructureShape {
  const names = schema[4] as readonly string[];
  const members = schema[5] as readonly unknown[];
  return {
    kind: 'structure',
    members: new Map(names.map((name, index) => [name, toShape(members[index])])),
    required: names.slice(0, (schema[6] as number | undefined) ?? 0),
  };
}

function toShape(reference: unknown): Shape {
  const schema = resolve(reference);
  if (typeof schema === 'number') return simpleShape(schema);
  const [kind] = schema;
  if (kind === 0) return toShape(schema[4]);
  if (kind === 1) return { kind: 'list', of: toShape(schema[4]) };
  if (kind === 2) return { kind: 'map', of: toShape(schema[5]) };
  if (kind === 3 || kind === 4) return structureShape(schema);
  throw new Error(
    `The ECS SDK's model holds a schema of kind ${String(kind)}, which task definitions never had.`,
  );
}

function simpleShape(code: number): Shape {
  if (code >= mapOf) return { kind: 'map', of: simpleShape(code - mapOf) };
  if (code >= listOf) return { kind: 'list', of: simpleShape(code - listOf) };
  if (code === 0) return { kind: 'text' };
  if (code === 1) return { kind: 'number' };
  if (code === 2) return { kind: 'flag' };
  throw new Error(`The ECS SDK's model holds the type ${code}, which task definitions never had.`);
}

/** Follows functions and [schema, traits] pairs to a number or a static array. */
function resolve(reference: unknown): number | readonly unknown[] {
  if (typeof reference === 'function') return resolve(reference());
  if (typeof reference === 'number') return reference;
  if (Array.isArray(reference))
    return typeof reference[0] === 'number' && reference.length > 2 ? reference : resolve(reference[0]);
  throw new Error("The ECS SDK's model has changed its form.");
}
