import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { type AddressInfo, createConnection, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type LoopbackProxy, startProxy } from '../server/proxy.ts';

/**
 * Starts Debian's `docker-registry`, software that we did not write, behind a Basic login as ECR has it.
 *
 * @param directory where it may put its files
 */
export async function startDebianRegistry(
  directory: string,
  username: string,
  password: string,
): Promise<LoopbackProxy> {
  const port = await freePort();
  await mkdir(join(directory, 'storage'), { recursive: true });
  const settings = {
    version: 0.1,
    log: { level: 'error' },
    storage: { filesystem: { rootdirectory: join(directory, 'storage') } },
    http: { addr: `127.0.0.1:${port}` },
  };
  await writeFile(join(directory, 'config.yml'), JSON.stringify(settings));
  const registry = spawn('docker-registry', ['serve', join(directory, 'config.yml')], { stdio: 'ignore' });
  await answered(port);
  const wanted = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const proxy = await startProxy(`http://127.0.0.1:${port}`, (request, response) => {
    if (request.headers.authorization === wanted) return undefined;
    response.writeHead(401, { 'www-authenticate': 'Basic realm="ECR",service="ecr.amazonaws.com"' });
    return '';
  });
  return {
    endpoint: proxy.endpoint,
    async close() {
      await proxy.close();
      registry.kill();
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answered(port: number): Promise<void> {
  for (;;) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = createConnection(port, '127.0.0.1');
      socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
      socket.on('connect', () => socket.destroy());
    });
    if (open) return;
    await delay(50);
  }
}
