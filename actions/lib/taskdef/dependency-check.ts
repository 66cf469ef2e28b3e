import { objectsAt, textAt } from './json-value.ts';
import { type Problem, rule } from './problem.ts';
import { type Container, containersOf, type TaskDefinition } from './task-definition.ts';

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

// Takes away the containers that wait for nobody, then those that waited for them only, and so on. What cannot be taken away
// is in a circle or waits for one. Each circle is reported once, at the container that closes it.
function checkCircles(containers: readonly Container[]): Problem[] {
  const indexes = new Map(containers.map(({ name, index }) => [name ?? '', index]));
  const waits = new Map<string, Set<string>>();
  const waiters = new Map<string, string[]>();
  for (const container of containers) {
    const names = dependenciesOf(container).flatMap(({ name }) => (indexes.has(name) ? [name] : []));
    waits.set(container.name ?? '', new Set(names));
    for (const name of new Set(names))
      waiters.set(name, [...(waiters.get(name) ?? []), container.name ?? '']);
  }
  takeAway(
    [...waits].flatMap(([name, names]) => (names.size === 0 ? [name] : [])),
    waits,
    waiters,
  );
  const problems: Problem[] = [];
  for (let circle = findCircle(waits); circle !== undefined; circle = findCircle(waits)) {
    const path = ['containerDefinitions', indexes.get(circle.at(-1) ?? '') ?? 0, 'dependsOn'];
    const way = [...circle, circle[0]].join(' → ');
    problems.push(rule(path, `the containers wait for each other in a circle: ${way}`));
    takeAway(circle, waits, waiters);
  }
  return problems;
}

function takeAway(
  names: readonly string[],
  waits: Map<string, Set<string>>,
  waiters: ReadonlyMap<string, readonly string[]>,
): void {
  const free = [...names];
  for (let name = free.pop(); name !== undefined; name = free.pop()) {
    waits.delete(name);
    for (const waiter of waiters.get(name) ?? []) {
      waits.get(waiter)?.delete(name);
      if (waits.get(waiter)?.size === 0) free.push(waiter);
    }
  }
}

/** The first circle that one comes to by following what waits for something; undefined when nothing does. */
function findCircle(waits: ReadonlyMap<string, ReadonlySet<string>>): string[] | undefined {
  const way = new Set<string>();
  let [name] = waits.keys();
  while (name !== undefined && !way.has(name)) {
    way.add(name);
    [name] = waits.get(name) ?? [];
  }
  return name === undefined ? undefined : [...way].slice([...way].indexOf(name));
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
