import type { FailureGroup } from './failure-group.ts';
import type { Cause } from './verdict.ts';

/** How one cause shows itself in what AWS says, and where AWS documents those words. */
export interface Signature {
  readonly cause: Cause;
  readonly pattern: RegExp;
  /** Not the new revision's fault, so no reason to give it up early. */
  readonly isTransient?: true;
  readonly source: string;
}

const guide = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide';
const stopCodes = `${guide}/stopped-task-error-codes.html`;
const pulls = `${guide}/task_cannot_pull_image.html`;
const resources = `${guide}/resource-initialization-error.html`;
const starts = `${guide}/cannot-start-container.html`;
const events = `${guide}/service-event-messages-list.html`;

const noConnection =
  'dial tcp|i/o timeout|context deadline exceeded|context canceled|request canceled|RequestCanceled|Client\\.Timeout|no route to host|connection refused|connection reset|TLS handshake timeout|no such host|connection issue between|send request failed|connection timed out|network is unreachable';
const noPermission =
  'AccessDenied|not authorized|unauthorized|forbidden|\\b40[13]\\b|no basic auth credentials|pull access denied|requested access to the resource is denied|toomanyrequests|rate limit';

/**
 * Stopped tasks: matched in this order against stop code, stopped reason and container reason. Words of a special case stand
 * before those of the general one, as ECS nests them ("unable to pull secrets …: AccessDeniedException …").
 */
export const taskSignatures: readonly Signature[] = [
  {
    cause: 'spot-interruption',
    pattern: /^SpotInterruption|^TerminationNotice|Spot Task was interrupted/i,
    isTransient: true,
    source: stopCodes,
  },
  {
    cause: 'task-stopped-by-user',
    pattern: /^UserInitiated|Task stopped by user/i,
    isTransient: true,
    source: stopCodes,
  },
  {
    cause: 'no-addresses',
    pattern:
      /InsufficientFreeAddresses|not enough free addresses|insufficient (free |private |IP )*addresses/i,
    isTransient: true,
    source: events,
  },
  {
    cause: 'no-capacity',
    pattern:
      /Capacity is unavailable|RESOURCE:(CPU|MEMORY|PORTS|ENI|GPU)|reached the limit on the number of|InsufficientInstanceCapacity|no container instance met/i,
    isTransient: true,
    source: events,
  },
  { cause: 'out-of-memory', pattern: /OutOfMemory|OOM[- ]?killed|due to memory usage/i, source: stopCodes },
  {
    cause: 'image-architecture',
    pattern:
      /descriptor matching platform|no matching manifest for|exec format error|image operating system .* cannot be used/i,
    source: pulls,
  },
  {
    cause: 'image-pull-denied',
    pattern: new RegExp(`CannotPull\\w*Error.*(${noPermission})`, 'i'),
    source: pulls,
  },
  {
    cause: 'network-unreachable',
    pattern: new RegExp(`CannotPull\\w*Error.*(${noConnection})`, 'i'),
    source: pulls,
  },
  {
    cause: 'image-not-found',
    pattern:
      /CannotPull\w*Error.*(not found|manifest unknown|does not exist|invalid reference format|no such image)/i,
    source: pulls,
  },
  {
    cause: 'log-group-missing',
    pattern: /log group does not exist|cannot find the Amazon CloudWatch log group/i,
    source: resources,
  },
  {
    cause: 'execution-role',
    pattern:
      /unable to assume the role|cannot be assumed|(ResourceInitializationError|CannotStart\w*Error).*(AccessDenied|not authorized|unauthorized|missing permissions)/i,
    source: resources,
  },
  {
    cause: 'network-unreachable',
    pattern: new RegExp(
      `(ResourceInitializationError|CannotStart\\w*Error).*(${noConnection}|network interface provisioning|unable to pull registry auth)`,
      'i',
    ),
    source: resources,
  },
  {
    cause: 'secret-missing',
    pattern:
      /(ResourceInitializationError|Fetching secret data).*(secret|parameter|ssm|asm).*(ResourceNotFound|can't find|cannot find|ParameterNotFound|invalid (ssm )?parameters?|did not contain|unable to retrieve|not found)/i,
    source: resources,
  },
  {
    cause: 'network-unreachable',
    pattern: /network interface provisioning|failed to invoke EFS utils|failed to resolve .*\.efs\./i,
    source: resources,
  },
  { cause: 'target-health-check', pattern: /failed ELB health checks/i, source: stopCodes },
  { cause: 'container-health-check', pattern: /failed container health checks/i, source: stopCodes },
  {
    cause: 'startup-timeout',
    pattern: /Could not transition to \w+|TimeoutError: |timed out after waiting/i,
    source: starts,
  },
  {
    cause: 'app-exit',
    pattern:
      /executable file not found|(CannotStart|CannotCreate)\w*Error.*(no such file or directory|permission denied)/i,
    source: starts,
  },
  {
    cause: 'app-exit',
    pattern: /^EssentialContainerExited|Essential container in task exited/i,
    source: stopCodes,
  },
];

/** Service events, for where no task was ever started. */
export const eventSignatures: readonly Signature[] = [
  {
    cause: 'no-addresses',
    pattern: /InsufficientFreeAddresses|not enough free addresses/i,
    isTransient: true,
    source: events,
  },
  { cause: 'execution-role', pattern: /unable to assume the role/i, source: events },
  {
    cause: 'no-capacity',
    pattern:
      /unable to place a task|Capacity is unavailable|unable to consistently start tasks.*capacity|reached the limit on the number of/i,
    isTransient: true,
    source: events,
  },
  {
    cause: 'target-health-check',
    pattern: /is unhealthy in \(?target-group/i,
    source: `${guide}/service-unhealthy-event-messages.html`,
  },
];

/** The signature of a group of failures, or undefined when none of AWS's known words are in it. */
export function recognizeFailure(group: FailureGroup): Signature | undefined {
  const words = [group.stopCode, group.stoppedReason, group.containerReason].filter(
    (text) => text !== undefined,
  );
  return taskSignatures.find(({ pattern }) => pattern.test(words.join(' ')));
}

/** True when a failure counts against the new revision; interruptions, lack of capacity and people do not. */
export function blamesRevision(group: FailureGroup): boolean {
  return recognizeFailure(group)?.isTransient !== true;
}
