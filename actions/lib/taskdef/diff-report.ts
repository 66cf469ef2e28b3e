import { cleanRemoteLine } from '../message/remote-text.ts';
import type { Difference } from './diff.ts';

const sign = { added: '+', changed: '~', removed: '-' } as const;

/** One line for each difference, as in `~ web image: shop:1 → shop:2`, for a log or an output. */
export function sayDifferences(differences: readonly Difference[]): string[] {
  return differences.map((difference) => cleanRemoteLine(`${sign[difference.change]} ${say(difference)}`));
}

function say(difference: Difference): string {
  switch (difference.kind) {
    case 'container':
      return `container ${difference.container}`;
    case 'variable':
      return `${difference.container} environment ${difference.name}`;
    case 'secret':
      return `${difference.container} secret ${difference.name}`;
    case 'setting': {
      const { container, setting, before, after } = difference;
      const where = container === undefined ? `task ${setting}` : `${container} ${setting}`;
      if (before !== undefined && after !== undefined) return `${where}: ${before} → ${after}`;
      const value = before ?? after;
      return value === undefined ? where : `${where}: ${value}`;
    }
  }
}
