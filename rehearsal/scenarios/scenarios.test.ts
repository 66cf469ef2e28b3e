import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { taskDefinition } from '../ecs/ecs-fixture.ts';
import { type Rehearsal, startRehearsal } from '../rehearsal.ts';
import type { Json } from '../server/service.ts';
import type { Scenario } from './scenario.ts';
import { scenarios } from './scenarios.ts';
import { CLUSTER, SERVICE, stageService } from './stage.ts';

/** Each scenario's world, with a deployer that only registers and updates; the actions are tested where they live. */
const SPEED = 1500;

// The smallest image there is: an index of nothing.
const manifest = JSON.stringify({
  schemaVersion: 2,
  mediaType: 'application/vnd.oci.image.index.v1+json',
  manifests: [],
});
const digest = `sha256:${createHash('sha256').update(manifest).digest('hex')}`;

let rehearsal: Rehearsal;

afterEach(async () => {
  await rehearsal.close();
});

interface Played {
  readonly deploymentId: string;
  readonly cancelled: () => boolean;
}

async function play(scenario: Scenario): Promise<Played> {
  rehearsal = await startRehearsal({ speed: SPEED });
  stageService(rehearsal, { taskDefinition }, scenario.service);
  await rehearsal.call('ecr', 'CreateRepository', { repositoryName: 'web' });
  await rehearsal.call('ecr', 'PutImage', { repositoryName: 'web', imageManifest: manifest, imageTag: 'v1' });
  const image = `${new URL(rehearsal.endpoint).host}/web@${digest}`;
  let cancelled = false;
  await scenario.prepare?.({
    rehearsal,
    cluster: CLUSTER,
    service: SERVICE,
    repository: 'web',
    image,
    cancel: () => {
      cancelled = true;
    },
  });
  const [container] = taskDefinition['containerDefinitions'] as Json[];
  await rehearsal.call('ecs', 'RegisterTaskDefinition', {
    ...taskDefinition,
    containerDefinitions: [{ ...container, image }],
  });
  await rehearsal.call('ecs', 'UpdateService', { cluster: CLUSTER, service: SERVICE, taskDefinition: 'web' });
  const { services } = await rehearsal.call('ecs', 'DescribeServices', {
    cluster: CLUSTER,
    services: [SERVICE],
  });
  const [{ deployments }] = services as [{ deployments: { id: string }[] }];
  return { deploymentId: deployments[0]?.id ?? '', cancelled: () => cancelled };
}

async function readStatus(deploymentId: string): Promise<unknown> {
  const { serviceDeployments } = await rehearsal.call('ecs', 'ListServiceDeployments', {
    cluster: CLUSTER,
    service: SERVICE,
  });
  return (serviceDeployments as Json[]).find(({ targetServiceRevisionArn }) =>
    String(targetServiceRevisionArn).endsWith(deploymentId.slice(8)),
  )?.['status'];
}

async function readStopped(deploymentId: string): Promise<Json[]> {
  const { taskArns } = await rehearsal.call('ecs', 'ListTasks', {
    cluster: CLUSTER,
    startedBy: deploymentId,
    desiredStatus: 'STOPPED',
  });
  if ((taskArns as string[]).length === 0) return [];
  return (await rehearsal.call('ecs', 'DescribeTasks', { cluster: CLUSTER, tasks: taskArns }))[
    'tasks'
  ] as Json[];
}

async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  for (let round = 0; round < 4000; round += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error('it never came to pass');
}

function find(name: string): Scenario {
  const scenario = scenarios.find((each) => each.name === name);
  if (scenario === undefined) throw new Error(`no scenario ${name}`);
  return scenario;
}

describe('the world of the scenario', () => {
  it.each([
    ['healthy', 'SUCCESSFUL'],
    ['rolled-back', 'ROLLBACK_SUCCESSFUL'],
    ['failed', 'STOPPED'],
    ['superseded', 'STOPPED'],
    ['blue-green', 'SUCCESSFUL'],
    ['canary', 'SUCCESSFUL'],
    ['linear', 'SUCCESSFUL'],
    ['paused', 'SUCCESSFUL'],
    ['blue-green-crash', 'ROLLBACK_SUCCESSFUL'],
    ['alarm', 'ROLLBACK_SUCCESSFUL'],
    ['hook-failed', 'ROLLBACK_SUCCESSFUL'],
    ['hook-timeout', 'ROLLBACK_SUCCESSFUL'],
  ])('%s ends its service deployment %s', async (name, status) => {
    const { deploymentId } = await play(find(name));
    await until(async () => (await readStatus(deploymentId)) === status);
  });

  it.each([
    ['crash-loop', 'Essential container in task exited'],
    ['image-missing', 'CannotPullContainerError: '],
    ['rolled-back', 'Task failed ELB health checks in (target-group '],
    ['failed', 'Essential container in task exited'],
    ['image-pull-denied', '403 Forbidden'],
    ['image-architecture', "descriptor matching platform 'linux/amd64'"],
    ['secret-missing', "can't find the specified secret"],
    ['execution-role', 'is not authorized to perform: ecr:GetAuthorizationToken'],
    ['log-group-missing', 'The specified log group does not exist.'],
    ['network-unreachable', 'i/o timeout'],
    ['startup-timeout', 'timed out after waiting'],
    ['no-addresses', 'InsufficientFreeAddressesInSubnet'],
    ['spot-interruption', 'Your Spot Task was interrupted.'],
    ['task-stopped-by-user', 'Task stopped by user'],
  ])('%s has three tasks stopped for the reason %j', async (name, reason) => {
    const { deploymentId } = await play(find(name));
    await until(async () => (await readStopped(deploymentId)).length >= 3);
    for (const task of await readStopped(deploymentId)) {
      expect(task['stoppedReason']).toEqual(expect.stringContaining(reason));
    }
  });

  it.each(['crash-loop', 'image-missing', 'never-stable', 'cancelled', 'no-capacity'])(
    '%s goes on when nobody acts',
    async (name) => {
      const { deploymentId } = await play(find(name));
      const soon = rehearsal.clock.now() + 400_000;
      await until(() => rehearsal.clock.now() > soon);
      expect(await readStatus(deploymentId)).toBe('IN_PROGRESS');
    },
  );

  it('never-stable keeps tasks running that are not healthy', async () => {
    const { deploymentId } = await play(find('never-stable'));
    await until(async () => {
      const { services } = await rehearsal.call('ecs', 'DescribeServices', {
        cluster: CLUSTER,
        services: [SERVICE],
      });
      const [{ deployments }] = services as [{ deployments: { id: string; runningCount: number }[] }];
      return deployments.find(({ id }) => id === deploymentId)?.runningCount === 2;
    });
    expect(await readStopped(deploymentId)).toEqual([]);
  });

  it('cancelled cancels the step while the rollout goes on', async () => {
    const { deploymentId, cancelled } = await play(find('cancelled'));
    expect(cancelled()).toBe(false);
    await until(cancelled);
    expect(await readStatus(deploymentId)).toBe('IN_PROGRESS');
  });
});

// The contract's list, which the rehearsal does not import.
const causes = [
  'image-not-found',
  'image-pull-denied',
  'image-architecture',
  'secret-missing',
  'execution-role',
  'log-group-missing',
  'network-unreachable',
  'app-exit',
  'out-of-memory',
  'container-health-check',
  'target-health-check',
  'startup-timeout',
  'no-capacity',
  'no-addresses',
  'spot-interruption',
  'task-stopped-by-user',
  'hook-failed',
  'hook-timeout',
  'alarm',
  'access-denied',
  'credentials-expired',
  'throttled',
  'cluster-not-found',
  'service-not-found',
  'unknown',
];

describe('every scenario', () => {
  it('is one of a set that has every cause, every verdict and every strategy in it', async () => {
    rehearsal = await startRehearsal({ speed: 1 });
    const shown = new Set(
      scenarios.map(({ expected }) => expected.cause).filter((cause) => cause !== undefined),
    );
    expect([...shown].sort()).toEqual(causes.toSorted());
    expect(new Set(scenarios.map(({ expected }) => expected.verdict)).size).toBe(6);
    const strategies = scenarios.map(({ service }) => service?.deployment?.['strategy'] ?? 'ROLLING');
    expect(new Set(strategies)).toEqual(new Set(['ROLLING', 'BLUE_GREEN', 'CANARY', 'LINEAR']));
  });

  it('has a name of its own, one line of description, and an exit code that fits its verdict', async () => {
    rehearsal = await startRehearsal({ speed: 1 });
    expect(new Set(scenarios.map(({ name }) => name)).size).toBe(scenarios.length);
    for (const { description, expected } of scenarios) {
      expect(description).toMatch(/^[A-Z][^\n]{20,100}\.$/);
      expect(expected.exitCode).toBe(expected.verdict === 'succeeded' ? 0 : 1);
    }
  });
});
