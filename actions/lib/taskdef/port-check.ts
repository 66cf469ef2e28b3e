import { type JsonObject, listAt, numberAt, objectsAt, textAt } from './json-value.ts';
import { type Problem, rule } from './problem.ts';
import { containersOf, type TaskDefinition } from './task-definition.ts';

/**
 * What ECS asks of ports and links by network mode.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html
 */
export function checkPorts(definition: TaskDefinition): Problem[] {
  const mode = textAt(definition, 'networkMode');
  return containersOf(definition).flatMap(({ index, settings }) => {
    const path = ['containerDefinitions', index];
    const mappings = objectsAt(settings, 'portMappings');
    const problems = mappings.flatMap(({ index: at, item }) =>
      checkMapping(item, mode, [...path, 'portMappings', at]),
    );
    if (mode === 'none' && mappings.length > 0)
      problems.push(rule([...path, 'portMappings'], 'networkMode none takes no port mappings'));
    if ((mode === 'awsvpc' || mode === 'host') && listAt(settings, 'links').length > 0)
      problems.push(rule([...path, 'links'], `links work in networkMode bridge only, not in ${mode}`));
    return problems;
  });
}

function checkMapping(mapping: JsonObject, mode: string | undefined, path: Problem['path']): Problem[] {
  const containerPort = numberAt(mapping, 'containerPort');
  const hostPort = numberAt(mapping, 'hostPort');
  if (mapping['containerPort'] === undefined && mapping['containerPortRange'] === undefined)
    return [rule(path, 'a port mapping needs a "containerPort" or a "containerPortRange"')];
  if (mapping['containerPort'] !== undefined && mapping['containerPortRange'] !== undefined)
    return [rule(path, '"containerPort" and "containerPortRange" exclude each other')];
  if (containerPort !== undefined && (containerPort < 1 || containerPort > 65_535))
    return [rule([...path, 'containerPort'], `a port is 1 to 65535, got ${containerPort}`)];
  if (hostPort !== undefined && (hostPort < 0 || hostPort > 65_535))
    return [rule([...path, 'hostPort'], `a port is 0 to 65535, got ${hostPort}`)];
  const isShared = mode === 'awsvpc' || mode === 'host';
  if (
    isShared &&
    containerPort !== undefined &&
    hostPort !== undefined &&
    hostPort !== 0 &&
    hostPort !== containerPort
  )
    return [
      rule(
        [...path, 'hostPort'],
        `in networkMode ${mode} the hostPort is the containerPort: leave it out or set it to ${containerPort}, not ${hostPort}`,
      ),
    ];
  return [];
}
