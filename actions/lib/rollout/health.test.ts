import { describe, expect, it } from '@jest/globals';
import type { TargetGroupHealth } from './evidence.ts';
import { container, runningTask } from './fixtures.ts';
import { type HealthFacts, isHealthyTask, onlyTargetsOf } from './health.ts';

const facts: HealthFacts = {
  hasHealthCheck: false,
  targetGroups: undefined,
  failureLifetimeSeconds: 4,
  newestTime: 100_000,
};

function group(...targets: [id: string, port: number, state: string][]): TargetGroupHealth {
  return {
    targetGroup: 'web',
    containerName: 'web',
    containerPort: 80,
    check: undefined,
    targets: targets.map(([id, port, state]) => ({
      id,
      port,
      state,
      reason: undefined,
      description: undefined,
    })),
  };
}

describe('isHealthyTask', () => {
  it.each<[string, boolean, Parameters<typeof runningTask>[0], Partial<HealthFacts>]>([
    ['one that has outlived the failures', true, { startedAt: 80_000 }, {}],
    ['one that is as young as the failures were', false, { startedAt: 95_000 }, {}],
    ['one that still starts', false, { startedAt: undefined, lastStatus: 'PENDING' }, {}],
    ['one whose container is UNHEALTHY', false, { startedAt: 1, healthStatus: 'UNHEALTHY' }, {}],
    ['one whose health check has not answered yet', false, { startedAt: 1 }, { hasHealthCheck: true }],
    [
      'a young one whose health check passes',
      true,
      { startedAt: 99_000, healthStatus: 'HEALTHY' },
      { hasHealthCheck: true },
    ],
  ])('judges %s %s', (_what, expected, task, over) => {
    expect(isHealthyTask(runningTask(task), { ...facts, ...over })).toBe(expected);
  });

  it.each<[string, boolean, TargetGroupHealth[]]>([
    ['healthy', true, [group(['10.0.0.1', 80, 'healthy'])]],
    ['unhealthy', false, [group(['10.0.0.1', 80, 'unhealthy'])]],
    ['initial', false, [group(['10.0.0.1', 80, 'initial'])]],
    ['healthy on another port', false, [group(['10.0.0.1', 81, 'healthy'])]],
    ["somebody else's", false, [group(['10.0.0.2', 80, 'healthy'])]],
    [
      'healthy in one of two groups',
      false,
      [group(['10.0.0.1', 80, 'healthy']), group(['10.0.0.1', 80, 'unhealthy'])],
    ],
  ])('takes a running task whose target is %s for healthy: %s', (_what, expected, targetGroups) => {
    const task = runningTask({ startedAt: 1, addresses: ['10.0.0.1'] });
    expect(isHealthyTask(task, { ...facts, targetGroups })).toBe(expected);
  });

  it('finds the target of a task without an address by its host port', () => {
    const task = runningTask({ containers: [container({ hostPorts: [32768] })] });
    const targetGroups = [group(['i-0123', 32768, 'healthy'], ['i-0123', 32769, 'unhealthy'])];
    expect(isHealthyTask(task, { ...facts, targetGroups })).toBe(true);
    expect(onlyTargetsOf([task], targetGroups[0]!).targets.map(({ port }) => port)).toEqual([32768]);
  });
});
