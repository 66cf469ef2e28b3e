import { nearestName } from '../message/nearest-name.ts';
import { listAt, objectAt, objectsAt, textAt } from './json-value.ts';
import type { Problem } from './problem.ts';
import { containerNamesOf, containersOf, type TaskDefinition } from './task-definition.ts';

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
