import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readActionMetadata } from '../rehearsal/runner/action-metadata.ts';
import { prepareInputs } from '../rehearsal/runner/step-inputs.ts';

const root = resolve(import.meta.dirname, '..');

// The least that makes each action call AWS.
const inputs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'build-push-ecr': { repository: 'web', tags: 'bench' },
  'render-taskdef': { 'task-definition': 'service:default/web' },
  'deploy-ecs-service': {
    'task-definition': 'arn:aws:ecs:eu-west-1:123456789012:task-definition/web:1',
    service: 'web',
  },
  'promote-image': { from: 'web:v1', to: 'web-prod' },
  'wait-stable': { service: 'web' },
};

export interface StartUp {
  readonly requestMilliseconds: number;
  readonly bareMilliseconds: number;
}

/** Medians over `runs`, the action and bare Node in turn. The server refuses the request, so each process ends soon after. */
export async function measureStartUp(action: string, runs: number): Promise<StartUp> {
  const given = inputs[action];
  if (given === undefined) throw new Error(`scripts/bench-start-up.ts has no inputs for ${action}`);
  let arrivedAt = Number.NaN;
  const server = createServer((_request, response) => {
    if (Number.isNaN(arrivedAt)) arrivedAt = performance.now();
    response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
    response.end('{"__type":"AccessDeniedException","message":"bench"}');
  });
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  const temp = mkdtempSync(join(tmpdir(), 'bench-'));
  const metadata = await readActionMetadata(join(root, 'actions', action));
  const environment = {
    ...prepareInputs(metadata, given, {}).environment,
    RUNNER_TEMP: temp,
    GITHUB_WORKSPACE: join(root, 'apps/simple-app1'),
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIABENCH00000000000',
    AWS_SECRET_ACCESS_KEY: 'bench',
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    PATH: process.env['PATH'] ?? '',
  };
  const toRequest: number[] = [];
  const bare: number[] = [];
  try {
    for (let run = 0; run < runs; run += 1) {
      arrivedAt = Number.NaN;
      const startedAt = performance.now();
      await runToEnd(metadata.mainPath, environment);
      if (Number.isNaN(arrivedAt)) throw new Error(`${action} made no AWS request`);
      toRequest.push(arrivedAt - startedAt);
      const bareAt = performance.now();
      spawnSync(process.execPath, ['-e', '0']);
      bare.push(performance.now() - bareAt);
    }
  } finally {
    server.close();
    server.closeAllConnections();
    rmSync(temp, { recursive: true, force: true });
  }
  return { requestMilliseconds: median(toRequest), bareMilliseconds: median(bare) };
}

function runToEnd(script: string, env: Record<string, string>): Promise<void> {
  return new Promise((settle) => {
    spawn(process.execPath, [script], { env, stdio: 'ignore' }).on('exit', () => settle());
  });
}

function median(figures: readonly number[]): number {
  return [...figures].sort((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN;
}
