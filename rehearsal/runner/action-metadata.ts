import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';

/** The parts of an `action.yml` that the runner acts on. */
export interface ActionMetadata {
  readonly name: string;
  readonly inputs: readonly ActionInput[];
  /** Absolute path of the script of the main phase. */
  readonly mainPath: string;
  /** Absolute path of the script of the post phase, where there is one. */
  readonly postPath: string | undefined;
}

export interface ActionInput {
  readonly name: string;
  readonly default: string;
  readonly deprecationMessage: string | undefined;
}

interface ActionYaml {
  readonly name?: string;
  readonly inputs?: Record<string, { default?: unknown; deprecationMessage?: string } | null> | null;
  readonly runs?: { using?: string; main?: string; post?: string; 'post-if'?: string };
}

/**
 * Reads `<directory>/action.yml` of a JavaScript action.
 *
 * @throws Error when the action does not run on Node 24 or asks for what this runner does not model
 * @see https://docs.github.com/actions/reference/metadata-syntax-for-github-actions
 */
export async function readActionMetadata(directory: string): Promise<ActionMetadata> {
  const path = resolve(directory, 'action.yml');
  const yaml = parse(await readFile(path, 'utf8')) as ActionYaml;
  const { using, main, post, 'post-if': postIf = 'always()' } = yaml.runs ?? {};
  if (using !== 'node24' || main === undefined)
    throw new Error(`${path}: runs.using must be node24, with a runs.main`);
  if (postIf !== 'always()') throw new Error(`${path}: runs.post-if is not modelled by this runner`);
  return {
    name: yaml.name ?? '',
    inputs: Object.entries(yaml.inputs ?? {}).map(([name, input]) => ({
      name,
      default: String(input?.default ?? ''),
      deprecationMessage: input?.deprecationMessage,
    })),
    mainPath: resolve(dirname(path), main),
    postPath: post === undefined ? undefined : resolve(dirname(path), post),
  };
}
