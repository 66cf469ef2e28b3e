import { listAt, numberAt, objectAt, objectsAt, textAt } from './json-value.ts';
import { type Problem, rule } from './problem.ts';
import { type Container, containersOf, type TaskDefinition } from './task-definition.ts';

// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html
const maximumContainers = 10;
const namePattern = /^[A-Za-z0-9_-]{1,255}$/;

/** What ECS asks of the containers one by one, and of their number and names together. */
export function checkContainers(definition: TaskDefinition): Problem[] {
  const containers = containersOf(definition);
  const count = listAt(definition, 'containerDefinitions').length;
  const problems = containers.flatMap((container) => [
    ...checkName(container, containers),
    ...checkImage(container),
    ...checkSecretNames(container),
  ]);
  if (Array.isArray(definition['containerDefinitions']) && count === 0)
    problems.push(rule(['containerDefinitions'], 'there is no container; a task needs at least one'));
  if (count > maximumContainers)
    problems.push(
      rule(['containerDefinitions'], `there are ${count} containers; ECS takes up to ${maximumContainers}`),
    );
  // `essential` is true unless said otherwise.
  if (containers.length > 0 && containers.every(({ settings }) => settings['essential'] === false))
    problems.push(rule(['containerDefinitions'], 'no container is essential; a task needs at least one'));
  return problems;
}

function checkName({ index, name }: Container, containers: readonly Container[]): Problem[] {
  const path = ['containerDefinitions', index, 'name'];
  if (name === undefined) return [rule(['containerDefinitions', index], 'the container has no "name"')];
  if (!namePattern.test(name))
    return [
      rule(path, 'a container name is 1 to 255 letters, digits, hyphens and underscores, without blanks'),
    ];
  const first = containers.find((other) => other.name === name);
  if (first === undefined || first.index === index) return [];
  return [rule(path, `containerDefinitions[${first.index}] is already called "${name}"; names must differ`)];
}

function checkImage({ index, name, settings }: Container): Problem[] {
  if (settings['image'] !== undefined && settings['image'] !== '') return [];
  const who = name === undefined ? 'the container' : `container "${name}"`;
  return [rule(['containerDefinitions', index], `${who} has no image; set it here or by the input "images"`)];
}

// ECS: "The secret name must be unique and not shared with any new or existing environment variables set on the container".
function checkSecretNames({ index, settings }: Container): Problem[] {
  const variables = new Set(objectsAt(settings, 'environment').map(({ item }) => textAt(item, 'name')));
  const seen = new Set<string>();
  return objectsAt(settings, 'secrets').flatMap(({ index: at, item }) => {
    const name = textAt(item, 'name');
    if (name === undefined) return [];
    const isRepeated = seen.has(name);
    seen.add(name);
    if (!isRepeated && !variables.has(name)) return [];
    const other = isRepeated ? 'another secret' : 'an environment variable';
    const path = ['containerDefinitions', index, 'secrets', at, 'name'];
    return [rule(path, `"${name}" is also the name of ${other} of this container; ECS takes each name once`)];
  });
}

/** What ECS asks of memory at container level; it depends on the launch type in part, so it is advice. */
export function checkContainerMemory(definition: TaskDefinition): Problem[] {
  const hasTaskMemory = definition['memory'] !== undefined;
  return containersOf(definition).flatMap(({ index, settings }) => {
    const path = ['containerDefinitions', index];
    const hard = numberAt(settings, 'memory');
    const soft = numberAt(settings, 'memoryReservation');
    if (hard !== undefined && soft !== undefined && hard < soft)
      return [rule([...path, 'memory'], '"memory" must not be smaller than "memoryReservation"')];
    if (hasTaskMemory || hard !== undefined || soft !== undefined) return [];
    const message = 'without a task "memory", ECS asks every container for "memory" or "memoryReservation"';
    return [{ kind: 'advice', path, message }];
  });
}

/** Whether something needs the execution role that is not there. ECS refuses some of it only on Fargate, so it is advice. */
export function checkExecutionRole(definition: TaskDefinition): Problem[] {
  if (definition['executionRoleArn'] !== undefined) return [];
  return containersOf(definition).flatMap(({ index, settings }): Problem[] => {
    const log = objectAt(settings, 'logConfiguration');
    const needs = [
      ...(listAt(settings, 'secrets').length > 0 ? ['secrets'] : []),
      ...(log !== undefined && listAt(log, 'secretOptions').length > 0 ? ['log secretOptions'] : []),
      ...(settings['repositoryCredentials'] !== undefined ? ['repositoryCredentials'] : []),
    ];
    if (needs.length === 0) return [];
    const message = `${needs.join(' and ')} need an "executionRoleArn" that may read them`;
    return [{ kind: 'advice', path: ['containerDefinitions', index], message }];
  });
}
