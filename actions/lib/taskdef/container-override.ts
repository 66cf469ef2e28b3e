import { type JsonList, type JsonObject, listAt, withMembers } from './json-value.ts';
import { setNamedEntries } from './named-entries.ts';
import { inputProblem, type Problem } from './problem.ts';
import type { Target } from './target.ts';

/** What the inputs set in containers, each value at its container. */
export interface ContainerEdits {
  readonly images: ReadonlyMap<string, string>;
  readonly environment: readonly Target[];
  /** A container with a value in `environment` keeps none of its other plain variables. */
  readonly isReplacing: boolean;
  readonly secrets: readonly Target[];
  readonly removed: readonly Target[];
}

/**
 * A copy of the container with its edits. A variable and a secret of one name exclude each other in ECS, so the one that is
 * set takes the other's place.
 */
export function editContainer(settings: JsonObject, container: string, edits: ContainerEdits): JsonObject {
  const image = edits.images.get(container);
  const withImage = image === undefined ? settings : withMembers(settings, { image });
  const variables = valuesOf(edits.environment, container);
  const secrets = valuesOf(edits.secrets, container);
  const removed = valuesOf(edits.removed, container);
  if (variables.size + secrets.size + removed.size === 0) return withImage;
  const environment = setNamedEntries(
    edits.isReplacing && variables.size > 0 ? [] : listAt(settings, 'environment'),
    { nameMember: 'name', valueMember: 'value' },
    variables,
    new Set([...removed.keys(), ...secrets.keys()]),
  );
  const secretList = setNamedEntries(
    listAt(settings, 'secrets'),
    { nameMember: 'name', valueMember: 'valueFrom' },
    secrets,
    new Set([...removed.keys(), ...variables.keys()]),
  );
  // An empty list appears only where the file had a list.
  const lists = Object.entries({ environment, secrets: secretList }).filter(
    ([name, list]: [string, JsonList]) => list.length > 0 || Object.hasOwn(settings, name),
  );
  return withMembers(withImage, Object.fromEntries(lists));
}

/** Notes as problems what one input says twice, or two inputs say differently. */
export function refuseContradictions(edits: ContainerEdits, problems: Problem[]): void {
  const seen = new Map<string, string>();
  const inputs = [
    ['environment', edits.environment],
    ['secrets', edits.secrets],
    ['environment-remove', edits.removed],
  ] as const;
  for (const [input, targets] of inputs) {
    for (const { container, name } of targets) {
      const id = `${container}.${name}`;
      const other = seen.get(id);
      seen.set(id, input);
      if (other === input) problems.push(inputProblem(input, `"${id}" is given twice`));
      else if (other !== undefined) problems.push(inputProblem(input, `"${id}" is also given by "${other}"`));
    }
  }
}

function valuesOf(targets: readonly Target[], container: string): Map<string, string> {
  const mine = targets.filter((target) => target.container === container);
  return new Map(mine.map(({ name, value }) => [name, value]));
}
