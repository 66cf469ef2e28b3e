import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { nodePath } from '../../../rehearsal/runner/node-process.ts';

jest.setTimeout(60_000);
// A registry that has nothing and takes everything.
const server = createServer((request, response) => {
  if (request.method === 'HEAD') return void response.writeHead(404).end();
  request
    .resume()
    .on('end', () => response.writeHead(request.method === 'PUT' ? 201 : 202, { location: '/upload' }).end());
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => void server.close());

const megabytes = 300;
const script = `
const { createHash } = await import('node:crypto');
const { openRegistryRepository } = await import(process.argv[1]);
async function* open() { for (let at = 0; at < ${megabytes * 16}; at += 1) yield Buffer.alloc(65536, at); }
const hash = createHash('sha256');
for await (const chunk of open()) hash.update(chunk);
const blob = { digest: 'sha256:' + hash.digest('hex'), sizeBytes: ${megabytes} * 1024 * 1024, open };
const before = process.resourceUsage().maxRSS;
const retry = { clock: { now: () => 0, sleep: async () => {} }, random: () => 0, maxRetries: 0, log: { info() {} } };
const repository = openRegistryRepository({ origin: process.argv[2], username: 'me', password: 'x' }, 'web', retry);
await repository.uploadContent({ blobs: [blob], children: [] });
console.log((process.resourceUsage().maxRSS - before) / 1024);
process.exit();
`;

it(`an upload of ${megabytes} MB stays far below its size in memory`, async () => {
  const module = new URL('./registry-repository.ts', import.meta.url).href;
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const words = ['--no-warnings', '--input-type=module', '--eval', script, module, origin];
  const { stdout } = await promisify(execFile)(nodePath, words);
  expect(Number(stdout)).toBeGreaterThanOrEqual(0);
  expect(Number(stdout)).toBeLessThan(megabytes / 3);
});
