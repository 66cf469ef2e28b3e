import { nearestName } from '../message/nearest-name.ts';
import { listAt, objectAt, objectsAt, textAt } from './json-value.ts';
import { type Problem, rule } from './problem.ts';
import { type Container, containerNamesOf, containersOf, type TaskDefinition } from './task-definition.ts';

/** Whether every container and volume that something names is there. */
export function checkReferences(definition: TaskDefinition): Problem[] {
  const containers = containerNamesOf(definition);
  const volumes = objectsAt(definition, 'volumes').flatMap(({ item }) => textAt(item, 'name') ?? []);
  const problems: Problem[] = [];
  const expect = (
    kind: string,
    legal: readonly string[],
    name: string | undefined,
    path: Problem['path'],
  ) => {
    if (name !== undefined && !legal.includes(name)) problems.push(unknownName(kind, name, legal, path));
  };
  for (const { index, settings } of containersOf(definition)) {
    const path = ['containerDefinitions', index];
    for (const { index: at, item } of objectsAt(settings, 'mountPoints'))
      expect('volume', volumes, textAt(item, 'sourceVolume'), [...path, 'mountPoints', at, 'sourceVolume']);
    for (const { index: at, item } of objectsAt(settings, 'volumesFrom'))
      expect('container', containers, textAt(item, 'sourceContainer'), [
        ...path,
        'volumesFrom',
        at,
        'sourceContainer',
      ]);
    for (const { index: at, item } of objectsAt(settings, 'dependsOn'))
      expect('container', containers, textAt(item, 'containerName'), [
        ...path,
        'dependsOn',
        at,
        'containerName',
      ]);
    for (const [at, link] of listAt(settings, 'links').entries())
      if (typeof link === 'string')
        expect('container', containers, link.split(':')[0], [...path, 'links', at]);
  }
  const proxy = objectAt(definition, 'proxyConfiguration');
  if (proxy !== undefined)
    expect('container', containers, textAt(proxy, 'containerName'), ['proxyConfiguration', 'containerName']);
  return problems;
}

function unknownName(kind: string, name: string, legal: readonly string[], path: Problem['path']): Problem {
  const meant = nearestName(name, legal);
  const help =
    meant !== undefined
      ? `did you mean "${meant}"?`
      : legal.length > 0
        ? `there are: ${legal.join(', ')}`
        : 'there is none';
  return { kind: 'rule', path, message: `there is no ${kind} "${name}"; ${help}` };
}

/** What ECS asks of `dependsOn`: no circle, and conditions that the other container can fulfil. */
export function checkDependencies(definition: TaskDefinition): Problem[] {
  const containers = containersOf(definition);
  return [...checkCircles(containers), ...checkConditions(containers)];
}

function dependenciesOf({
  settings,
}: Container): { at: number; name: string; condition: string | undefined }[] {
  return objectsAt(settings, 'dependsOn').flatMap(({ index: at, item }) => {
    const name = textAt(item, 'containerName');
    return name === undefined ? [] : [{ at, name, condition: textAt(item, 'condition') }];
  });
}

// Depth first; a container met again on the way down closes a circle, which is reported once, where it closes.
function checkCircles(containers: readonly Container[]): Problem[] {
  const byName = new Map(containers.map((container) => [container.name, container]));
  const finished = new Set<string>();
  const problems: Problem[] = [];
  const visit = (container: Container, way: readonly string[]): void => {
    if (container.name === undefined || finished.has(container.name)) return;
    const here = [...way, container.name];
    for (const { at, name } of dependenciesOf(container)) {
      const next = byName.get(name);
      if (here.includes(name)) {
        const circle = [...here.slice(here.indexOf(name)), name].join(' → ');
        const path = ['containerDefinitions', container.index, 'dependsOn', at];
        problems.push({
          kind: 'rule',
          path,
          message: `the containers wait for each other in a circle: ${circle}`,
        });
      } else if (next !== undefined) {
        visit(next, here);
      }
    }
    finished.add(container.name);
  };
  for (const container of containers) visit(container, []);
  return problems;
}

// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html: COMPLETE and SUCCESS cannot be
// set on an essential container, HEALTHY asks for a health check in the task definition.
function checkConditions(containers: readonly Container[]): Problem[] {
  const byName = new Map(containers.map((container) => [container.name, container]));
  return containers.flatMap((container) =>
    dependenciesOf(container).flatMap(({ at, name, condition }) => {
      const other = byName.get(name);
      if (other === undefined) return [];
      const path = ['containerDefinitions', container.index, 'dependsOn', at, 'condition'];
      if (condition === 'HEALTHY' && other.settings['healthCheck'] === undefined)
        return [rule(path, `HEALTHY needs a "healthCheck" in container "${name}", which has none`)];
      if ((condition === 'COMPLETE' || condition === 'SUCCESS') && other.settings['essential'] !== false)
        return [
          rule(
            path,
            `${condition} waits for "${name}" to end, which as an essential container it must not; set its "essential" to false`,
          ),
        ];
      return [];
    }),
  );
}
