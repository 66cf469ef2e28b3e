import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { plainStyle } from '../page/text-style.ts';
import { createJob, type Job } from './job.ts';
import { createProgress } from './progress.ts';

let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'rehearsal-job-test-'));
  await writeAction(
    'produce',
    `fs.writeFileSync(process.env.RUNNER_TEMP + '/made', process.env.STAGE);
    fs.appendFileSync(process.env.GITHUB_OUTPUT, 'path=made\\n');`,
  );
  await writeAction(
    'consume',
    `console.log(fs.readFileSync(process.env.RUNNER_TEMP + '/' + process.env.INPUT_PATH, 'utf8'));`,
  );
  await writeAction('fail', 'process.exit(3)');
  await writeAction(
    'hang',
    `process.on('SIGINT', () => process.exit(1)); setInterval(() => {}, 1000); console.log('up')`,
  );
});
afterAll(() => rm(root, { recursive: true }));

async function writeAction(name: string, script: string): Promise<void> {
  await mkdir(join(root, 'actions', name), { recursive: true });
  await mkdir(join(root, 'dist'), { recursive: true });
  await writeFile(
    join(root, 'actions', name, 'action.yml'),
    `name: ${name}\ninputs: {path: {description: p}}\nruns: {using: node24, main: ../../dist/${name}.js}\n`,
  );
  await writeFile(join(root, 'dist', `${name}.js`), `const fs = require('fs');\n${script}`);
}

async function makeJob(onLine: (line: string) => void = () => undefined): Promise<Job> {
  const runnerTemp = await mkdtemp(join(root, 'temp-'));
  return createJob({
    repositoryRoot: root,
    runnerTemp,
    environment: { STAGE: 'dev' },
    progress: createProgress(onLine, plainStyle, () => 0),
  });
}

it('hands outputs, files and environment from step to step', async () => {
  const job = await makeJob();
  const produced = await job.run('produce', {});
  await job.run('consume', { path: produced?.outputs['path'] ?? '' });
  expect(job.steps.map(({ name, status }) => [name, status])).toEqual([
    ['produce', 'succeeded'],
    ['consume', 'succeeded'],
  ]);
  expect(job.steps[1]?.lines.map(({ text }) => text)).toEqual(['dev']);
});

it('skips what comes after a failed step', async () => {
  const job = await makeJob();
  expect(await job.run('fail', {})).toEqual({ exitCode: 3, outputs: {} });
  expect(await job.run('produce', {})).toBeUndefined();
  expect(job.steps.map(({ status }) => status)).toEqual(['failed', 'skipped']);
});

it('cancels the step that runs', async () => {
  const job = await makeJob((line) => {
    if (line.endsWith('up')) job.cancel();
  });
  expect(await job.run('hang', {})).toEqual({ exitCode: 1, outputs: {} });
  expect(job.steps.map(({ status }) => status)).toEqual(['cancelled']);
});
