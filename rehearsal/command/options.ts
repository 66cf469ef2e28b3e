import { parseArgs } from 'node:util';
import { closest, distance } from 'fastest-levenshtein';

/** What a call of `npm run rehearse` asks for. */
export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'list' }
  | { readonly kind: 'serve'; readonly app: string; readonly port: number | undefined }
  | { readonly kind: 'run'; readonly scenario: string; readonly app: string }
  | { readonly kind: 'misuse'; readonly message: string };

const options = {
  scenario: { type: 'string' },
  app: { type: 'string' },
  list: { type: 'boolean' },
  serve: { type: 'boolean' },
  port: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;
type OptionName = keyof typeof options;

export const helpText = `Rehearses a deployment on a local AWS: build, push, render, deploy, wait, as GitHub's runner would run them.

Usage: npm run rehearse -- [options]

  --scenario NAME  what happens to the deployment (default: healthy)
  --app NAME       which folder of apps/ to deploy (default: simple-app1)
  --list           the scenarios and how each one ends
  --serve          keep the local AWS up, with a healthy service, until Ctrl+C
  --port N         where --serve listens (default: any free port)
  --help           this text

Exit code: 0 when the deployment succeeded, 1 for any other verdict, 2 when it is not the one the scenario must end with.`;

/** Reads the command line; whatever is wrong with it becomes one line that names the nearest legal spelling. */
export function readCommand(
  args: readonly string[],
  known: { readonly scenarios: readonly string[]; readonly apps: readonly string[] },
): Command {
  const { values, tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  for (const token of tokens) {
    const problem = findProblem(token, known.scenarios);
    if (problem !== undefined) return { kind: 'misuse', message: problem };
  }
  if (values.help) return { kind: 'help' };
  if (values.list) return { kind: 'list' };
  const { scenario = 'healthy', app = 'simple-app1', port } = values as Partial<Record<OptionName, string>>;
  const unknown =
    checkName('scenario', scenario, known.scenarios) ?? checkName('application', app, known.apps);
  if (unknown !== undefined) return { kind: 'misuse', message: unknown };
  if (port !== undefined && !(/^\d+$/.test(port) && Number(port) <= 65535))
    return { kind: 'misuse', message: `--port: expected a number from 0 to 65535, got "${port}"` };
  if (values.serve) return { kind: 'serve', app, port: port === undefined ? undefined : Number(port) };
  if (port !== undefined) return { kind: 'misuse', message: '--port goes with --serve' };
  return { kind: 'run', scenario, app };
}

type ArgumentToken =
  | {
      readonly kind: 'option';
      readonly name: string;
      readonly rawName: string;
      readonly value?: string | undefined;
    }
  | { readonly kind: 'positional'; readonly value: string }
  | { readonly kind: 'option-terminator' };

function findProblem(token: ArgumentToken, scenarios: readonly string[]): string | undefined {
  if (token.kind === 'option-terminator') return undefined;
  if (token.kind === 'positional') {
    const meant = scenarios.includes(token.value) ? `: use --scenario ${token.value}` : '';
    return `"${token.value}" belongs to no option${meant}`;
  }
  const option = options[token.name as OptionName];
  if (!Object.hasOwn(options, token.name)) {
    const names = Object.keys(options).map((name) => `--${name}`);
    return `unknown option ${token.rawName}${suggest(token.rawName, names)}`;
  }
  const hasValue = token.value !== undefined && !token.value.startsWith('--');
  if (option.type === 'string' && !hasValue) return `${token.rawName} needs a value`;
  if (option.type === 'boolean' && token.value !== undefined) return `${token.rawName} takes no value`;
  return undefined;
}

function checkName(what: string, name: string, legal: readonly string[]): string | undefined {
  if (legal.includes(name)) return undefined;
  return `no ${what} is called "${name}"${suggest(name, legal)}`;
}

function suggest(wrong: string, legal: readonly string[]): string {
  const nearest = legal.length === 0 ? '' : closest(wrong, [...legal]);
  if (nearest !== '' && distance(wrong, nearest) <= Math.max(2, wrong.length / 3))
    return `; did you mean ${nearest}?`;
  return `; there are ${legal.join(', ')}`;
}
