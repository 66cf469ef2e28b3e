import { isList, isObject, type JsonList, type JsonObject, type JsonValue, textAt } from './json-value.ts';
import { readOnlyNames, type TaskDefinition } from './task-definition.ts';
import { parseCpuUnits, parseMemoryMib } from './task-size.ts';

// Lists in which ECS keeps no order: it hands `environment` back in any, and so do others now and then. `command`,
// `entryPoint`, `environmentFiles` (the earlier file wins), `dnsServers` and `mountOptions` are not among them.
const unorderedLists = new Set([
  'add',
  'containerDefinitions',
  'dependsOn',
  'devices',
  'dockerSecurityOptions',
  'drop',
  'environment',
  'extraHosts',
  'ignoredExitCodes',
  'inferenceAccelerators',
  'links',
  'mountPoints',
  'permissions',
  'placementConstraints',
  'portMappings',
  'properties',
  'requiresCompatibilities',
  'resourceRequirements',
  'secretOptions',
  'secrets',
  'systemControls',
  'tmpfs',
  'ulimits',
  'volumes',
  'volumesFrom',
]);

// What ECS fills in, by the member that holds the structure ('' for the task itself). Empty lists and objects and `false`
// mean the same as absence everywhere but for `essential`.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html
const defaults = new Map<string, JsonObject>([
  ['', { networkMode: 'bridge' }],
  ['containerDefinitions', { cpu: 0, essential: true, versionConsistency: 'enabled' }],
  ['portMappings', { hostPort: 0, protocol: 'tcp' }],
  ['healthCheck', { interval: 30, timeout: 5, retries: 3, startPeriod: 0 }],
  ['restartPolicy', { restartAttemptPeriod: 300 }],
  ['runtimePlatform', { operatingSystemFamily: 'LINUX', cpuArchitecture: 'X86_64' }],
  ['efsVolumeConfiguration', { rootDirectory: '/', transitEncryption: 'DISABLED' }],
  ['s3filesVolumeConfiguration', { rootDirectory: '/' }],
  ['authorizationConfig', { iam: 'DISABLED' }],
  ['dockerVolumeConfiguration', { scope: 'task', driver: 'local' }],
  ['proxyConfiguration', { type: 'APPMESH' }],
]);

/**
 * Whether two task definitions are the same to ECS: registering the one where the other is registered would change nothing
 * about the tasks. A definition read from a file and the revision described after registering it are equal, though ECS fills
 * in defaults, reorders lists and adds read-only members. Tags do not count: they describe a revision and change with every
 * run.
 *
 * `import { equalTaskDefinitions } from 'actions/lib/taskdef/canonical.ts'`
 */
export function equalTaskDefinitions(a: TaskDefinition, b: TaskDefinition): boolean {
  return sortedText(canonicalTaskDefinition(a)) === sortedText(canonicalTaskDefinition(b));
}

/** The form in which task definitions that mean the same are the same: no defaults, no order where ECS keeps none. */
export function canonicalTaskDefinition(definition: TaskDefinition): JsonObject {
  const settable = Object.entries(definition).filter(
    ([name]) => name !== 'tags' && !readOnlyNames.includes(name),
  );
  const sharesPorts = ['awsvpc', 'host'].includes(textAt(definition, 'networkMode') ?? '');
  const members = settable.map(([name, value]): [string, JsonValue] => [name, normalTaskMember(name, value)]);
  return prune(Object.fromEntries(members), '', sharesPorts);
}

/** JSON text that does not depend on the order of keys. */
export function sortedText(value: JsonValue): string {
  return JSON.stringify(value, (_key, item: JsonValue) =>
    isObject(item) ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => compareText(a, b))) : item,
  );
}

function normalTaskMember(name: string, value: JsonValue): JsonValue {
  if (typeof value !== 'string') return value;
  switch (name) {
    case 'cpu':
      return String(parseCpuUnits(value) ?? value);
    case 'memory':
      return String(parseMemoryMib(value) ?? value);
    // A role may be given by name or ARN. Names are unique in an account, whatever the path, and it is always this account.
    case 'taskRoleArn':
    case 'executionRoleArn':
      return /^arn:[^:]+:iam::\d+:role\/(?:.*\/)?([^/]+)$/.exec(value)?.[1] ?? value;
    default:
      return value;
  }
}

function prune(object: JsonObject, holder: string, sharesPorts: boolean): JsonObject {
  const known = defaults.get(holder) ?? {};
  const kept = Object.entries(object).flatMap(([name, value]): [string, JsonValue][] => {
    const item = pruneValue(value, name, sharesPorts);
    if (item === null || isEmpty(item) || item === known[name]) return [];
    if (item === false && known[name] !== true) return [];
    if (name === 'hostPort' && sharesPorts && item === object['containerPort']) return [];
    return [[name, item]];
  });
  return Object.fromEntries(kept);
}

function pruneValue(value: JsonValue, holder: string, sharesPorts: boolean): JsonValue {
  if (isObject(value)) return prune(value, holder, sharesPorts);
  if (!isList(value)) return value;
  const items = value.map((item) => pruneValue(item, holder, sharesPorts));
  return unorderedLists.has(holder) ? sortItems(items) : items;
}

// By name where items have one, and stable, as of two variables of one name the last wins.
function sortItems(items: JsonList): JsonList {
  const keyed = items.map((item) => ({
    key: (isObject(item) ? textAt(item, 'name') : undefined) ?? sortedText(item),
    item,
  }));
  return keyed.sort((a, b) => compareText(a.key, b.key)).map(({ item }) => item);
}

function isEmpty(value: JsonValue): boolean {
  return isList(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
