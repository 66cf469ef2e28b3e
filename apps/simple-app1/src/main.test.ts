import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const nodePath = fileURLToPath(new URL('../../../node_modules/node/bin/node', import.meta.url));
const mainPath = fileURLToPath(new URL('./main.ts', import.meta.url));

let app: ChildProcess;
let lines: Interface;
let logged: Record<string, unknown>[];
let port: number;

function start(environment: Record<string, string>): void {
  app = spawn(nodePath, [mainPath], { env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
  lines = createInterface({ input: app.stdout! });
  const own: Record<string, unknown>[] = [];
  logged = own;
  lines.on('line', (line) => own.push(JSON.parse(line) as Record<string, unknown>));
}

beforeEach(async () => {
  start({ PORT: '0', APP_VERSION: 'v1.4.2' });
  await once(lines, 'line');
  port = Number(logged[0]!['port']);
});
afterEach(() => void app.kill('SIGKILL'));

const get = (path: string, init?: RequestInit): Promise<Response> =>
  fetch(`http://127.0.0.1:${port}${path}`, init);
const messages = (): unknown[] => logged.map(({ message }) => message);

describe('the API', () => {
  it.each([
    ['GET', '/', 200, { app: 'simple-app1', version: 'v1.4.2' }],
    ['GET', '/health', 200, { status: 'ok' }],
    ['GET', '/greetings/J%C3%B8rgen?x=1', 200, { greeting: 'Hello, Jørgen!' }],
    ['GET', '/greetings/%', 400, { error: 'the name is not properly percent-encoded' }],
    ['GET', '/nothing', 404, { error: 'nothing is at /nothing' }],
    ['POST', '/', 405, { error: 'POST is not allowed' }],
  ])('answers %s %s with %i', async (method, path, status, body) => {
    const response = await get(path, { method });
    expect([response.status, await response.json()]).toEqual([status, body]);
  });

  it('logs requests as JSON, but no passing health check', async () => {
    await get('/health');
    await get('/');
    if (logged.length < 2) await once(lines, 'line');
    expect(logged).toMatchObject([
      { message: 'listening', version: 'v1.4.2' },
      { message: 'request', method: 'GET', path: '/', status: 200 },
    ]);
  });
});

describe('on SIGTERM', () => {
  it('finishes the request at hand, says that it drains, and ends with 0', async () => {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write('GET /health HTTP/1.1\r\n');
    // The server has the half request once it answers a whole one that came later.
    await (await get('/health')).text();
    app.kill('SIGTERM');
    while (!messages().includes('stopping')) await once(lines, 'line');
    socket.write('host: x\r\n\r\n');
    const [answered] = (await once(socket, 'data')) as [Buffer];
    expect(answered.toString()).toMatch(/^HTTP\/1\.1 503 [\s\S]*connection: close/i);
    const [code] = await once(app, 'exit');
    expect(code).toBe(0);
    expect(messages()).toEqual(['listening', 'stopping', 'request', 'stopped']);
  });
});

it('says when its port is taken, and ends with 1', async () => {
  const first = app;
  start({ PORT: String(port) });
  const [code] = await once(app, 'close');
  expect(code).toBe(1);
  expect(logged).toMatchObject([{ message: 'cannot serve', error: expect.stringContaining('EADDRINUSE') }]);
  first.kill('SIGKILL');
});
