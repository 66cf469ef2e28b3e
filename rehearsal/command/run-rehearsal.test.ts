import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { plainStyle } from '../page/text-style.ts';
import { findBundledRepository } from '../runner/bundles.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { scenarios } from '../scenarios/scenarios.ts';
import { runRehearsal } from './run-rehearsal.ts';

// The whole chain as the command runs it, for the scenarios that a newcomer tries; every other one runs through the deploy
// action's bundle in actions/deploy-ecs-service/bundle.test.ts. They mostly wait, so several run at once; the image is a
// stand-in, as docker has tests of its own.
const first = [
  'healthy',
  'crash-loop',
  'image-missing',
  'rolled-back',
  'failed',
  'superseded',
  'never-stable',
  'cancelled',
];
const rehearsed = scenarios.filter(({ name }) => first.includes(name));

interface Ended {
  readonly exitCode: number;
  readonly lines: readonly string[];
  readonly page: string;
}

let directory: string;
let repositoryRoot: string;
const RUNS_AT_ONCE = 8;
const runs = new Map<string, Promise<Ended>>();

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rehearsal-runs-'));
  repositoryRoot = await findBundledRepository(directory);
  const lanes: Promise<unknown>[] = Array.from({ length: RUNS_AT_ONCE }, () => Promise.resolve());
  for (const [index, { name }] of rehearsed.entries()) {
    const lane = index % RUNS_AT_ONCE;
    const ended = lanes[lane]!.then(() => run(name));
    lanes[lane] = ended.catch(() => undefined);
    runs.set(name, ended);
  }
}, 60_000);
afterAll(async () => {
  await Promise.allSettled(runs.values());
  await rm(directory, { recursive: true });
});

// The action's deadline is the wall's, which no faster clock brings nearer.
function hurry(scenario: Scenario): Scenario {
  if (scenario.deployInputs?.['timeout-minutes'] === undefined) return scenario;
  return { ...scenario, deployInputs: { ...scenario.deployInputs, 'timeout-minutes': '0.1' } };
}

async function run(
  name: string,
  onLine: (line: string) => void = () => undefined,
  interrupt = new AbortController().signal,
): Promise<Ended> {
  const lines: string[] = [];
  const exitCode = await runRehearsal({
    repositoryRoot,
    pageDirectory: directory,
    scenario: hurry(scenarios.find((scenario) => scenario.name === name)!),
    app: 'simple-app1',
    speed: 9,
    write(line) {
      lines.push(line);
      onLine(line);
    },
    style: plainStyle,
    env: { PATH: process.env['PATH'], DOCKER_HOST: 'unix:///nonexistent/docker.sock' },
    interrupt,
  });
  return { exitCode, lines, page: await readFile(join(directory, `summary-${name}.html`), 'utf8') };
}

describe('npm run rehearse', () => {
  it.each(rehearsed)(
    'ends $name with its verdict, cause and exit code',
    async ({ name, expected }) => {
      const { exitCode, lines, page } = await runs.get(name)!;
      const end =
        expected.cause === undefined ? expected.verdict : `${expected.verdict} because of ${expected.cause}`;
      expect(lines.slice(-3)).toEqual([
        `${expected.exitCode === 0 ? '✔' : '✘'} ${name} ended ${end}, as it must.`,
        expect.stringMatching(`^Summaries of all steps: .*summary-${name}\\.html$`),
        expect.stringMatching(/^Try next: npm run rehearse -- --/),
      ]);
      expect(exitCode).toBe(expected.exitCode);
      expect(page).toContain(`${name} ended ${end}, as it must</h1>`);
    },
    240_000,
  );

  it('tells the cause with the last lines of a failed run', async () => {
    const { lines } = await runs.get('crash-loop')!;
    expect(lines.at(-4)).toMatch(/exited 1 .*Error: DATABASE_URL is not set/);
  }, 240_000);

  it('skips wait-stable after a failed deployment only', async () => {
    const skipped = async (name: string): Promise<boolean> =>
      (await runs.get(name)!).lines.includes('▷ wait-stable: skipped, as in a workflow');
    expect(await skipped('crash-loop')).toBe(true);
    expect(await skipped('healthy')).toBe(false);
  }, 240_000);

  it('says that the image is a stand-in, and why', async () => {
    const { lines } = await runs.get('healthy')!;
    expect(lines.join('\n')).toMatch(
      /The image is a stand-in, packed by the rehearsal from \d+ files: no docker daemon answers\./,
    );
  }, 240_000);

  it('is cancelled by Ctrl+C as a run is, and exits with 130', async () => {
    const interrupt = new AbortController();
    // That scenario's tasks take long enough for the signal to find the deployment under way.
    const { exitCode, lines } = await run(
      'cancelled',
      (line) => void (line.includes('0/2 tasks running') && interrupt.abort()),
      interrupt.signal,
    );
    expect(exitCode).toBe(130);
    expect(lines.join('\n')).toMatch(
      /The run is cancelled: SIGINT[\s\S]*✘ cancelled [\s\S]*▷ wait-stable: skipped/,
    );
  }, 240_000);
});
