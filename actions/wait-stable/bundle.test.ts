import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type Rehearsal, startRehearsal } from '../../rehearsal/rehearsal.ts';
import { findBundledRepository } from '../../rehearsal/runner/bundles.ts';
import { runStep, type StepResult } from '../../rehearsal/runner/run-step.ts';
import { type StagedService, stageService } from '../../rehearsal/scenarios/stage.ts';
import type { Json } from '../../rehearsal/server/service.ts';

jest.setTimeout(120_000);

let directory: string;
let repositoryRoot: string;
let aws: Rehearsal;
let staged: StagedService;
let app: Json;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'slipway-wait-'));
  repositoryRoot = await findBundledRepository(directory);
  app = JSON.parse(await readFile(new URL('../../apps/simple-app1/taskdef.json', import.meta.url), 'utf8'));
});
beforeEach(async () => {
  aws = await startRehearsal({ speed: 60 });
  staged = stageService(aws, { taskDefinition: app }, { circuitBreaker: { enable: true, rollback: true } });
});
afterEach(() => aws.close());
afterAll(() => rm(directory, { recursive: true, force: true }));

function wait(inputs: Readonly<Record<string, string>> = {}): Promise<StepResult> {
  return runStep({
    action: 'wait-stable',
    inputs: { cluster: staged.cluster, service: staged.service, 'poll-seconds': '0.1', ...inputs },
    env: aws.environment(),
    workspace: directory,
    repositoryRoot,
    runnerTemp: directory,
  });
}

/** What Terraform or a person would do. */
async function deploySomething(): Promise<void> {
  await aws.call('ecs', 'RegisterTaskDefinition', app);
  const { cluster, service } = staged;
  await aws.call('ecs', 'UpdateService', { cluster, service, taskDefinition: `${app['family']}:2` });
}

describe('the bundle of wait-stable', () => {
  it('waits for a deployment that something else started', async () => {
    await deploySomething();
    const step = await wait({ 'task-definition': 'simple-app1:2' });
    expect(step.exitCode).toBe(0);
    expect(step.outputs).toMatchObject({
      verdict: 'succeeded',
      'task-definition-arn': expect.stringMatching(/:2$/),
    });
    const report = JSON.parse(await readFile(step.outputs['report'] ?? '', 'utf8'));
    expect(report.services).toMatchObject([
      { verdict: 'succeeded', timeline: { phases: expect.any(Array) } },
    ]);
  });

  it('tells of a rollback, and once more afterwards, although the service is stable again', async () => {
    aws.ecs.scriptOutcome(({ revision }) =>
      revision === 2 ? { kind: 'exits', afterSeconds: 1, exitCode: 3, logLines: ['Error: no'] } : undefined,
    );
    await deploySomething();
    for (const step of [await wait(), await wait()]) {
      expect(step.exitCode).toBe(1);
      expect(step.outputs).toMatchObject({ verdict: 'rolled-back', cause: 'app-exit' });
      expect(step.annotations[0]?.message).toContain('exited 3');
    }
    const operations = aws.calls.map(({ operation }) => operation);
    expect(operations).not.toContain('UpdateService');
    expect(operations).not.toContain('StopServiceDeployment');
  });

  it('is superseded when the latest deployment is not the expected one', async () => {
    const step = await wait({ 'task-definition': 'simple-app1:9', 'on-superseded': 'warn' });
    expect(step.exitCode).toBe(0);
    expect(step.outputs['verdict']).toBe('superseded');
    expect(step.annotations).toMatchObject([
      { level: 'warning', message: expect.stringContaining('simple-app1:9') },
    ]);
  });

  it('ends at the deadline and touches nothing', async () => {
    aws.ecs.scriptOutcome(() => ({ kind: 'hangs' }));
    await deploySomething();
    const step = await wait({ 'timeout-minutes': '0.05' });
    expect(step.outputs).toMatchObject({
      verdict: 'timed-out',
      cause: 'startup-timeout',
      'duration-seconds': '3',
    });
    expect(aws.calls.map(({ operation }) => operation)).not.toContain('StopServiceDeployment');
  });

  it('names a service that does not exist', async () => {
    const step = await wait({ service: 'nobody' });
    expect(step.annotations[0]?.message).toContain('Service nobody');
  });
});
