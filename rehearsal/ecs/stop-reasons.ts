/**
 * Stop codes and reasons word for word.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html (stopCode)
 */
export type StopCode =
  | 'TaskFailedToStart'
  | 'EssentialContainerExited'
  | 'UserInitiated'
  | 'ServiceSchedulerInitiated'
  | 'SpotInterruption';

export interface Stop {
  readonly code: StopCode;
  readonly reason: string;
}

export const essentialContainerExited: Stop = {
  code: 'EssentialContainerExited',
  reason: 'Essential container in task exited',
};

export const spotInterruption: Stop = {
  code: 'SpotInterruption',
  reason: 'Your Spot Task was interrupted.',
};

export const failedContainerHealthChecks: Stop = {
  code: 'ServiceSchedulerInitiated',
  reason: 'Task failed container health checks',
};

export function failedTargetHealthChecks(targetGroupArn: string): Stop {
  return {
    code: 'ServiceSchedulerInitiated',
    reason: `Task failed ELB health checks in (target-group ${targetGroupArn})`,
  };
}

export function scaledIn(deploymentId: string): Stop {
  return {
    code: 'ServiceSchedulerInitiated',
    reason: `Scaling activity initiated by (deployment ${deploymentId})`,
  };
}

export function failedToStart(reason: string): Stop {
  return { code: 'TaskFailedToStart', reason };
}

/** A container killed for exceeding its memory exits with 137 and this reason. */
export const outOfMemoryReason = 'OutOfMemoryError: Container killed due to memory usage';

/** Fargate's words for an image that the registry does not have. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html */
export function imageNotFoundReason(image: string): string {
  return (
    'CannotPullContainerError: pull image manifest has been retried 1 time(s): ' +
    `failed to resolve ref ${image}: ${image}: not found`
  );
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/resource-initialization-error.html */
export function logGroupMissingReason(): string {
  return (
    'ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: ' +
    'failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist. : exit status 1'
  );
}
