import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { markdownTable } from 'markdown-table';
import { type Rehearsal, startRehearsal } from '../../rehearsal/rehearsal.ts';
import { findBundledRepository } from '../../rehearsal/runner/bundles.ts';
import { runStep, type StepResult } from '../../rehearsal/runner/run-step.ts';
import type { Scenario, ServiceTraits } from '../../rehearsal/scenarios/scenario.ts';
import { scenarios } from '../../rehearsal/scenarios/scenarios.ts';
import { addTraits, type StagedService, stageService } from '../../rehearsal/scenarios/stage.ts';
import type { FaultScript } from '../../rehearsal/server/faults.ts';
import { AwsError } from '../../rehearsal/server/service.ts';

jest.setTimeout(120_000);

const speed = 60;
const elsewhere = `public.ecr.aws/team/app@sha256:${'1'.repeat(64)}`;
let directory: string;
let repositoryRoot: string;
let app: { readonly containerDefinitions: readonly object[] };
const open: Rehearsal[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'slipway-deploy-'));
  repositoryRoot = await findBundledRepository(directory);
  app = JSON.parse(await readFile(new URL('../../apps/simple-app1/taskdef.json', import.meta.url), 'utf8'));
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((aws) => aws.close()));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** Looks at the service from its update until the action acted upon what it saw, or until the end. */
function countPolls(operations: readonly string[]): string {
  const watched = operations.slice(operations.indexOf('UpdateService') + 1);
  const acted = watched.findIndex((operation) => /^(StopServiceDeployment|UpdateService)$/.test(operation));
  const before = acted === -1 ? watched : watched.slice(0, acted);
  return String(before.filter((operation) => operation === 'DescribeServices').length);
}

/** For whoever reads CI's output: what each scenario's cause was called, and after how many looks. */
const named: string[][] = [];
afterAll(() => {
  const table = markdownTable([['scenario', 'cause', 'verdict', 'polls until named'], ...named]);
  process.stdout.write(`\n${table}\n`);
});

interface Trial {
  readonly aws: Rehearsal;
  readonly staged: StagedService;
  /** Cancels the step as GitHub's runner does. */
  cancel(): void;
  run(inputs?: Readonly<Record<string, string>>, env?: Readonly<Record<string, string>>): Promise<StepResult>;
  /** ECS operations so far that change something. */
  changes(): string[];
}

async function tryOut(traits: ServiceTraits = {}, image = elsewhere): Promise<Trial> {
  const aws = await startRehearsal({ speed });
  open.push(aws);
  const staged = stageService(aws, { taskDefinition: { ...app } }, traits);
  const cancel = new AbortController();
  const traited = addTraits({ ...app }, traits);
  const [container] = traited['containerDefinitions'] as object[];
  await writeFile(
    join(directory, 'taskdef.json'),
    JSON.stringify({
      ...traited,
      containerDefinitions: [{ ...container, image: image.replace('HOST', new URL(aws.endpoint).host) }],
    }),
  );
  return {
    aws,
    staged,
    cancel: () => cancel.abort(),
    run: (inputs = {}, env = {}) =>
      runStep({
        action: 'deploy-ecs-service',
        inputs: {
          'task-definition': 'taskdef.json',
          cluster: staged.cluster,
          service: staged.service,
          'poll-seconds': '0.1',
          ...inputs,
        },
        env: { ...aws.environment(), ...env },
        workspace: directory,
        repositoryRoot,
        runnerTemp: directory,
        cancel: cancel.signal,
        // The runner's harder signals stay away, so that a process that ends has ended by itself. How soon is a figure of
        // `npm run bench`: a test must not depend on the machine's speed.
        cancellationDelays: { terminateMilliseconds: 60_000, killMilliseconds: 60_000 },
      }),
    changes: () =>
      aws.calls
        .map(({ operation }) => operation)
        .filter((operation) => /^(Register|Update|Stop|Deregister)/.test(operation)),
  };
}

function fault(operation: string, code: string, over: Partial<FaultScript> = {}): FaultScript {
  return {
    service: 'ecs',
    operation,
    fault: { error: new AwsError(code, `${code}, says the test.`) },
    ...over,
  };
}

async function play(scenario: Scenario): Promise<{ step: StepResult; operations: string[] }> {
  const isMissing = scenario.name === 'image-missing';
  const image = isMissing ? `HOST/simple-app1@sha256:${'2'.repeat(64)}` : elsewhere;
  const trial = await tryOut(scenario.service, image);
  const { aws, staged } = trial;
  await aws.call('ecr', 'CreateRepository', { repositoryName: 'simple-app1' });
  const { cluster, service } = staged;
  const host = new URL(aws.endpoint).host;
  await scenario.prepare?.({
    rehearsal: aws,
    cluster,
    service,
    repository: 'simple-app1',
    image: image.replace('HOST', host),
    cancel: trial.cancel,
  });
  const timeout: Record<string, string> =
    scenario.deployInputs?.['timeout-minutes'] === undefined ? {} : { 'timeout-minutes': '0.05' };
  const step = await trial.run({ ...scenario.deployInputs, ...timeout });
  return { step, operations: aws.calls.map(({ operation }) => operation) };
}

describe('the bundle of deploy-ecs-service', () => {
  it.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
    'ends the scenario %s as it must',
    async (_name, scenario) => {
      const { step, operations } = await play(scenario);
      const { verdict, cause, exitCode } = scenario.expected;
      named.push([
        scenario.name,
        step.outputs['cause'] ?? '',
        step.outputs['verdict'] ?? '',
        countPolls(operations),
      ]);
      expect(step.outputs).toMatchObject({ verdict, changed: 'true' });
      expect(step.outputs['cause'] || undefined).toBe(cause);
      expect(step.exitCode).toBe(exitCode);
      expect(step.summary).toMatch(/^## \S+ \w/);
      const errors = step.annotations.filter(({ level }) => level === 'error');
      expect(errors).toHaveLength(exitCode);
      const report = JSON.parse(await readFile(step.outputs['report'] ?? '', 'utf8'));
      expect(report.services).toMatchObject([{ service: 'web', verdict, cause: cause ?? null }]);
      if (exitCode === 1) expect(errors[0]?.message).toBe(report.services[0].sentence);
      if (cause !== undefined) expect(step.summary.split('\n')[0]).toContain(`\`${cause}\``);
      expect(step.log).not.toContain('Stack');
    },
  );

  it('shows hostile log lines, and obeys none of them', async () => {
    const trial = await tryOut();
    const logLines = [
      '::set-output name=verdict::succeeded',
      '::add-mask::web',
      '##[error]gotcha',
      '\u001b[31mred\u001b[0m\r::warning::gotcha',
      '```\n</details><img src=x>',
      'x'.repeat(100_000),
      'Error: <b>no</b> `PORT` | is not set',
    ];
    trial.aws.ecs.scriptOutcome(({ images }) =>
      images.includes(elsewhere) ? { kind: 'exits', afterSeconds: 1, exitCode: 1, logLines } : undefined,
    );
    const step = await trial.run();
    expect(step.outputs).toMatchObject({ verdict: 'rolled-back', cause: 'app-exit' });
    expect(step.masks.size).toBe(0);
    expect(step.annotations.map(({ level }) => level)).toEqual(['error']);
    expect(step.annotations[0]?.message).toContain('Error: <b>no</b> `PORT` | is not set');
    expect(step.log).toContain('gotcha');
    expect(step.log).not.toContain('\u001b');
    expect(step.summary.length).toBeLessThan(20_000);
  });

  it('leaves the service alone when it runs the same definition already', async () => {
    const trial = await tryOut();
    await trial.run();
    const changed = trial.changes().length;
    const again = await trial.run();
    expect(again.outputs).toMatchObject({ verdict: 'unchanged', changed: 'false' });
    expect(again.exitCode).toBe(0);
    expect(trial.changes()).toHaveLength(changed);
  });

  it('names every bad input at once and calls nobody', async () => {
    const trial = await tryOut();
    const step = await trial.run({
      service: '',
      'timeout-minutes': 'soon',
      'on-cancel': 'undo',
      'log-lines': '-1',
    });
    expect(step.exitCode).toBe(1);
    for (const name of ['service', 'timeout-minutes', 'on-cancel', 'log-lines'])
      expect(step.log).toContain(`"${name}"`);
    expect(trial.aws.calls).toEqual([]);
  });

  it('names file, line and column of a broken task definition and calls nobody', async () => {
    const trial = await tryOut();
    await writeFile(join(directory, 'broken.json'), '{\n  "family": "web"\n  "cpu": "256"\n}\n');
    const step = await trial.run({ 'task-definition': 'broken.json' });
    expect(step.annotations[0]?.message).toContain('broken.json:3:3');
    expect(trial.aws.calls).toEqual([]);
  });

  it.each([
    ['a key that ECS does not know', { enviroment: [] }, 'environment'],
    ['no such file', undefined, 'missing.json'],
  ])('registers nothing for %s', async (_what, over, words) => {
    const trial = await tryOut();
    const [container] = app.containerDefinitions;
    if (over !== undefined) {
      const containerDefinitions = [{ ...container, ...over }];
      await writeFile(join(directory, 'typo.json'), JSON.stringify({ ...app, containerDefinitions }));
    }
    const step = await trial.run({ 'task-definition': over === undefined ? 'missing.json' : 'typo.json' });
    expect(step.annotations[0]?.message).toContain(words);
    expect(trial.aws.calls).toEqual([]);
  });

  it.each([
    ['service', { service: 'nobody' }],
    ['cluster', { cluster: 'nowhere' }],
  ])('finds a missing %s before anything is registered', async (what, inputs) => {
    const trial = await tryOut();
    const step = await trial.run(inputs);
    expect(step.exitCode).toBe(1);
    expect(step.annotations[0]?.message).toMatch(new RegExp(`${what} ${Object.values(inputs)[0]}`, 'i'));
    expect(trial.changes()).toEqual([]);
  });

  it('says in one line that nobody answers', async () => {
    const trial = await tryOut();
    const step = await trial.run({ 'max-retries': '0' }, { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' });
    expect(step.annotations).toHaveLength(1);
    expect(step.annotations[0]?.message).toContain('ECONNREFUSED');
  });

  it('needs no service-deployment API to tell a success', async () => {
    const trial = await tryOut();
    trial.aws.faults.push(fault('ListServiceDeployments', 'AccessDeniedException'));
    const step = await trial.run();
    expect(step.outputs['verdict']).toBe('succeeded');
    expect(step.log.match(/No permission/g)).toHaveLength(1);
  });

  it('waits throttling and lost connections out', async () => {
    const trial = await tryOut();
    trial.aws.faults.push(fault('DescribeServices', 'ThrottlingException', { skip: 2, times: 6 }), {
      service: 'ecs',
      operation: 'DescribeServiceDeployments',
      times: 3,
      fault: { dropConnection: true },
    });
    expect((await trial.run({ 'max-retries': '1' })).outputs['verdict']).toBe('succeeded');
  });

  it('ends at once when the credentials expire', async () => {
    const trial = await tryOut();
    trial.aws.ecs.scriptOutcome(() => ({ kind: 'hangs' }));
    trial.aws.faults.push(fault('DescribeServices', 'ExpiredTokenException', { skip: 5 }));
    const step = await trial.run();
    expect(step.outputs).toMatchObject({ verdict: 'failed', cause: 'credentials-expired' });
    const afterwards = trial.aws.calls.slice(
      trial.aws.calls.findIndex(({ error }) => error === 'ExpiredTokenException'),
    );
    expect(afterwards.length).toBeLessThan(10);
  });
});

describe('the bundle of deploy-ecs-service, at a pause', () => {
  const traits: ServiceTraits = {
    deployment: {
      strategy: 'BLUE_GREEN',
      lifecycleHooks: [{ targetType: 'PAUSE', lifecycleStages: ['POST_TEST_TRAFFIC_SHIFT'] }],
    },
  };

  it('ends green there where that is waited for, and leaves the deployment to whoever answers', async () => {
    const trial = await tryOut(traits);
    const step = await trial.run({ 'wait-for': 'paused' });
    expect(step.outputs['verdict']).toBe('succeeded');
    expect(step.exitCode).toBe(0);
    expect(step.summary).toMatch(/is paused at POST.*TEST/);
    expect(trial.changes()).not.toContain('StopServiceDeployment');
  });

  it('blames the pause for a deadline that passes there, and rolls back', async () => {
    const trial = await tryOut(traits);
    const step = await trial.run({ 'timeout-minutes': '0.05' });
    expect(step.outputs).toMatchObject({ verdict: 'timed-out', cause: 'hook-timeout' });
    expect(trial.changes()).toContain('StopServiceDeployment');
  });
});

describe('the bundle of deploy-ecs-service, cancelled', () => {
  /** A rollout that hangs, cancelled a moment after it has started. */
  async function cancelSoon(
    inputs: Record<string, string>,
    faults: FaultScript[] = [],
  ): Promise<{ trial: Trial; step: StepResult; cancelledAt: number }> {
    const trial = await tryOut();
    trial.aws.ecs.scriptOutcome(({ images }) => (images.includes(elsewhere) ? { kind: 'hangs' } : undefined));
    trial.aws.faults.push(...faults);
    let cancelledAt = 0;
    trial.aws.ecs.onDeployment(() => {
      trial.aws.clock.after(speed * 1000, () => {
        cancelledAt = performance.now();
        trial.cancel();
      });
    });
    return { trial, step: await trial.run(inputs), cancelledAt };
  }

  it('ends by itself although AWS has gone silent', async () => {
    const silenceMilliseconds = 60_000;
    const silent: FaultScript = {
      service: 'ecs',
      operation: 'DescribeServices',
      skip: 3,
      times: 1,
      fault: { delayMilliseconds: silenceMilliseconds },
    };
    const { trial, step, cancelledAt } = await cancelSoon({}, [silent]);
    expect(performance.now() - cancelledAt).toBeLessThan(silenceMilliseconds);
    expect(step.exitCode).toBe(1);
    expect(step.outputs['verdict']).toBe('cancelled');
    expect(trial.changes()).toContain('StopServiceDeployment');
  });

  it('answers SIGINT with the stop call before any other, and ends by itself', async () => {
    const { trial, step, cancelledAt } = await cancelSoon({});
    // One look may have been under way when the signal came.
    const [first, second] = trial.aws.calls.filter(({ arrivedAt }) => arrivedAt > cancelledAt);
    expect([first?.operation, second?.operation]).toContain('StopServiceDeployment');
    expect(step.outputs['verdict']).toBe('cancelled');
    expect(step.exitCode).toBe(1);
    expect(trial.changes().filter((operation) => operation === 'StopServiceDeployment')).toHaveLength(1);
  });

  it('has the post phase ask again when the stop call was lost', async () => {
    const lost: FaultScript = {
      service: 'ecs',
      operation: 'StopServiceDeployment',
      times: 1,
      fault: { dropConnection: true },
    };
    const { trial, step } = await cancelSoon({ 'max-retries': '0' }, [lost]);
    expect(step.postExitCode).toBe(0);
    expect(step.log).toContain('rollback requested');
    expect(trial.changes().filter((operation) => operation === 'StopServiceDeployment')).toHaveLength(2);
  });

  it('leaves the deployment alone where that is wanted, in the post phase too', async () => {
    const { trial } = await cancelSoon({ 'on-cancel': 'leave' });
    expect(trial.changes()).not.toContain('StopServiceDeployment');
  });
});
