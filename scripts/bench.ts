/**
 * `npm run bench`: figures with their method, measured in one run on this machine. `--runs N` and `--lag-runs N` change how often.
 */
import { readdirSync, statSync } from 'node:fs';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { markdownTable } from 'markdown-table';
import { measureCancellation } from './bench-cancellation.ts';
import { measureLag } from './bench-lag.ts';
import { measureStartUp } from './bench-start-up.ts';

const dist = resolve(import.meta.dirname, '../dist');
const { values } = parseArgs({
  options: { runs: { type: 'string', default: '15' }, 'lag-runs': { type: 'string', default: '20' } },
});

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}\n`);
await reportStartUp(Number(values.runs));
reportBytes();
await reportLag(Number(values['lag-runs']));
await reportCancellation(5);

/** From the start of the process to the arrival of its first AWS request, next to the start of bare Node in the same run. */
async function reportStartUp(runs: number): Promise<void> {
  const rows = [
    [`start-up, median of ${runs}`, 'first AWS request', 'bare Node', 'above bare Node', 'ratio'],
  ];
  for (const action of readdirSync(dist).filter((name) => name !== 'lib')) {
    const { requestMilliseconds: request, bareMilliseconds: bare } = await measureStartUp(action, runs);
    rows.push([action, ms(request), ms(bare), ms(request - bare), (request / bare).toFixed(1)]);
  }
  print(rows);
}

function reportBytes(): void {
  const files = readdirSync(dist, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const megabytes = (wanted: (path: string) => boolean): string => {
    const paths = files.map((entry) => join(entry.parentPath, entry.name)).filter(wanted);
    return `${(paths.reduce((sum, path) => sum + statSync(path).size, 0) / 1e6).toFixed(2)} MB`;
  };
  print([
    ['dist/', 'bytes'],
    ['code of all actions', megabytes((path) => path.endsWith('.js'))],
    ['in all, with licences', megabytes(() => true)],
  ]);
}

/** From ECS calling the service deployment SUCCESSFUL to the end of the step's process, at default polling. */
async function reportLag(runs: number): Promise<void> {
  const seconds = (await measureLag(runs)).sort((a, b) => a - b);
  const mean = seconds.reduce((sum, value) => sum + value, 0) / seconds.length;
  const at = (share: number): string =>
    `${(seconds[Math.floor(share * (seconds.length - 1))] ?? Number.NaN).toFixed(2)} s`;
  print([
    ['lag from rollout done to process exit', 'mean', 'median', '90 %', 'longest'],
    [`deploy-ecs-service, ${runs} rollouts`, `${mean.toFixed(2)} s`, at(0.5), at(0.9), at(1)],
  ]);
}

/** From SIGINT in mid-wait, as GitHub's runner sends it; the runner kills after 10 s. */
async function reportCancellation(runs: number): Promise<void> {
  const toStop: number[] = [];
  const toEnd: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const { toStopSeconds, toEndSeconds } = await measureCancellation();
    toStop.push(toStopSeconds);
    toEnd.push(toEndSeconds);
  }
  const longest = (seconds: number[]): string => `${Math.max(...seconds).toFixed(2)} s`;
  print([
    [
      `cancellation, longest of ${runs}`,
      'SIGINT to StopServiceDeployment',
      'SIGINT to the end of main and post',
    ],
    ['deploy-ecs-service', longest(toStop), longest(toEnd)],
  ]);
}

function ms(value: number): string {
  return `${value.toFixed(0)} ms`;
}

function print(rows: string[][]): void {
  console.log(`${markdownTable(rows)}\n`);
}
