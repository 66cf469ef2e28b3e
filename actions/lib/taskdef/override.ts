import type { Assignment } from './assignment.ts';
import { type ContainerEdits, editContainer, refuseContradictions } from './container-override.ts';
import { isList, isObject, type JsonValue, listAt, objectsAt, textAt, withMembers } from './json-value.ts';
import { setNamedEntries } from './named-entries.ts';
import { inputProblem, type Problem } from './problem.ts';
import { createTargets, type Target } from './target.ts';
import { containerNamesOf, containersOf, type TaskDefinition } from './task-definition.ts';

/** What the inputs say that the file does not. Keys are `[container.]NAME` but for images and tags. */
export interface Overrides {
  /** Container → image. */
  readonly images: readonly Assignment[];
  readonly environment: readonly Assignment[];
  /** `replace`: a container that `environment` sets something in keeps none of the file's plain variables. */
  readonly environmentMode: 'merge' | 'replace';
  /** Variables and secrets to take out. */
  readonly environmentRemove: readonly string[];
  /** Name → ARN of a secret or parameter. */
  readonly secrets: readonly Assignment[];
  /** Tags of the revision. */
  readonly tags: readonly Assignment[];
  readonly family: string | undefined;
  readonly cpu: string | undefined;
  readonly memory: string | undefined;
}

/** One thing that an override did, for the log and the summary. It holds no value of a variable. */
export type Change =
  | { readonly kind: 'task'; readonly name: 'family' | 'cpu' | 'memory'; readonly value: string }
  | { readonly kind: 'tag'; readonly name: string }
  | { readonly kind: 'image'; readonly container: string; readonly image: string }
  | { readonly kind: 'variable' | 'secret' | 'removed'; readonly container: string; readonly name: string };

export interface Overridden {
  readonly definition: TaskDefinition;
  readonly changes: readonly Change[];
  /** What the inputs ask for that this definition cannot have. */
  readonly problems: readonly Problem[];
}

/** Sets what the inputs say in a copy of the definition. Everything else, and every order, stays as it is. */
export function overrideTaskDefinition(definition: TaskDefinition, overrides: Overrides): Overridden {
  const problems: Problem[] = [];
  const edits = readEdits(definition, overrides, problems);
  refuseContradictions(edits, problems);
  const taken = edits.removed.filter((target) => isSet(definition, target));
  for (const name of new Set(edits.removed.map((target) => target.name)))
    if (!taken.some((target) => target.name === name)) problems.push(nothingToRemove(name));
  if (edits.isReplacing && overrides.environment.length === 0)
    problems.push(inputProblem('environment-mode', 'replace needs the variables to keep, in "environment"'));
  const containers = definition['containerDefinitions'];
  const tags = readTags(overrides.tags, problems);
  const { family, cpu, memory } = overrides;
  const task = Object.entries({ family, cpu, memory }).filter(
    (entry): entry is ['family' | 'cpu' | 'memory', string] => entry[1] !== undefined,
  );
  return {
    definition: withMembers(definition, {
      ...Object.fromEntries(task),
      ...(isList(containers)
        ? { containerDefinitions: containers.map((container) => editNamed(container, edits)) }
        : {}),
      ...(tags.size === 0 ? {} : { tags: setTags(definition, tags) }),
    }),
    changes: [
      ...task.map(([name, value]): Change => ({ kind: 'task', name, value })),
      ...[...tags.keys()].map((name): Change => ({ kind: 'tag', name })),
      ...listChanges({ ...edits, removed: taken }),
    ],
    problems,
  };
}

function readEdits(definition: TaskDefinition, overrides: Overrides, problems: Problem[]): ContainerEdits {
  const names = containerNamesOf(definition);
  const images = readImages(names, overrides.images, problems);
  const targets = createTargets(names, [...images.keys()], problems);
  const isReplacing = overrides.environmentMode === 'replace';
  const secrets = overrides.secrets.map(({ key, value }) => ({ key, value: value.trim() }));
  for (const { key } of secrets.filter(({ value }) => value === ''))
    problems.push(
      inputProblem('secrets', `the ARN of "${key}" is empty; check the step output it comes from`),
    );
  const removed = overrides.environmentRemove.map((key) => ({ key, value: '' }));
  return {
    images,
    isReplacing,
    environment: targets.assign('environment', overrides.environment, isReplacing),
    secrets: targets.assign('secrets', secrets, false),
    removed: targets.assign('environment-remove', removed, false),
  };
}

function nothingToRemove(name: string): Problem {
  return {
    kind: 'advice',
    path: [],
    message: `there is no "${name}" that environment-remove could take out`,
  };
}

function isSet(definition: TaskDefinition, { container, name }: Target): boolean {
  return containersOf(definition).some(
    ({ name: containerName, settings }) =>
      containerName === container &&
      [...objectsAt(settings, 'environment'), ...objectsAt(settings, 'secrets')].some(
        ({ item }) => textAt(item, 'name') === name,
      ),
  );
}

function readImages(
  containers: readonly string[],
  images: readonly Assignment[],
  problems: Problem[],
): Map<string, string> {
  const { expectContainer } = createTargets(containers, [], problems);
  const read = new Map<string, string>();
  for (const { key, value } of images) {
    const image = value.trim();
    if (!expectContainer('images', key)) continue;
    if (read.has(key)) problems.push(inputProblem('images', `container "${key}" is given two images`));
    else if (image === '')
      problems.push(
        inputProblem('images', `the image of "${key}" is empty; check the step output it comes from`),
      );
    else if (/\s/.test(image)) problems.push(inputProblem('images', `the image of "${key}" holds a blank`));
    else read.set(key, image);
  }
  return read;
}

function readTags(tags: readonly Assignment[], problems: Problem[]): Map<string, string> {
  const read = new Map<string, string>();
  for (const { key, value } of tags) {
    if (read.has(key)) problems.push(inputProblem('tags', `"${key}" is given twice`));
    read.set(key, value.trim());
  }
  return read;
}

function setTags(definition: TaskDefinition, tags: ReadonlyMap<string, string>): JsonValue {
  const form = { nameMember: 'key', valueMember: 'value' } as const;
  return setNamedEntries(listAt(definition, 'tags'), form, tags, new Set());
}

function editNamed(container: JsonValue, edits: ContainerEdits): JsonValue {
  const name = isObject(container) ? textAt(container, 'name') : undefined;
  return isObject(container) && name !== undefined ? editContainer(container, name, edits) : container;
}

function listChanges({ images, environment, secrets, removed }: ContainerEdits): Change[] {
  const named = (kind: 'variable' | 'secret' | 'removed', targets: readonly Target[]): Change[] =>
    targets.map(({ container, name }) => ({ kind, container, name }));
  return [
    ...[...images].map(([container, image]): Change => ({ kind: 'image', container, image })),
    ...named('variable', environment),
    ...named('secret', secrets),
    ...named('removed', removed),
  ];
}
