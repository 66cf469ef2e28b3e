import type { EnvironmentConfig } from '../config/environment-config.ts';

export interface Arguments {
  readonly environments: readonly EnvironmentConfig[];
  /** What follows, for the CDK CLI. */
  readonly rest: readonly string[];
}

/** A command line that cannot be followed; the message is all that is printed. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Reads `ENV… [options]`. No name means all environments; a command that changes AWS wants exactly one. */
export function chooseEnvironments(
  args: readonly string[],
  known: readonly EnvironmentConfig[],
  exactlyOne: boolean,
): Arguments {
  const firstOption = args.findIndex((argument) => argument.startsWith('-'));
  const names = firstOption === -1 ? args : args.slice(0, firstOption);
  const rest = firstOption === -1 ? [] : args.slice(firstOption);
  const legal = known.map(({ name }) => name).join(', ');
  if (exactlyOne && names.length !== 1) {
    throw new UsageError(`Name one environment after --, one of: ${legal}.`);
  }
  const chosen = names.map((name) => {
    const config = known.find((candidate) => candidate.name === name);
    if (config === undefined) throw new UsageError(`There is no environment "${name}"; there are: ${legal}.`);
    return config;
  });
  return { environments: chosen.length === 0 ? known : chosen, rest };
}
