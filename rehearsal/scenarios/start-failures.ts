import type { Json } from '../server/service.ts';
import { scriptNewTasks } from './new-tasks.ts';
import type { Scenario } from './scenario.ts';

// Words that AWS documents for tasks that never run:
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/resource-initialization-error.html
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html

const abortAfterThree = { 'abort-after': '3' };

export const imagePullDenied: Scenario = {
  name: 'image-pull-denied',
  description: 'The registry refuses the pull of the new image.',
  deployInputs: abortAfterThree,
  expected: { verdict: 'rolled-back', cause: 'image-pull-denied', exitCode: 1 },
  prepare(stage) {
    scriptNewTasks(stage, {
      kind: 'cannot-pull',
      reason:
        `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${stage.image}: ` +
        `pulling from host ${stage.image.split('/', 1)[0]} failed with status code [manifests]: 403 Forbidden`,
    });
  },
};

export const imageArchitecture: Scenario = {
  name: 'image-architecture',
  description: 'The image was built for another processor than the task definition asks for.',
  deployInputs: abortAfterThree,
  expected: { verdict: 'rolled-back', cause: 'image-architecture', exitCode: 1 },
  prepare(stage) {
    scriptNewTasks(stage, {
      kind: 'cannot-pull',
      reason:
        'CannotPullContainerError: pull image manifest has been retried 7 time(s): ' +
        "image Manifest does not contain descriptor matching platform 'linux/amd64'",
    });
  },
};

export const secretMissing: Scenario = {
  name: 'secret-missing',
  description: 'The task definition names a secret that does not exist.',
  deployInputs: abortAfterThree,
  expected: { verdict: 'rolled-back', cause: 'secret-missing', exitCode: 1 },
  prepare(stage) {
    scriptNewTasks(stage, {
      kind: 'fails-to-start',
      reason:
        'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: ' +
        'unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret ' +
        'arn:aws:secretsmanager:eu-west-1:123456789012:secret:web/database-AbCdEf from secrets manager: ' +
        "ResourceNotFoundException: Secrets Manager can't find the specified secret.",
    });
  },
};

export const executionRole: Scenario = {
  name: 'execution-role',
  description: 'The task execution role lacks a permission.',
  deployInputs: abortAfterThree,
  expected: { verdict: 'rolled-back', cause: 'execution-role', exitCode: 1 },
  prepare(stage) {
    scriptNewTasks(stage, {
      kind: 'fails-to-start',
      reason:
        'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: ' +
        'unable to retrieve ecr registry auth: service call has been retried 1 time(s): AccessDeniedException: ' +
        'User: arn:aws:sts::123456789012:assumed-role/web-execution/0f6a is not authorized to perform: ' +
        'ecr:GetAuthorizationToken on resource: * because no identity-based policy allows the ecr:GetAuthorizationToken action',
    });
  },
};

export const logGroupMissing: Scenario = {
  name: 'log-group-missing',
  description: 'The log group of the new task definition is gone.',
  deployInputs: abortAfterThree,
  expected: { verdict: 'rolled-back', cause: 'log-group-missing', exitCode: 1 },
  async prepare({ rehearsal }) {
    const { logGroups } = await rehearsal.call('logs', 'DescribeLogGroups', {});
    for (const { logGroupName } of logGroups as Json[]) {
      await rehearsal.call('logs', 'DeleteLogGroup', { logGroupName });
    }
  },
};

export const networkUnreachable: Scenario = {
  name: 'network-unreachable',
  description: 'The subnet of the tasks has no way to ECR.',
  deployInputs: abortAfterThree,
  expected: { verdict: 'rolled-back', cause: 'network-unreachable', exitCode: 1 },
  prepare(stage) {
    scriptNewTasks(stage, {
      kind: 'fails-to-start',
      reason:
        'ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from ' +
        'Amazon ECR: There is a connection issue between the task and Amazon ECR. Check your task network configuration. ' +
        'RequestError: send request failed caused by: Post "https://api.ecr.eu-west-1.amazonaws.com/": dial tcp 10.0.1.5:443: i/o timeout',
    });
  },
};

export const startupTimeout: Scenario = {
  name: 'startup-timeout',
  description: 'The container does not start within its start timeout.',
  deployInputs: abortAfterThree,
  expected: { verdict: 'rolled-back', cause: 'startup-timeout', exitCode: 1 },
  prepare(stage) {
    scriptNewTasks(stage, {
      kind: 'fails-to-start',
      reason: 'DockerTimeoutError: Could not transition to started; timed out after waiting 3m0s',
    });
  },
};

export const containerHealthCheck: Scenario = {
  name: 'container-health-check',
  description: 'The health check of the container fails.',
  service: {
    containerHealthCheck: {
      command: ['CMD-SHELL', 'wget -qO- http://127.0.0.1:8080/health || exit 1'],
      interval: 5,
      timeout: 2,
      retries: 2,
    },
  },
  deployInputs: abortAfterThree,
  expected: { verdict: 'rolled-back', cause: 'container-health-check', exitCode: 1 },
  prepare(stage) {
    scriptNewTasks(stage, {
      kind: 'unhealthy-container',
      logLines: ['listening on 0.0.0.0:8081'],
    });
  },
};

export const unknownCause: Scenario = {
  name: 'unknown-cause',
  description: 'Tasks stop for a reason that AWS does not document.',
  deployInputs: abortAfterThree,
  expected: { verdict: 'rolled-back', cause: 'unknown', exitCode: 1 },
  prepare(stage) {
    scriptNewTasks(stage, { kind: 'fails-to-start', reason: 'Task failed for reasons of its own' });
  },
};
