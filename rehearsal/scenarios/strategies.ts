import { scriptNewTasks } from './new-tasks.ts';
import type { Scenario } from './scenario.ts';

export const blueGreen: Scenario = {
  name: 'blue-green',
  description: 'Green starts beside blue, takes all traffic at once, and bakes for a minute.',
  service: { deployment: { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 1 } },
  speedFactor: 2,
  expected: { verdict: 'succeeded', exitCode: 0 },
};

export const canary: Scenario = {
  name: 'canary',
  description: 'A tenth of the traffic tries the new revision for a minute, then all of it follows.',
  service: {
    deployment: {
      strategy: 'CANARY',
      canaryConfiguration: { canaryPercent: 10, canaryBakeTimeInMinutes: 1 },
    },
  },
  speedFactor: 2,
  expected: { verdict: 'succeeded', exitCode: 0 },
};

export const linear: Scenario = {
  name: 'linear',
  description: 'Traffic moves in thirds, with a minute between them.',
  service: {
    deployment: {
      strategy: 'LINEAR',
      linearConfiguration: { stepPercent: 33.4, stepBakeTimeInMinutes: 1 },
    },
  },
  speedFactor: 3,
  expected: { verdict: 'succeeded', exitCode: 0 },
};

export const blueGreenCrash: Scenario = {
  name: 'blue-green-crash',
  description: 'Green crashes before it takes traffic, and ECS rolls back to blue.',
  service: {
    circuitBreaker: { enable: true, rollback: true },
    deployment: { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 1 },
  },
  deployInputs: { 'abort-after': '0' },
  expected: { verdict: 'rolled-back', cause: 'app-exit', exitCode: 1 },
  prepare(stage) {
    scriptNewTasks(stage, {
      kind: 'exits',
      afterSeconds: 2,
      exitCode: 1,
      logLines: ['Error: cannot find module /app/dist/main.js'],
    });
  },
};

const hookTarget = 'arn:aws:lambda:eu-west-1:123456789012:function:check-release';

function hook(stage: string, timeoutInMinutes: number): Record<string, unknown> {
  return {
    hookTargetArn: hookTarget,
    roleArn: 'arn:aws:iam::123456789012:role/ecsHooks',
    lifecycleStages: [stage],
    timeoutConfiguration: { timeoutInMinutes, action: 'ROLLBACK' },
  };
}

export const hookFailed: Scenario = {
  name: 'hook-failed',
  description: 'A Lambda hook rejects the new revision after its tests against test traffic.',
  service: {
    deployment: { strategy: 'BLUE_GREEN', lifecycleHooks: [hook('POST_TEST_TRAFFIC_SHIFT', 5)] },
  },
  speedFactor: 2,
  expected: { verdict: 'rolled-back', cause: 'hook-failed', exitCode: 1 },
  prepare({ rehearsal }) {
    rehearsal.ecs.scriptHook(() => ({ kind: 'fails', afterSeconds: 10 }));
  },
};

export const hookTimeout: Scenario = {
  name: 'hook-timeout',
  description: 'A Lambda hook never comes to an end.',
  service: { deployment: { strategy: 'BLUE_GREEN', lifecycleHooks: [hook('POST_SCALE_UP', 1)] } },
  speedFactor: 2,
  expected: { verdict: 'rolled-back', cause: 'hook-timeout', exitCode: 1 },
  prepare({ rehearsal }) {
    rehearsal.ecs.scriptHook(() => ({ kind: 'never-answers' }));
  },
};
