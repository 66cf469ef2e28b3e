import { describe, expect, it } from '@jest/globals';
import { type Case, diagnose } from './diagnose.ts';
import { type Evidence, noEvidence, type TargetGroupHealth } from './evidence.ts';
import { findFailedHook } from './failed-hook.ts';
import { groupFailures } from './failure-group.ts';
import { container, serviceDeployment, stoppedTask } from './fixtures.ts';
import type { HookState } from './service-deployment.ts';
import type { TaskState } from './task-state.ts';
import type { Cause } from './verdict.ts';

function examine(evidence: Partial<Evidence>, over: Partial<Case> = {}): ReturnType<typeof diagnose> {
  return diagnose({
    service: 'web',
    evidence: { ...noEvidence, ...evidence },
    reason: 'the deployment failed',
    timedOutAfterSeconds: undefined,
    desiredCount: 3,
    ...over,
  });
}

function examineTask(
  task: Partial<TaskState>,
  count = 3,
  over: Partial<Evidence> = {},
): ReturnType<typeof diagnose> {
  return examine({
    failures: groupFailures(Array.from({ length: count }, () => stoppedTask(task))),
    ...over,
  });
}

/** A task that never started, with ECS's words as its stopped reason. */
function notStarted(stoppedReason: string): Partial<TaskState> {
  return {
    stopCode: 'TaskFailedToStart',
    stoppedReason,
    startedAt: undefined,
    containers: [container()],
  };
}

const image = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:1.2';

describe('diagnose, from the words of ECS', () => {
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html and its neighbours
  it.each<[Cause, string]>([
    [
      'image-not-found',
      `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${image}: ${image}: not found`,
    ],
    [
      'image-not-found',
      `CannotPullContainerError: Error response from daemon: manifest for ${image} not found: manifest unknown: Requested image not found`,
    ],
    [
      'image-not-found',
      "CannotPullContainerError: The task can't pull the image. Check whether the image exists: repository does not exist",
    ],
    [
      'image-pull-denied',
      "CannotPullContainerError: Error response from daemon: pull access denied for web, repository does not exist or may require 'docker login': denied: User: arn:aws:sts::1:assumed-role/x is not authorized to perform: ecr:BatchGetImage",
    ],
    [
      'image-pull-denied',
      `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${image}: unexpected status from HEAD request: 403 Forbidden`,
    ],
    [
      'image-pull-denied',
      'CannotPullContainerError: inspect image has been retried 5 time(s): httpReadSeeker: failed open: unexpected status code 429: toomanyrequests: You have reached your pull rate limit.',
    ],
    [
      'image-architecture',
      "CannotPullContainerError: image Manifest does not contain descriptor matching platform 'linux/amd64'",
    ],
    [
      'image-architecture',
      'CannotPullContainerError: Error response from daemon: no matching manifest for linux/arm64/v8 in the manifest list entries',
    ],
    [
      'network-unreachable',
      `CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref ${image}: failed to do request: Head "https://x": dial tcp 10.0.1.5:443: i/o timeout`,
    ],
    [
      'network-unreachable',
      'CannotPullContainerError: Error response from daemon: Get "https://x/v2/": net/http: request canceled while waiting for connection',
    ],
    [
      'network-unreachable',
      'ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR. Check your task network configuration.',
    ],
    [
      'network-unreachable',
      'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 5 time(s): failed to fetch secret: RequestCanceled: request context canceled caused by: context deadline exceeded',
    ],
    ['network-unreachable', 'Timeout waiting for network interface provisioning to complete.'],
    [
      'secret-missing',
      "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn:aws:secretsmanager:eu-west-1:111122223333:secret:db from secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified secret.",
    ],
    [
      'secret-missing',
      'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid ssm parameters: /web/db',
    ],
    [
      'secret-missing',
      'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: retrieved secret from Secrets Manager did not contain json key password',
    ],
    [
      'execution-role',
      'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret: AccessDeniedException: User: arn:aws:sts::1:assumed-role/x is not authorized to perform: secretsmanager:GetSecretValue',
    ],
    [
      'execution-role',
      'ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log group: AccessDeniedException: User is not authorized to perform: logs:CreateLogGroup: exit status 1',
    ],
    [
      'execution-role',
      "ECS was unable to assume the role 'arn:aws:iam::111122223333:role/exec' that was provided for this task.",
    ],
    [
      'log-group-missing',
      'ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist. : exit status 1',
    ],
    [
      'no-capacity',
      'Capacity is unavailable at this time. Please try again later or in a different availability zone',
    ],
    ['startup-timeout', 'DockerTimeoutError: Could not transition to started; timed out after waiting 3m0s'],
  ])('names %s in "%s"', (cause, words) => {
    const diagnosis = examineTask(notStarted(words));
    expect(diagnosis.cause).toBe(cause);
    expect(diagnosis.sentence).toContain('three times');
  });

  it.each<[Cause, Partial<TaskState>]>([
    [
      'out-of-memory',
      {
        containers: [
          container({ exitCode: 137, reason: 'OutOfMemoryError: Container killed due to memory usage' }),
        ],
      },
    ],
    [
      'log-group-missing',
      {
        containers: [
          container({
            reason:
              'CannotStartContainerError: Error response from daemon: failed to initialize logging driver: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist.',
          }),
        ],
      },
    ],
    [
      'app-exit',
      {
        containers: [
          container({
            reason:
              'CannotStartContainerError: Error response from daemon: failed to create task for container: exec: "serve": executable file not found in $PATH',
          }),
        ],
      },
    ],
    [
      'container-health-check',
      { stopCode: 'ServiceSchedulerInitiated', stoppedReason: 'Task failed container health checks' },
    ],
    [
      'target-health-check',
      {
        stopCode: 'ServiceSchedulerInitiated',
        stoppedReason:
          'Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/web/1)',
      },
    ],
    ['spot-interruption', { stopCode: 'SpotInterruption', stoppedReason: 'Your Spot Task was interrupted.' }],
    ['task-stopped-by-user', { stopCode: 'UserInitiated', stoppedReason: 'Task stopped by user' }],
    ['app-exit', {}],
  ])('names %s', (cause, task) => {
    expect(examineTask(task).cause).toBe(cause);
  });
});

describe('diagnose, in sentences', () => {
  const tail = (...lines: string[]): Partial<Evidence> => ({
    logTail: { container: 'web', taskId: '1', where: 'log group /ecs/web', lines },
  });

  it('carries exit code, count, lifetime, the log line and the fix', () => {
    const lines = tail(
      'starting',
      'Error: DATABASE_URL is not set',
      '    at main (/app/index.js:3:9)',
      '    at node:internal',
    );
    expect(examineTask({}, 3, lines).sentence).toBe(
      'web exited 1 three times within 4 s of start: "Error: DATABASE_URL is not set". Add DATABASE_URL to environment or secrets of web.',
    );
  });

  it('says so when nothing was logged', () => {
    expect(examineTask({}, 1).sentence).toBe(
      'web exited 1 once within 4 s of start. It logged nothing that could be read.',
    );
  });

  it.each([
    [0, 'essential container must keep running'],
    [137, 'SIGKILL'],
    [139, 'segmentation fault'],
    [143, 'SIGTERM'],
    [255, 'architecture'],
  ])('explains exit code %d', (exitCode, words) => {
    expect(examineTask({ containers: [container({ exitCode })] }).sentence).toContain(words);
  });

  it('sees the wrong architecture where only the log says so', () => {
    expect(
      examineTask(
        { containers: [container({ exitCode: 255 })] },
        3,
        tail('exec /app/serve: exec format error'),
      ).cause,
    ).toBe('image-architecture');
  });

  it('names the sidecar that failed, not the application that was stopped with it', () => {
    const containers = [container({ exitCode: 143 }), container({ name: 'proxy', exitCode: 1 })];
    expect(examineTask({ containers }).sentence).toMatch(/^proxy exited 1 three times/);
  });

  it('names the image that does not exist', () => {
    const words = `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${image}: ${image}: not found`;
    expect(examineTask({ ...notStarted(words), containers: [] }).sentence).toContain(
      `image ${image} does not exist`,
    );
  });

  it('prefers a failure of the revision itself to more frequent interruptions', () => {
    const spot = { stopCode: 'SpotInterruption', stoppedReason: 'Your Spot Task was interrupted.' };
    const tasks = [stoppedTask(spot), stoppedTask(spot), stoppedTask()];
    expect(examine({ failures: groupFailures(tasks) }).cause).toBe('app-exit');
  });

  const sick: TargetGroupHealth = {
    targetGroup: 'web',
    containerName: 'web',
    containerPort: 8080,
    check: {
      protocol: 'HTTP',
      port: 'traffic-port',
      path: '/health',
      matcher: '200',
      intervalSeconds: 30,
      timeoutSeconds: 5,
      healthyThreshold: 5,
      unhealthyThreshold: 2,
    },
    targets: [
      {
        id: '10.0.1.5',
        port: 8080,
        state: 'unhealthy',
        reason: 'Target.ResponseCodeMismatch',
        description: 'Health checks failed with these codes: [500]',
      },
      {
        id: '10.0.1.6',
        port: 8080,
        state: 'initial',
        reason: 'Elb.InitialHealthChecking',
        description: undefined,
      },
    ],
  };

  it('sets target health against the health check', () => {
    expect(examine({ targetHealth: [sick], runningTasks: 2 }, { timedOutAfterSeconds: 600 })).toEqual({
      cause: 'target-health-check',
      sentence:
        'web of web fails the health check of target group web on 1 of 2 targets: HTTP /health on port 8080, expecting 200, every 30 s: it answers 500. Make /health answer 200, or correct the health check.',
    });
  });

  it.each([
    ['Target.Timeout', 'no answer within 5 s'],
    ['Target.FailedHealthChecks', 'listens on 0.0.0.0:8080'],
    ['Target.Unknown', 'something else'],
  ])('explains %s', (reason, words) => {
    const targets = [{ ...sick.targets[0]!, reason, description: 'something else' }];
    expect(examine({ targetHealth: [{ ...sick, targets }] }).sentence).toContain(words);
  });

  it('quotes the event when the unhealthy target is gone', () => {
    const stopped = {
      stopCode: 'ServiceSchedulerInitiated',
      stoppedReason:
        'Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/web/1)',
    };
    const message =
      '(service web) (task 0123) (port 8080) is unhealthy in (target-group arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/web/1) due to (reason Health checks failed with these codes: [500]).';
    const { sentence } = examineTask(stopped, 3, { events: [{ id: '1', createdAt: 1, message }] });
    expect(sentence).toContain('Health checks failed with these codes: [500]');
  });

  it.each<[Cause, string]>([
    [
      'no-capacity',
      '(service web) was unable to place a task because no container instance met all of its requirements. Reason: No Container Instances were found in your cluster.',
    ],
    [
      'execution-role',
      "(service web) failed to launch a task with (error ECS was unable to assume the role 'arn:aws:iam::1:role/x' that was provided for this task.)",
    ],
    [
      'target-health-check',
      '(service web) (port 8080) is unhealthy in (target-group arn:x) due to (reason Request timed out).',
    ],
    [
      'image-not-found',
      '(service web) was unable to place a task. Reason: CannotPullContainerError: failed to resolve ref x/web:1: not found.',
    ],
    ['no-addresses', '(service web) was unable to place a task. Reason: InsufficientFreeAddressesInSubnet'],
  ])('finds %s among the service events when no task failed', (cause, message) => {
    expect(examine({ events: [{ id: '1', createdAt: 1, message }] }).cause).toBe(cause);
  });

  it('names the alarm', () => {
    expect(examine({ triggeredAlarms: ['web-5xx'] })).toMatchObject({
      cause: 'alarm',
      sentence: expect.stringContaining('web-5xx'),
    });
  });

  it('names what the hook and the alarm did before what happened to tasks', () => {
    const failures = groupFailures([stoppedTask()]);
    expect(examine({ failures, triggeredAlarms: ['web-5xx'] }).cause).toBe('alarm');
  });

  const hook = {
    id: 'h1',
    type: 'AWS_LAMBDA',
    targetArn: 'arn:aws:lambda:eu-west-1:111122223333:function:smoke-test',
    status: 'FAILED',
    expiresAt: undefined,
    timeoutAction: 'ROLLBACK',
  };
  const said =
    'Service deployment rolled back because POST_TEST_TRAFFIC_SHIFT lifecycle hook(s) failed. Lifecycle hook target returned FAILED status.';
  it.each<[string, Cause, string, Partial<HookState>, string]>([
    ['a Lambda hook that failed', 'hook-failed', 'smoke-test', {}, said],
    ['a Lambda hook that timed out', 'hook-timeout', 'smoke-test', { status: 'TIMED_OUT' }, said],
    [
      'a pause that nobody answered',
      'hook-timeout',
      'ContinueServiceDeployment',
      { status: 'TIMED_OUT', type: 'PAUSE', targetArn: undefined },
      said,
    ],
    [
      'a pause that was answered with a rollback',
      'hook-failed',
      'rejected at its pause',
      { type: 'PAUSE', targetArn: undefined },
      'Service deployment rolled back because of a user request.',
    ],
  ])('names %s', (_what, cause, words, over, rollbackReason) => {
    const record = serviceDeployment('ROLLBACK_SUCCESSFUL', {
      rollbackReason,
      hooks: [{ ...hook, ...over }],
    });
    const diagnosis = examine({
      failedHook: findFailedHook(record),
      failures: groupFailures([stoppedTask()]),
    });
    expect(diagnosis.cause).toBe(cause);
    expect(diagnosis.sentence).toContain(words);
  });

  it('knows a failed hook by ECS words where its details are not given', () => {
    const record = serviceDeployment('ROLLBACK_SUCCESSFUL', { rollbackReason: said });
    expect(examine({ failedHook: findFailedHook(record) })).toMatchObject({
      cause: 'hook-failed',
      sentence: expect.stringContaining('at POST_TEST_TRAFFIC_SHIFT'),
    });
  });

  it.each([
    ['succeeded', { status: 'SUCCEEDED' }],
    ['timed out and let the deployment go on', { status: 'TIMED_OUT', timeoutAction: 'CONTINUE' }],
  ])('blames no hook that %s', (_what, over) => {
    const record = serviceDeployment('ROLLBACK_SUCCESSFUL', { hooks: [{ ...hook, ...over }] });
    expect(findFailedHook(record)).toBeUndefined();
  });

  it('names unhealthy containers that keep running', () => {
    expect(examine({ runningTasks: 3, unhealthyTasks: 2 }).cause).toBe('container-health-check');
  });

  it('tells a slow start from slow target registration at the deadline', () => {
    const late = { timedOutAfterSeconds: 1800 };
    expect(examine({ runningTasks: 1 }, late)).toMatchObject({
      cause: 'startup-timeout',
      sentence: expect.stringContaining('1 of 3 tasks'),
    });
    const initial = { ...sick, targets: sick.targets.slice(1) };
    expect(examine({ runningTasks: 1, targetHealth: [initial] }, late).cause).toBe('target-health-check');
  });

  it('admits that it does not know', () => {
    expect(examine({})).toEqual({
      cause: 'unknown',
      sentence: 'web: the deployment failed. Nothing that could be looked at says why.',
    });
  });
});
