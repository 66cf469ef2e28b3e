import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { plainStyle } from '../page/text-style.ts';
import { findBundledRepository } from '../runner/bundles.ts';
import { hasTool } from '../runner/machine-tools.ts';
import { healthy } from '../scenarios/healthy.ts';
import { runRehearsal } from './run-rehearsal.ts';

const run = promisify(execFile);
const hasDocker = await hasTool('docker', 'the rehearsal with docker');

let pageDirectory: string;
beforeAll(async () => {
  pageDirectory = await mkdtemp(`${tmpdir()}/rehearsal-pages-`);
});
afterAll(() => rm(pageDirectory, { recursive: true }));

(hasDocker ? describe : describe.skip)('npm run rehearse with docker', () => {
  it('builds, pushes and pulls back the real image, deploys it, and leaves nothing of it here', async () => {
    const lines: string[] = [];
    const exitCode = await runRehearsal({
      repositoryRoot: await findBundledRepository(pageDirectory),
      pageDirectory,
      scenario: healthy,
      app: 'simple-app1',
      speed: 9,
      write: (line) => lines.push(line),
      style: plainStyle,
      env: process.env,
      interrupt: new AbortController().signal,
    });
    const log = lines.join('\n');
    expect(log).toMatch(/The image is built by docker \S+ on /);
    const [, image, digest] = /Pushed (\S+)@(sha256:[0-9a-f]{64}) with the tags/.exec(log) ?? [];
    expect(log).toContain(`Pulled back by digest: the same image, ${digest}.`);
    expect(exitCode).toBe(0);
    const { stdout } = await run('docker', ['image', 'ls', '--quiet', '--filter', `reference=${image}`]);
    expect(stdout).toBe('');
  }, 120_000);
});
