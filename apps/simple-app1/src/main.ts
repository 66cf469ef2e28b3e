import { createServer } from 'node:http';
import { answer } from './api.ts';
import { log } from './log.ts';

const port = Number(process.env['PORT'] ?? 8080);
const version = process.env['APP_VERSION'] ?? 'dev';
let draining = false;

const server = createServer((request, response) => {
  const startedAt = performance.now();
  const method = request.method ?? 'GET';
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  const { status, body } = answer({ version, isDraining: () => draining }, method, path);
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(draining ? { connection: 'close' } : {}),
  });
  response.end(method === 'HEAD' ? undefined : `${JSON.stringify(body)}\n`);
  // Health checks come every few seconds and say nothing while all is well.
  if (path === '/health' && status === 200) return;
  log('request', { method, path, status, milliseconds: Math.round(performance.now() - startedAt) });
});

server.on('error', (error) => {
  log('cannot serve', { error: error.message });
  process.exitCode = 1;
});

// ECS sends SIGTERM, and SIGKILL after stopTimeout: finish what was begun, take nothing new, and end.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    draining = true;
    log('stopping', { signal });
    server.close(() => log('stopped'));
    server.closeIdleConnections();
  });
}

server.listen(port, () => {
  const address = server.address();
  log('listening', { port: typeof address === 'object' ? address?.port : port, version });
});
