import * as core from '@actions/core';

/** Sets outputs by their names in action.yml. Values are texts; an undefined one is left unset. */
export function setOutputs(outputs: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(outputs)) if (value !== undefined) core.setOutput(name, value);
}

/** Keeps a value for the post phase of this step. */
export function saveState(name: string, value: string): void {
  core.saveState(name, value);
}

/** A value that the main phase saved, or undefined. */
export function readState(name: string): string | undefined {
  return core.getState(name) || undefined;
}
