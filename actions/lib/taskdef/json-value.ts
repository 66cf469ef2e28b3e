/** Plain data as JSON can hold it. Values are never changed in place: what alters one returns a new one. */
export type JsonValue = string | number | boolean | null | JsonList | JsonObject;
export type JsonList = readonly JsonValue[];
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** Where a value stands inside a document: member names and list indexes from the root. */
export type JsonPath = readonly (string | number)[];

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: JsonValue | undefined): value is JsonList {
  return Array.isArray(value);
}

/** The member's value if it is text, else undefined. Only own members count, whatever their name. */
export function textAt(object: JsonObject, name: string): string | undefined {
  const value = memberAt(object, name);
  return typeof value === 'string' ? value : undefined;
}

export function numberAt(object: JsonObject, name: string): number | undefined {
  const value = memberAt(object, name);
  return typeof value === 'number' ? value : undefined;
}

export function objectAt(object: JsonObject, name: string): JsonObject | undefined {
  const value = memberAt(object, name);
  return isObject(value) ? value : undefined;
}

/** The member's items, or none when it is absent or no list. */
export function listAt(object: JsonObject, name: string): JsonList {
  const value = memberAt(object, name);
  return isList(value) ? value : [];
}

/** The objects in a list member, each with its index in the list. */
export function objectsAt(object: JsonObject, name: string): { index: number; item: JsonObject }[] {
  return listAt(object, name).flatMap((item, index) => (isObject(item) ? [{ index, item }] : []));
}

/** A copy with the members given set, and those given as undefined removed. */
export function withMembers(
  object: JsonObject,
  members: Readonly<Record<string, JsonValue | undefined>>,
): JsonObject {
  const entries = Object.entries({ ...object, ...members });
  return Object.fromEntries(entries.filter((entry): entry is [string, JsonValue] => entry[1] !== undefined));
}

/** `containerDefinitions[0].environment[2].value`; names that are no plain identifiers stand in quotes. */
export function sayPath(path: JsonPath): string {
  const parts = path.map((step) => {
    if (typeof step === 'number') return `[${step}]`;
    return /^[A-Za-z_][\w-]*$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
  });
  return parts.join('').replace(/^\./, '');
}

function memberAt(object: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
