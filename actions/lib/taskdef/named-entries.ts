import { isObject, type JsonList, textAt } from './json-value.ts';

/** How a list keeps names and values: variables, secrets and tags each have their own member names. */
export interface EntryForm {
  readonly nameMember: 'name' | 'key';
  readonly valueMember: 'value' | 'valueFrom';
}

/**
 * Sets entries in place where their name is there, else at the end, and takes out the names in `gone`. Of several entries
 * of a name that is set, the first stays. Entries of another form stay too: what is wrong with them is reported elsewhere.
 */
export function setNamedEntries(
  entries: JsonList,
  form: EntryForm,
  values: ReadonlyMap<string, string>,
  gone: ReadonlySet<string>,
): JsonList {
  const { nameMember, valueMember } = form;
  const placed = new Set<string>();
  const kept = entries.flatMap((entry) => {
    const name = isObject(entry) ? textAt(entry, nameMember) : undefined;
    if (name === undefined) return [entry];
    const value = values.get(name);
    if (gone.has(name) || placed.has(name)) return [];
    if (value === undefined) return [entry];
    placed.add(name);
    return [{ [nameMember]: name, [valueMember]: value }];
  });
  const added = [...values].filter(([name]) => !placed.has(name));
  return [...kept, ...added.map(([name, value]) => ({ [nameMember]: name, [valueMember]: value }))];
}
