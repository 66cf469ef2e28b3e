import { nearestName } from '../message/nearest-name.ts';
import type { Assignment } from './assignment.ts';
import { inputProblem, type Problem } from './problem.ts';

/** A value that goes to one name in one container. */
export interface Target {
  readonly container: string;
  readonly name: string;
  readonly value: string;
}

/** Finds out which containers `[container.]NAME` means, and notes as problems what means none. */
export interface Targets {
  /**
   * `container.NAME` is that container. `NAME` alone goes to the containers that the input "images" names, as these are the
   * ones being deployed, else to every container.
   *
   * @param isDestructive refuse to guess: with several containers and no images, `NAME` alone is a problem
   */
  assign(input: string, assignments: readonly Assignment[], isDestructive: boolean): Target[];
  /** Whether there is such a container; a problem that lists them all if not. */
  expectContainer(input: string, name: string): boolean;
}

export function createTargets(
  containers: readonly string[],
  deployed: readonly string[],
  problems: Problem[],
): Targets {
  const everywhere = deployed.length > 0 ? deployed : [...new Set(containers)];
  const expectContainer = (input: string, name: string, hint = ''): boolean => {
    if (containers.includes(name)) return true;
    problems.push(inputProblem(input, `${sayUnknownContainer(name, containers)}${hint}`));
    return false;
  };
  return {
    expectContainer: (input, name) => expectContainer(input, name),
    assign: (input, assignments, isDestructive) =>
      assignments.flatMap(({ key, value }) => {
        const dot = key.indexOf('.');
        if (dot >= 0) {
          const container = key.slice(0, dot);
          const name = key.slice(dot + 1);
          const hint = '; a name that holds a dot itself is written with its container in front';
          if (!expectContainer(input, container, hint)) return [];
          if (name !== '') return [{ container, name, value }];
          problems.push(inputProblem(input, `"${key}" has no name behind the dot`));
          return [];
        }
        if (isDestructive && everywhere.length > 1 && deployed.length === 0) {
          problems.push(
            inputProblem(
              input,
              `say which container "${key}" belongs to, as in ${containers[0]}.${key}: replacing would empty the others (${containers.join(', ')})`,
            ),
          );
          return [];
        }
        return everywhere.map((container) => ({ container, name: key, value }));
      }),
  };
}

function sayUnknownContainer(name: string, containers: readonly string[]): string {
  const meant = nearestName(name, containers);
  const help =
    meant !== undefined
      ? `did you mean "${meant}"?`
      : containers.length > 0
        ? `there are: ${containers.join(', ')}`
        : 'there is none';
  return `the task definition has no container "${name}"; ${help}`;
}
