import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { DescribeServicesCommand, ECSClient } from '@aws-sdk/client-ecs';
import { describe, expect, it } from '@jest/globals';
import { nodePath } from './runner/node-process.ts';
import { scenarios } from './scenarios/scenarios.ts';

const cliPath = fileURLToPath(new URL('./cli.ts', import.meta.url));

interface Running {
  readonly process: ChildProcess;
  readonly out: () => string;
  readonly err: () => string;
}

function start(...args: string[]): Running {
  const env = { PATH: process.env['PATH'], DOCKER_HOST: 'unix:///nonexistent/docker.sock' };
  const child = spawn(nodePath, [cliPath, ...args], { env });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  return { process: child, out: () => out, err: () => err };
}

async function run(...args: string[]): Promise<[number, string, string]> {
  const running = start(...args);
  const [code] = (await once(running.process, 'close')) as [number];
  return [code, running.out(), running.err()];
}

it('lists every scenario with its end', async () => {
  const [code, out] = await run('--list');
  expect(code).toBe(0);
  const lines = out.trim().split('\n');
  expect(lines.map((line) => line.split(' ', 1)[0])).toEqual(scenarios.map(({ name }) => name));
  expect(lines[0]).toMatch(/ → succeeded$/);
});

it('answers a wrong name with one line and 2', async () => {
  expect(await run('--scenario', 'crash-lop')).toEqual([
    2,
    '',
    'rehearse: no scenario is called "crash-lop"; did you mean crash-loop?\n',
  ]);
});

describe('--serve', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'prints an environment that works, and ends cleanly on %s',
    async (signal) => {
      const running = start('--serve');
      while (!running.err().includes('Ctrl+C') || !running.out().includes('SECRET')) await setTimeout(10);
      const pairs = running
        .out()
        .trim()
        .split('\n')
        .map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]);
      const env = Object.fromEntries(pairs);
      const config = {
        endpoint: env['AWS_ENDPOINT_URL']!,
        region: env['AWS_REGION']!,
        credentials: {
          accessKeyId: env['AWS_ACCESS_KEY_ID']!,
          secretAccessKey: env['AWS_SECRET_ACCESS_KEY']!,
        },
      };
      const { services } = await new ECSClient(config).send(
        new DescribeServicesCommand({ cluster: 'rehearsal', services: ['web'] }),
      );
      expect(services).toMatchObject([
        { status: 'ACTIVE', runningCount: 2, deployments: [{ rolloutState: 'COMPLETED' }] },
      ]);
      const { repositories } = await new ECRClient(config).send(new DescribeRepositoriesCommand({}));
      expect(repositories).toMatchObject([{ repositoryName: 'simple-app1' }]);
      running.process.kill(signal);
      const [code] = await once(running.process, 'exit');
      expect(code).toBe(0);
    },
  );

  it('says in one line that its port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    expect(await run('--serve', '--port', String(port))).toEqual([
      2,
      '',
      `rehearse: port ${port} is taken; without --port any free one is used\n`,
    ]);
    server.close();
  });
});
