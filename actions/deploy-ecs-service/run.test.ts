import { describe, expect, it } from '@jest/globals';
import { UserError, type UserErrorCode } from '../lib/message/user-error.ts';
import {
  type CollectedLog,
  createCollectedLog,
  createFakeClock,
  createFakePorts,
  createFakeWorld,
  deployment,
  type FakeClock,
  type FakeWorld,
  serviceDeployment,
  serviceState,
} from '../lib/rollout/fixtures.ts';
import type { Rollout } from '../lib/rollout/rollout.ts';
import type { TaskDefinition } from '../lib/taskdef/task-definition.ts';
import type { DeployInputs } from './inputs.ts';
import { type Deployed, type DeployPorts, deploy, describeOutputs } from './run.ts';

const family = 'arn:aws:ecs:eu-west-1:111122223333:task-definition/web';
const running: TaskDefinition = { family: 'web', containerDefinitions: [{ name: 'web', image: 'web:1' }] };
const changed: TaskDefinition = { family: 'web', containerDefinitions: [{ name: 'web', image: 'web:2' }] };

const inputs: DeployInputs = {
  taskDefinition: { kind: 'file', path: 'taskdef.json' },
  services: [{ cluster: 'prod', service: 'web' }],
  isWaiting: true,
  options: {
    timeoutSeconds: 600,
    pollSeconds: 3,
    abortAfter: 3,
    onFailure: 'rollback',
    onCancel: 'rollback',
    waitFor: 'completed',
    logLines: 30,
  },
  onSuperseded: 'fail',
  isForced: false,
  maxRetries: 3,
};

interface Trial {
  readonly world: FakeWorld;
  readonly clock: FakeClock;
  readonly log: CollectedLog;
  readonly cancel: AbortController;
  /** What was in the state for the post phase, one entry a change. */
  readonly saved: (readonly Rollout[])[];
  readonly registered: TaskDefinition[];
  run(over?: Partial<DeployInputs>): Promise<Deployed>;
}

/** A service that runs revision 41; updating it starts deployment 2 of revision 42, which succeeds after half a minute. */
function tryOut(file: TaskDefinition | UserErrorCode = changed): Trial {
  const before = deployment(1, { rolloutState: 'COMPLETED', taskDefinitionArn: `${family}:41` });
  const world = createFakeWorld({ service: serviceState([before]), serviceDeployments: [] });
  const clock = createFakeClock();
  const log = createCollectedLog();
  const cancel = new AbortController();
  const saved: (readonly Rollout[])[] = [];
  const registered: TaskDefinition[] = [];
  world.onUpdate = (taskDefinitionArn) => {
    const started = deployment(2, { taskDefinitionArn, runningCount: 0, pendingCount: 2 });
    world.service = serviceState([started, { ...before, status: 'ACTIVE' }]);
    world.serviceDeployments = [serviceDeployment('IN_PROGRESS')];
    clock.at(clock.now() - 1_000_000 + 30_000, () => {
      world.service = serviceState([{ ...started, runningCount: 2, rolloutState: 'COMPLETED' }]);
      world.serviceDeployments = [serviceDeployment('SUCCESSFUL')];
    });
    return started;
  };
  const ports: DeployPorts = {
    ...createFakePorts(world),
    clock,
    log,
    random: () => 0.5,
    cancelled: cancel.signal,
    async readTaskDefinition(path) {
      world.calls.push(`read ${path}`);
      if (typeof file === 'string') throw new UserError(file, `${path}:2:3: wrong`);
      return file;
    },
    revisions: {
      async describeTaskDefinition(arn) {
        world.calls.push('DescribeTaskDefinition');
        const refusal = world.refusals.get('DescribeTaskDefinition');
        if (refusal !== undefined) throw new UserError(refusal, 'AWS refused.');
        return { arn, status: arn.endsWith(':13') ? 'INACTIVE' : 'ACTIVE', definition: running };
      },
      async registerTaskDefinition(definition) {
        world.calls.push('RegisterTaskDefinition');
        registered.push(definition);
        return `${family}:42`;
      },
    },
    saveRollouts: (rollouts) => void saved.push([...rollouts]),
  };
  return {
    world,
    clock,
    log,
    cancel,
    saved,
    registered,
    run: (over = {}) => deploy({ ...inputs, ...over }, ports),
  };
}

describe('deploy', () => {
  it('registers the file, updates the service, and waits for success', async () => {
    const trial = tryOut();
    const deployed = await trial.run();
    expect(trial.registered).toEqual([changed]);
    expect(describeOutputs(deployed, '/tmp/report.json')).toEqual({
      'task-definition-arn': `${family}:42`,
      'previous-task-definition-arn': `${family}:41`,
      'service-deployment-arn': serviceDeployment('SUCCESSFUL').arn,
      verdict: 'succeeded',
      cause: undefined,
      changed: 'true',
      'duration-seconds': '30',
      'console-url':
        'https://eu-west-1.console.aws.amazon.com/ecs/v2/clusters/prod/services/web/deployments?region=eu-west-1',
      report: '/tmp/report.json',
    });
    expect(deployed.conclusion?.failure).toBeUndefined();
    expect(trial.log.lines.slice(-2)).toEqual(['web: succeeded', 'web runs web:42 on 2 tasks.']);
  });

  it('has the rollout in the state before it waits, its ARN as soon as that is known, and nothing at the end', async () => {
    const trial = tryOut();
    await trial.run();
    expect(trial.saved.map(([first]) => first?.serviceDeploymentArn)).toEqual([
      undefined,
      serviceDeployment('SUCCESSFUL').arn,
      undefined,
    ]);
    expect(trial.saved[0]).toMatchObject([
      { deploymentId: 'ecs-svc/2', previousTaskDefinitionArn: `${family}:41` },
    ]);
    expect(trial.saved.at(-1)).toEqual([]);
  });

  it.each<[string, Partial<DeployInputs>, (trial: Trial) => void, UserErrorCode]>([
    [
      'a missing service',
      {},
      ({ world }) => void Object.assign(world, { service: undefined }),
      'service-not-found',
    ],
    [
      'a missing cluster',
      {},
      ({ world }) => void world.refusals.set('DescribeServices', 'cluster-not-found'),
      'cluster-not-found',
    ],
    [
      'expired credentials',
      {},
      ({ world }) => void world.refusals.set('DescribeServices', 'credentials-expired'),
      'credentials-expired',
    ],
    [
      'a service of CodeDeploy',
      {},
      ({ world }) => {
        world.service = serviceState([deployment(1)], { controller: 'CODE_DEPLOY' });
      },
      'service-unsupported',
    ],
    [
      'an inactive revision',
      { taskDefinition: { kind: 'revision', arn: `${family}:13` } },
      () => undefined,
      'task-definition-not-found',
    ],
    ['a run that is cancelled already', {}, ({ cancel }) => cancel.abort(), 'deployment-unsuccessful'],
  ])('changes nothing for %s', async (_what, over, arrange, code) => {
    const trial = tryOut();
    arrange(trial);
    await expect(trial.run(over)).rejects.toMatchObject({ code });
    expect(trial.world.calls).not.toContain('RegisterTaskDefinition');
    expect(trial.world.calls).not.toContain('UpdateService');
  });

  it('calls no AWS for a broken file', async () => {
    const trial = tryOut('task-definition-invalid');
    await expect(trial.run()).rejects.toMatchObject({ message: 'taskdef.json:2:3: wrong' });
    expect(trial.world.calls).toEqual(['read taskdef.json']);
  });

  it('leaves a service alone that runs the very same definition', async () => {
    const trial = tryOut(running);
    const deployed = await trial.run();
    expect(describeOutputs(deployed, undefined)).toMatchObject({
      'task-definition-arn': `${family}:41`,
      verdict: 'unchanged',
      changed: 'false',
    });
    expect(trial.world.calls).not.toContain('UpdateService');
    expect(trial.registered).toEqual([]);
  });

  it('deploys the revision that runs once more when forced, without registering it again', async () => {
    const trial = tryOut(running);
    const deployed = await trial.run({ isForced: true });
    expect(describeOutputs(deployed, undefined)).toMatchObject({
      'task-definition-arn': `${family}:41`,
      verdict: 'succeeded',
      changed: 'true',
    });
    expect(trial.registered).toEqual([]);
  });

  it('waits for the same definition that is being rolled out already', async () => {
    const trial = tryOut(running);
    trial.world.service = serviceState([deployment(1, { taskDefinitionArn: `${family}:41` })]);
    trial.world.serviceDeployments = [serviceDeployment('IN_PROGRESS', {}, 1)];
    trial.clock.at(20_000, () => {
      trial.world.serviceDeployments = [serviceDeployment('SUCCESSFUL', {}, 1)];
    });
    const deployed = await trial.run();
    expect(describeOutputs(deployed, undefined)).toMatchObject({ verdict: 'succeeded', changed: 'false' });
    expect(trial.world.calls).not.toContain('UpdateService');
  });

  it('deploys a revision that exists as it is', async () => {
    const trial = tryOut();
    const deployed = await trial.run({ taskDefinition: { kind: 'revision', arn: `${family}:42` } });
    expect(describeOutputs(deployed, undefined)).toMatchObject({
      'task-definition-arn': `${family}:42`,
      verdict: 'succeeded',
    });
    expect(trial.registered).toEqual([]);
  });

  it.each(['access-denied', 'task-definition-not-found'] as const)(
    'deploys anew where what runs is %s',
    async (code) => {
      const trial = tryOut(running);
      trial.world.refusals.set('DescribeTaskDefinition', code);
      expect(await trial.run()).toMatchObject({ changed: true });
      expect(trial.log.lines[0]).toContain('without comparing');
    },
  );

  it('ends right after the update without wait, and leaves no state', async () => {
    const trial = tryOut();
    const deployed = await trial.run({ isWaiting: false });
    expect(deployed.conclusion).toBeUndefined();
    expect(describeOutputs(deployed, undefined)).toMatchObject({ verdict: undefined, changed: 'true' });
    expect(trial.saved).toEqual([]);
    expect(trial.world.calls.at(-1)).toBe('UpdateService');
  });

  it('reports an update that ECS refuses as failed, with its cause', async () => {
    const trial = tryOut();
    trial.world.refusals.set('UpdateService', 'access-denied');
    const deployed = await trial.run();
    expect(deployed.conclusion).toMatchObject({ verdict: 'failed', cause: 'access-denied' });
    await expect(trial.run({ isWaiting: false })).rejects.toMatchObject({ code: 'deployment-unsuccessful' });
  });

  it('keeps a cancelled rollout in the state, for the post phase to look after', async () => {
    const trial = tryOut();
    trial.clock.at(10_000, () => trial.cancel.abort());
    const deployed = await trial.run();
    expect(deployed.conclusion).toMatchObject({
      verdict: 'cancelled',
      failure: { code: 'deployment-unsuccessful' },
    });
    expect(trial.saved.at(-1)).toHaveLength(1);
  });

  it('saves nothing when a cancelled rollout is to be left alone', async () => {
    const trial = tryOut();
    trial.clock.at(10_000, () => trial.cancel.abort());
    await trial.run({ options: { ...inputs.options, onCancel: 'leave' } });
    expect(trial.saved).toEqual([]);
    expect(trial.world.calls).not.toContain('StopServiceDeployment');
  });
});
