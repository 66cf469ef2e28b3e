/**
 * Figures with their method, measured in one run on this machine: start-up of every action (process to first AWS request, above
 * bare Node), bytes of dist/, and the lag from rollout done to process exit. `--runs N` and `--lag-runs N` change the counts.
 */
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { markdownTable } from 'markdown-table';

const root = resolve(import.meta.dirname, '..');
const { values } = parseArgs({
  options: { runs: { type: 'string', default: '15' }, 'lag-runs': { type: 'string', default: '20' } },
});
const actions = readdirSync(join(root, 'dist')).filter((name) => name !== 'lib');

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}\n`);
await benchStartUp(Number(values.runs));
benchBytes();

/** Spawns each bundle against a server that only notes the first request; medians, alternating with bare Node. */
async function benchStartUp(runs: number): Promise<void> {
  let firstRequestAt = Number.NaN;
  const server = createServer((_request, response) => {
    if (Number.isNaN(firstRequestAt)) firstRequestAt = performance.now();
    response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
    response.end('{"__type":"AccessDeniedException","message":"bench"}');
  });
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const rows: string[][] = [['start-up', 'first AWS request (median)', 'bare Node (median)', 'above bare Node']];
  for (const action of actions) {
    const toRequest: number[] = [];
    const bare: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      firstRequestAt = Number.NaN;
      const startedAt = performance.now();
      await runProcess(join(root, 'dist', action, 'index.js'), { ...awsEnvironment(endpoint), ...smallestInputs(action) });
      if (!Number.isNaN(firstRequestAt)) toRequest.push(firstRequestAt - startedAt);
      const bareAt = performance.now();
      spawnSync(process.execPath, ['-e', '0']);
      bare.push(performance.now() - bareAt);
    }
    rows.push(
      toRequest.length === 0
        ? [action, 'makes none', `${median(bare).toFixed(0)} ms`, '']
        : [
            action,
            `${median(toRequest).toFixed(0)} ms`,
            `${median(bare).toFixed(0)} ms`,
            `${(median(toRequest) - median(bare)).toFixed(0)} ms`,
          ],
    );
  }
  server.close();
  server.closeAllConnections();
  console.log(`${markdownTable(rows)}\n`);
}

function benchBytes(): void {
  const files = readdirSync(join(root, 'dist'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const bytes = (wanted: (path: string) => boolean): string => {
    const paths = files.map((entry) => join(entry.parentPath, entry.name)).filter(wanted);
    return `${(paths.reduce((sum, path) => sum + statSync(path).size, 0) / 1e6).toFixed(2)} MB`;
  };
  console.log(
    `${markdownTable([
      ['dist/', 'bytes'],
      ['code of all actions', bytes((path) => path.endsWith('.js'))],
      ['in all, with licences', bytes(() => true)],
    ])}\n`,
  );
}

function runProcess(script: string, env: Record<string, string>): Promise<void> {
  return new Promise((settle) => {
    spawn(process.execPath, [script], { env, stdio: 'ignore' }).on('exit', () => settle());
  });
}

function median(figures: readonly number[]): number {
  return [...figures].sort((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN;
}
