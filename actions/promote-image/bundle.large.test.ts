import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { findImage } from '../../rehearsal/registry/image-store.ts';
import { seedImage } from '../../rehearsal/registry/seed-image.ts';
import { type Rehearsal, startRehearsal } from '../../rehearsal/rehearsal.ts';
import { runStep } from '../../rehearsal/runner/run-step.ts';
import { startCuttingProxy } from '../lib/registry/cutting-proxy.test-support.ts';

const megabyte = 1_000_000;
let directory: string;
let dev: Rehearsal;
let prod: Rehearsal;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'slipway-promote-'));
  dev = await startRehearsal({ speed: 1 });
  prod = await startRehearsal({ speed: 1 });
});
afterAll(async () => {
  await dev.close();
  await prod.close();
  await rm(directory, { recursive: true, force: true });
});

async function* layer(megabytes: number): AsyncGenerator<Uint8Array> {
  const block = randomBytes(megabyte);
  for (let count = 0; count < megabytes; count += 1) {
    block.writeUInt32LE(count, 0);
    yield block;
  }
}

/** The peak of resident memory, in MB, of the child process that runs the bundle, until `ended` resolves. */
async function watchMemory(ended: Promise<unknown>): Promise<number> {
  const stop = new AbortController();
  const end = (): void => stop.abort();
  ended.then(end, end);
  let peak = 0;
  while (!stop.signal.aborted) {
    peak = Math.max(
      peak,
      ...(await Promise.all((await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(peakOf))),
    );
    await delay(50);
  }
  return peak;
}

// VmHWM is the kernel's own record of the peak: sampling cannot miss what came before a sample.
async function peakOf(pid: string): Promise<number> {
  try {
    const command = await readFile(join('/proc', pid, 'cmdline'), 'utf8');
    const status = await readFile(join('/proc', pid, 'status'), 'utf8');
    if (!command.includes('dist/promote-image/index.js') || !status.includes(`PPid:\t${process.pid}\n`))
      return 0;
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1000;
  } catch {
    return 0;
  }
}

// Half a gigabyte through a shared disk is not for every run: SLIPWAY_REQUIRE=large npm test -- large
const onLarge = process.env['SLIPWAY_REQUIRE'] === 'large' ? it : it.skip;

onLarge(
  'promotes 500 MB below 200 MB of memory, though the download is cut at 60 % and the upload too',
  async () => {
    for (const aws of [dev, prod]) await aws.call('ecr', 'CreateRepository', { repositoryName: 'web' });
    const image = await seedImage(dev.ecr, 'web', { layers: [layer(350), layer(100), layer(50)], tag: 'v1' });
    const from = await startCuttingProxy(dev.endpoint);
    const to = await startCuttingProxy(prod.endpoint);
    from.cut('down', 210 * megabyte);
    to.cut('up', 210 * megabyte);
    const auths: Record<string, unknown> = {};
    for (const [aws, { origin }] of [
      [dev, from],
      [prod, to],
    ] as const) {
      const { authorizationData } = (await aws.call('ecr', 'GetAuthorizationToken', {})) as {
        authorizationData: { authorizationToken: string }[];
      };
      auths[new URL(origin).host] = { auth: authorizationData[0]?.authorizationToken };
    }
    await writeFile(join(directory, 'config.json'), JSON.stringify({ auths }));

    const running = runStep({
      action: 'promote-image',
      inputs: { from: `${new URL(from.origin).host}/web:v1`, to: `${new URL(to.origin).host}/web` },
      workspace: directory,
      env: { DOCKER_CONFIG: directory },
    });
    const peak = await watchMemory(running);
    const step = await running;
    await from.close();
    await to.close();
    console.log(
      `500 MB in ${step.durationSeconds.toFixed(1)} s, peak of resident memory ${peak.toFixed(0)} MB`,
    );
    expect(step.annotations).toEqual([]);
    expect([from.cuts, to.cuts]).toEqual([1, 1]);
    expect(findImage(prod.ecr.store.repositories.get('web')!, { tag: 'v1' })?.digest).toBe(image.digest);
    expect(peak).toBeGreaterThan(20);
    expect(peak).toBeLessThan(200);
  },
  120_000,
);
