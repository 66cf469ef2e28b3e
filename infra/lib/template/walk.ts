import type { Template, TemplateResource } from './template.ts';

/** A resource with the place it was found in. */
export interface Found {
  readonly stack: string;
  readonly id: string;
  readonly resource: TemplateResource;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** All resources of a type in some templates. */
export function findResources(
  templates: ReadonlyMap<string, Template>,
  ...types: readonly string[]
): Found[] {
  return [...templates].flatMap(([stack, template]) =>
    Object.entries(template.Resources ?? {})
      .filter(([, resource]) => types.includes(resource.Type))
      .map(([id, resource]) => ({ stack, id, resource, properties: resource.Properties ?? {} })),
  );
}

/** Every value in a template, depth first, with the keys that lead to it. */
export function* walkValues(
  value: unknown,
  path: readonly string[] = [],
): Generator<{ path: readonly string[]; value: unknown }> {
  yield { path, value };
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) yield* walkValues(inner, [...path, key]);
}

/** The names of all exports that a template imports. */
export function listImports(template: Template): string[] {
  const names: string[] = [];
  for (const { path, value } of walkValues(template)) {
    if (path.at(-1) === 'Fn::ImportValue' && typeof value === 'string') names.push(value);
  }
  return names;
}

/** The names of all exports that a template offers. */
export function listExports(template: Template): string[] {
  return Object.values(template.Outputs ?? {})
    .map(({ Export }) => Export?.Name)
    .filter((name): name is string => typeof name === 'string');
}

/** What a value points to: the logical id, the import's name, or the text itself. */
export function nameOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return String(value);
  const [[key, inner] = ['', '']] = Object.entries(value);
  if (key === 'Fn::GetAtt' && Array.isArray(inner)) return String(inner[0]);
  if (key === 'Fn::Join' && Array.isArray(inner))
    return (inner[1] as unknown[]).map(nameOf).join(String(inner[0]));
  return typeof inner === 'string' ? inner : JSON.stringify(inner);
}
