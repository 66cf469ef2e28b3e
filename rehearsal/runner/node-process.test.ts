import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { githubCancellationDelays, runNodeProcess } from './node-process.ts';

it('does not wait for an orphan that holds the output open', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'rehearsal-orphan-'));
  const scriptPath = join(directory, 'main.js');
  await writeFile(
    scriptPath,
    `const orphan = require('child_process').spawn('sleep', ['60'], { stdio: 'inherit', detached: true });
     orphan.unref();
     console.log(orphan.pid);`,
  );
  const lines: string[] = [];
  const exitCode = await runNodeProcess({
    scriptPath,
    workingDirectory: directory,
    environment: { PATH: process.env['PATH'] ?? '' },
    onLine: (line) => lines.push(line),
    cancellationDelays: githubCancellationDelays,
    drainMilliseconds: 20,
  });
  const orphan = Number(lines[0]);
  expect(() => process.kill(orphan, 0)).not.toThrow();
  process.kill(orphan, 'SIGKILL');
  expect(exitCode).toBe(0);
  await rm(directory, { recursive: true });
});
