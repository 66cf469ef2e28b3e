import type { ActionMetadata } from './action-metadata.ts';

export interface StepInputs {
  /** `INPUT_*` as the action reads them. */
  readonly environment: Readonly<Record<string, string>>;
  /** What the runner warns about before it starts the action. */
  readonly warnings: readonly string[];
}

/**
 * Turns the `with:` of a step into `INPUT_*` variables with defaults applied. As on GitHub, unexpected inputs are only
 * warned about, and `required: true` is documentation: the action itself must refuse.
 *
 * @param github values of the `github` context, for defaults such as `${{ github.token }}`
 * @see https://docs.github.com/actions/reference/metadata-syntax-for-github-actions#inputs
 */
export function prepareInputs(
  action: ActionMetadata,
  given: Readonly<Record<string, string>>,
  github: Readonly<Record<string, string>>,
): StepInputs {
  const warnings: string[] = [];
  const values = new Map(
    action.inputs.map((input) => [input.name.toLowerCase(), evaluate(input.default, github)]),
  );
  const unexpected = Object.keys(given).filter((name) => !values.has(name.toLowerCase()));
  if (unexpected.length > 0) {
    const valid = action.inputs.map(({ name }) => `'${name}'`).join(', ');
    warnings.push(`Unexpected input(s) '${unexpected.join("', '")}', valid inputs are [${valid}]`);
  }
  for (const [name, value] of Object.entries(given)) {
    const deprecated = action.inputs.find((input) => input.name.toLowerCase() === name.toLowerCase());
    if (deprecated?.deprecationMessage !== undefined)
      warnings.push(`Input '${name}' has been deprecated with message: ${deprecated.deprecationMessage}`);
    values.set(name.toLowerCase(), value);
  }
  const environment = Object.fromEntries([...values].map(([name, value]) => [inputVariable(name), value]));
  return { environment, warnings };
}

function inputVariable(name: string): string {
  return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;
}

function evaluate(text: string, github: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$\{\{\s*(.*?)\s*\}\}/g, (_all, expression: string) => {
    const name = /^github\.([a-z_]+)$/.exec(expression)?.[1];
    if (name === undefined) throw new Error(`this runner evaluates github.* only, not \${{ ${expression} }}`);
    return github[name] ?? '';
  });
}
