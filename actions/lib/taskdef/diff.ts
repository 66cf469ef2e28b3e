import { canonicalTaskDefinition, sortedText } from './canonical.ts';
import { isList, isObject, type JsonList, type JsonObject, type JsonValue, textAt } from './json-value.ts';
import type { TaskDefinition } from './task-definition.ts';

/** One difference between two task definitions. Values of variables and secrets are not part of it. */
export type Difference =
  | { readonly kind: 'container'; readonly change: 'added' | 'removed'; readonly container: string }
  | {
      readonly kind: 'variable' | 'secret';
      readonly change: 'added' | 'changed' | 'removed';
      readonly container: string;
      readonly name: string;
    }
  | {
      readonly kind: 'setting';
      /** Undefined for a setting of the task. */
      readonly container: string | undefined;
      /** `image`, `logConfiguration.logDriver`, `volumes.data.host`; list items that have a name stand under it. */
      readonly setting: string;
      /** What it was and is, as text to show; undefined where it was or is not there, or must not be shown. */
      readonly before: string | undefined;
      readonly after: string | undefined;
      readonly change: 'added' | 'changed' | 'removed';
    };

/**
 * What changes when `after` takes the place of `before`, by meaning: ECS's defaults, read-only members, tags and the order
 * of lists that have none do not show. Empty exactly when `equalTaskDefinitions` holds.
 */
export function diffTaskDefinitions(before: TaskDefinition, after: TaskDefinition): Difference[] {
  const { containerDefinitions: oldContainers, ...oldTask } = canonicalTaskDefinition(before);
  const { containerDefinitions: newContainers, ...newTask } = canonicalTaskDefinition(after);
  const differences = [
    ...diffSettings(oldTask, newTask, undefined, ''),
    ...diffContainers(keyed(oldContainers), keyed(newContainers)),
  ];
  // Two containers of one name, or a list where ECS has none, escape the comparison by name; ECS refuses both.
  const isMissed =
    differences.length === 0 && sortedText(oldContainers ?? []) !== sortedText(newContainers ?? []);
  return isMissed
    ? [settingDifference(undefined, 'containerDefinitions', oldContainers, newContainers)]
    : differences;
}

function diffContainers(
  before: ReadonlyMap<string, JsonValue>,
  after: ReadonlyMap<string, JsonValue>,
): Difference[] {
  return bothKeys(before, after).flatMap((container): Difference[] => {
    const old = before.get(container);
    const fresh = after.get(container);
    if (!isObject(old)) return [{ kind: 'container', change: 'added', container }];
    if (!isObject(fresh)) return [{ kind: 'container', change: 'removed', container }];
    const { environment: oldVariables, secrets: oldSecrets, ...oldSettings } = old;
    const { environment: newVariables, secrets: newSecrets, ...newSettings } = fresh;
    return [
      ...diffSettings(oldSettings, newSettings, container, ''),
      ...diffNames('variable', container, oldVariables, newVariables),
      ...diffNames('secret', container, oldSecrets, newSecrets),
    ];
  });
}

function diffNames(
  kind: 'variable' | 'secret',
  container: string,
  before: JsonValue | undefined,
  after: JsonValue | undefined,
): Difference[] {
  const old = grouped(before);
  const fresh = grouped(after);
  return bothKeys(old, fresh).flatMap((name): Difference[] => {
    const change = changeOf(old.get(name), fresh.get(name));
    return change === undefined ? [] : [{ kind, change, container, name }];
  });
}

function diffSettings(
  before: JsonObject,
  after: JsonObject,
  container: string | undefined,
  prefix: string,
): Difference[] {
  const old = new Map(Object.entries(before));
  const fresh = new Map(Object.entries(after));
  return bothKeys(old, fresh).flatMap((name): Difference[] => {
    const [a, b] = [old.get(name), fresh.get(name)];
    const setting = `${prefix}${name}`;
    if (changeOf(a, b) === undefined) return [];
    const [inA, inB] = [innerOf(a), innerOf(b)];
    if (inA !== undefined && inB !== undefined) return diffSettings(inA, inB, container, `${setting}.`);
    return [settingDifference(container, setting, a, b)];
  });
}

function settingDifference(
  container: string | undefined,
  setting: string,
  before: JsonValue | undefined,
  after: JsonValue | undefined,
): Difference {
  const isHidden = setting.split('.').some((name) => hiddenNames.has(name));
  return {
    kind: 'setting',
    container,
    setting,
    before: isHidden ? undefined : say(before),
    after: isHidden ? undefined : say(after),
    change: changeOf(before, after) ?? 'changed',
  };
}

// Log drivers take tokens in their options (`splunk-token`), volume drivers passwords, and labels whatever people put there.
const hiddenNames = new Set([
  'dockerLabels',
  'driverOpts',
  'environment',
  'labels',
  'options',
  'properties',
  'secretOptions',
  'secrets',
]);

function holdsHidden(value: JsonValue): boolean {
  if (isList(value)) return value.some(holdsHidden);
  return (
    isObject(value) &&
    Object.entries(value).some(([name, item]) => hiddenNames.has(name) || holdsHidden(item))
  );
}

/** The members of an object, or of a list by the names of its items; undefined for all else. */
function innerOf(value: JsonValue | undefined): JsonObject | undefined {
  if (isObject(value)) return value;
  if (!isList(value) || value.length === 0) return undefined;
  const names = value.map((item) => (isObject(item) ? textAt(item, 'name') : undefined));
  if (names.includes(undefined) || new Set(names).size < names.length) return undefined;
  return Object.fromEntries(value.map((item, index) => [String(names[index]), item]));
}

function keyed(value: JsonValue | undefined): Map<string, JsonValue> {
  const items = isList(value) ? value : [];
  return new Map(
    items.map((item, index) => [(isObject(item) ? textAt(item, 'name') : undefined) ?? `#${index}`, item]),
  );
}

// All entries of one name together, in their order: of equal names the last one wins.
function grouped(value: JsonValue | undefined): Map<string, JsonList> {
  const groups = new Map<string, JsonList>();
  for (const item of isList(value) ? value : []) {
    const name = (isObject(item) ? textAt(item, 'name') : undefined) ?? '';
    groups.set(name, [...(groups.get(name) ?? []), item]);
  }
  return groups;
}

function changeOf(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
): 'added' | 'changed' | 'removed' | undefined {
  if (before === undefined) return after === undefined ? undefined : 'added';
  if (after === undefined) return 'removed';
  return sortedText(before) === sortedText(after) ? undefined : 'changed';
}

function bothKeys(a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): string[] {
  return [...new Set([...a.keys(), ...b.keys()])];
}

function say(value: JsonValue | undefined): string | undefined {
  if (value === undefined || holdsHidden(value)) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
