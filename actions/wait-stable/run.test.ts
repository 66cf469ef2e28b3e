import { describe, expect, it } from '@jest/globals';
import { readInputs } from '../lib/input/reader.ts';
import {
  createCollectedLog,
  createFakeClock,
  createFakePorts,
  createFakeWorld,
  deployment,
  type FakeClock,
  type FakeWorld,
  serviceDeployment,
  serviceState,
  stoppedTask,
} from '../lib/rollout/fixtures.ts';
import { readWaitStableInputs, type WaitStableInputs } from './inputs.ts';
import { describeOutputs, type Waited, waitStable } from './run.ts';

const given: Readonly<Record<string, string>> = {
  cluster: 'prod',
  service: 'web',
  'wait-for': 'completed',
  'timeout-minutes': '10',
  'poll-seconds': '3',
  'abort-after': '0',
  'on-failure': 'leave',
  'on-superseded': 'fail',
  'log-lines': '30',
  'max-retries': '3',
};

function read(over: Readonly<Record<string, string>> = {}): WaitStableInputs {
  const all: Record<string, string> = { ...given, ...over };
  return readInputs((name) => all[name] ?? '', readWaitStableInputs);
}

function wait(
  world: FakeWorld,
  over: Readonly<Record<string, string>> = {},
  rim: { clock?: FakeClock; cancelled?: AbortSignal } = {},
): Promise<Waited> {
  return waitStable(read(over), {
    ...createFakePorts(world),
    serviceRevisions: { describeTaskDefinitionOf: async () => deployment(2).taskDefinitionArn },
    clock: rim.clock ?? createFakeClock(),
    log: createCollectedLog(),
    random: () => 0.5,
    cancelled: rim.cancelled ?? new AbortController().signal,
  });
}

describe('waitStable', () => {
  it('waits for the deployment in progress', async () => {
    const world = createFakeWorld();
    const clock = createFakeClock();
    clock.at(30_000, () => {
      world.serviceDeployments = [serviceDeployment('SUCCESSFUL')];
      world.service = serviceState([deployment(2, { rolloutState: 'COMPLETED' })]);
    });
    const waited = await wait(world, {}, { clock });
    expect(describeOutputs(waited, 'report.json')).toEqual({
      verdict: 'succeeded',
      cause: undefined,
      'service-deployment-arn': serviceDeployment('SUCCESSFUL').arn,
      'task-definition-arn': deployment(2).taskDefinitionArn,
      'duration-seconds': '31',
      'console-url': expect.stringContaining('/clusters/prod/services/web/'),
      report: 'report.json',
    });
  });

  it('tells at once that the latest deployment was rolled back, although the service is perfectly stable', async () => {
    const world = createFakeWorld({
      service: serviceState([deployment(1, { rolloutState: 'COMPLETED' })]),
      serviceDeployments: [serviceDeployment('ROLLBACK_SUCCESSFUL')],
      tasks: [stoppedTask(), stoppedTask(), stoppedTask()],
    });
    const { conclusion } = await wait(world);
    expect(conclusion).toMatchObject({ verdict: 'rolled-back', cause: 'app-exit', durationSeconds: 0 });
    expect(conclusion.failure).toMatchObject({ code: 'deployment-unsuccessful' });
  });

  it('is superseded when the latest deployment brings another definition than expected', async () => {
    const { conclusion } = await wait(createFakeWorld(), { 'task-definition': 'web:40' });
    expect(conclusion).toMatchObject({ verdict: 'superseded' });
    expect(conclusion.failure?.message).toBe(
      'web:40 of web was superseded: the latest deployment brings web:42.',
    );
  });

  it('only warns of that where told so, and accepts the one expected', async () => {
    const warned = await wait(createFakeWorld(), { 'task-definition': 'web:40', 'on-superseded': 'warn' });
    expect(warned.conclusion.failure).toBeUndefined();
    const world = createFakeWorld({ serviceDeployments: [serviceDeployment('SUCCESSFUL')] });
    const { conclusion } = await wait(world, { 'task-definition': deployment(2).taskDefinitionArn });
    expect(conclusion.verdict).toBe('succeeded');
  });

  it('touches nothing when it is cancelled', async () => {
    const world = createFakeWorld();
    const cancel = new AbortController();
    const clock = createFakeClock();
    clock.at(10_000, () => cancel.abort());
    const { conclusion } = await wait(world, {}, { clock, cancelled: cancel.signal });
    expect(conclusion.verdict).toBe('cancelled');
    expect(world.calls).not.toContain('StopServiceDeployment');
  });
});

describe('readWaitStableInputs', () => {
  const arn = 'arn:aws:ecs:eu-west-1:111122223333:service-deployment/prod/web/x_Y-1';

  it('reads a revision by name or ARN', () => {
    expect(read({ 'task-definition': 'web:42' }).expectedRevision).toBe('web:42');
    expect(read({ 'task-definition': deployment(2).taskDefinitionArn }).expectedRevision).toBe('web:42');
    expect(read({ 'service-deployment-arn': arn }).serviceDeploymentArn).toBe(arn);
  });

  it.each([
    ['service-deployment-arn', { 'service-deployment-arn': 'arn:aws:ecs:x' }],
    ['single service', { 'service-deployment-arn': arn, service: 'web, api' }],
    ['family:revision', { 'task-definition': 'web' }],
  ])('refuses what is no %s', (words, over) => {
    expect(() => read(over)).toThrow(words);
  });
});
