import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listApplications } from './command/applications.ts';
import { helpText, readCommand } from './command/options.ts';
import { runRehearsal } from './command/run-rehearsal.ts';
import { serveRehearsal } from './command/serve.ts';
import { colourStyle, plainStyle, type TextStyle } from './page/text-style.ts';
import type { Scenario } from './scenarios/scenario.ts';
import { scenarios } from './scenarios/scenarios.ts';

const repositoryRoot = fileURLToPath(new URL('../', import.meta.url));
// The rollout of a minute takes twenty seconds.
const speed = 3;
const write = (line: string): void => void process.stdout.write(`${line}\n`);
const say = (line: string): void => void process.stderr.write(`${line}\n`);

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const apps = await listApplications(repositoryRoot);
  const command = readCommand(args, { scenarios: scenarios.map(({ name }) => name), apps });
  const style = process.stdout.hasColors?.() === true ? colourStyle : plainStyle;
  switch (command.kind) {
    case 'help':
      write(helpText);
      return 0;
    case 'list':
      for (const line of describeScenarios(style)) write(line);
      return 0;
    case 'misuse':
      say(`rehearse: ${command.message}`);
      return 2;
    case 'serve':
      try {
        const interrupt = listenForInterrupt();
        await serveRehearsal({ ...command, speed, repositoryRoot, write, say, interrupt });
        return 0;
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? error.code : undefined;
        if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
        say(
          `rehearse: port ${command.port} is ${code === 'EACCES' ? 'not allowed' : 'taken'}; without --port any free one is used`,
        );
        return 2;
      }
    case 'run': {
      const scenario = scenarios.find(({ name }) => name === command.scenario);
      if (scenario === undefined) throw new Error(`readCommand let ${command.scenario} pass`);
      const interrupt = listenForInterrupt();
      return runRehearsal({
        pageDirectory: join(repositoryRoot, '.rehearsal'),
        repositoryRoot,
        scenario,
        app: command.app,
        speed,
        write,
        style,
        env: process.env,
        interrupt,
      });
    }
  }
}

function describeScenarios(style: TextStyle): string[] {
  const width = Math.max(...scenarios.map(({ name }) => name.length));
  const sayEnd = ({ expected: { verdict, cause } }: Scenario): string =>
    cause === undefined ? verdict : `${verdict}, ${cause}`;
  return scenarios.map(
    (scenario) =>
      `${style.bold(scenario.name.padEnd(width))}  ${scenario.description} ${style.dim(`→ ${sayEnd(scenario)}`)}`,
  );
}

function listenForInterrupt(): AbortSignal {
  const interrupt = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt.abort());
  return interrupt.signal;
}
