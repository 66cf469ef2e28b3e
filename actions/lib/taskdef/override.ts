import type { Assignment } from './assignment.ts';
import {
  isList,
  isObject,
  type JsonList,
  type JsonObject,
  listAt,
  textAt,
  withMembers,
} from './json-value.ts';
import { inputProblem, type Problem } from './problem.ts';
import { createTargets, type Target } from './target.ts';
import { containerNamesOf, containersOf, type TaskDefinition } from './task-definition.ts';

/** What the inputs say that the file does not. Keys are `[container.]NAME`. */
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
  readonly family: string | undefined;
  readonly cpu: string | undefined;
  readonly memory: string | undefined;
}

/** One thing that an override did, for the log and the summary. It holds no value of a variable. */
export type Change =
  | { readonly kind: 'task'; readonly name: 'family' | 'cpu' | 'memory'; readonly value: string }
  | { readonly kind: 'image'; readonly container: string; readonly image: string }
  | { readonly kind: 'variable' | 'secret' | 'removed'; readonly container: string; readonly name: string };

export interface Overridden {
  readonly definition: TaskDefinition;
  readonly changes: readonly Change[];
  /** What the inputs ask for that this definition cannot have. */
  readonly problems: readonly Problem[];
}

/**
 * Sets what the inputs say in a copy of the definition. A variable and a secret of one name exclude each other in ECS, so
 * the one that is set takes the other's place. Everything else, and every order, stays as it is.
 */
export function overrideTaskDefinition(definition: TaskDefinition, overrides: Overrides): Overridden {
  const problems: Problem[] = [];
  const images = readImages(definition, overrides.images, problems);
  const targets = createTargets(containerNamesOf(definition), [...images.keys()], problems);
  const edits = {
    images,
    environment: targets.assign(
      'environment',
      overrides.environment,
      overrides.environmentMode === 'replace',
    ),
    secrets: targets.assign('secrets', overrides.secrets, false),
    removed: targets.assign(
      'environment-remove',
      overrides.environmentRemove.map((key) => ({ key, value: '' })),
      false,
    ),
  };
  refuseContradictions(edits, problems);
  const isReplacing = overrides.environmentMode === 'replace';
  if (isReplacing && overrides.environment.length === 0)
    problems.push(inputProblem('environment-mode', 'replace needs the variables to keep, in "environment"'));
  const containers = containersOf(definition).map(({ index, name, settings }) => ({
    index,
    edited: name === undefined ? settings : editContainer(settings, name, edits, isReplacing),
  }));
  const task = taskMembers(overrides);
  const list = definition['containerDefinitions'];
  const edited = new Map(containers.map(({ index, edited: container }) => [index, container]));
  return {
    definition: withMembers(definition, {
      ...task,
      ...(isList(list) ? { containerDefinitions: list.map((item, index) => edited.get(index) ?? item) } : {}),
    }),
    changes: listChanges(task, edits),
    problems,
  };
}

interface Edits {
  readonly images: ReadonlyMap<string, string>;
  readonly environment: readonly Target[];
  readonly secrets: readonly Target[];
  readonly removed: readonly Target[];
}

function readImages(
  definition: TaskDefinition,
  images: readonly Assignment[],
  problems: Problem[],
): Map<string, string> {
  const targets = createTargets(containerNamesOf(definition), [], problems);
  const read = new Map<string, string>();
  for (const { key, value } of images) {
    const image = value.trim();
    if (!targets.expectContainer('images', key)) continue;
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

function refuseContradictions({ environment, secrets, removed }: Edits, problems: Problem[]): void {
  const seen = new Map<string, string>();
  for (const [input, targets] of [
    ['environment', environment],
    ['secrets', secrets],
    ['environment-remove', removed],
  ] as const) {
    for (const { container, name } of targets) {
      const id = `${container}.${name}`;
      const other = seen.get(id);
      if (other === undefined) seen.set(id, input);
      else
        problems.push(
          inputProblem(
            input,
            other === input ? `"${id}" is given twice` : `"${id}" is also given by "${other}"`,
          ),
        );
    }
  }
}

function editContainer(
  settings: JsonObject,
  container: string,
  edits: Edits,
  isReplacing: boolean,
): JsonObject {
  const mine = (targets: readonly Target[]): Target[] =>
    targets.filter((target) => target.container === container);
  const variables = mine(edits.environment);
  const secrets = mine(edits.secrets);
  const image = edits.images.get(container);
  const gone = new Set(mine(edits.removed).map(({ name }) => name));
  const members: Record<string, JsonList> = {};
  if (variables.length + secrets.length + gone.size > 0) {
    const isSecret = new Set(secrets.map(({ name }) => name));
    const isVariable = new Set(variables.map(({ name }) => name));
    const kept = isReplacing && variables.length > 0 ? [] : listAt(settings, 'environment');
    members['environment'] = setEntries(kept, new Set([...gone, ...isSecret]), variables, 'value');
    const before = listAt(settings, 'secrets');
    members['secrets'] = setEntries(before, new Set([...gone, ...isVariable]), secrets, 'valueFrom');
  }
  // An empty list appears only where the file had one.
  const edited = Object.entries(members).filter(
    ([name, list]) => list.length > 0 || Object.hasOwn(settings, name),
  );
  return withMembers(settings, { ...(image === undefined ? {} : { image }), ...Object.fromEntries(edited) });
}

// Set in place where the name is there (further entries of that name go), else at the end.
function setEntries(
  entries: JsonList,
  gone: ReadonlySet<string>,
  targets: readonly Target[],
  member: 'value' | 'valueFrom',
): JsonList {
  const values = new Map(targets.map(({ name, value }) => [name, value]));
  const placed = new Set<string>();
  const kept = entries.flatMap((entry) => {
    const name = (isObject(entry) ? textAt(entry, 'name') : undefined) ?? '';
    const value = values.get(name);
    if (gone.has(name) || placed.has(name)) return [];
    if (value === undefined) return [entry];
    placed.add(name);
    return [{ name, [member]: value }];
  });
  const added = [...values].filter(([name]) => !placed.has(name));
  return [...kept, ...added.map(([name, value]) => ({ name, [member]: value }))];
}

function taskMembers({ family, cpu, memory }: Overrides): Record<string, string> {
  const members = { family, cpu, memory };
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

function listChanges(task: Readonly<Record<string, string>>, edits: Edits): Change[] {
  const named = (kind: 'variable' | 'secret' | 'removed', targets: readonly Target[]): Change[] =>
    targets.map(({ container, name }) => ({ kind, container, name }));
  return [
    ...Object.entries(task).map(
      ([name, value]) => ({ kind: 'task', name: name as 'family', value }) as const,
    ),
    ...[...edits.images].map(([container, image]) => ({ kind: 'image', container, image }) as const),
    ...named('variable', edits.environment),
    ...named('secret', edits.secrets),
    ...named('removed', edits.removed),
  ];
}
