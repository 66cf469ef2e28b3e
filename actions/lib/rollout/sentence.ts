import { sayDuration } from '../message/duration.ts';
import type { Evidence, HealthCheck, TargetGroupHealth } from './evidence.ts';
import type { FailureGroup } from './failure-group.ts';
import { findMissingVariable, findSignificantLine } from './significant-line.ts';
import type { Cause } from './verdict.ts';

/** What a sentence about failed tasks is built from. */
export interface FailureFacts {
  readonly service: string;
  readonly group: FailureGroup;
  readonly evidence: Evidence;
}

/** One sentence about a group of failed tasks: what happened, how often, and what to do. */
export function sayFailure(cause: Cause, facts: FailureFacts): string {
  const { service, group } = facts;
  const who = group.container ?? service;
  const image = group.image ?? imageIn(group.stoppedReason) ?? 'its image';
  const how = sayTimes(group.count);
  const said = quote(group.containerReason ?? group.stoppedReason);
  switch (cause) {
    case 'image-not-found':
      return `${who} could not start (${how}): image ${image} does not exist in its registry. Push it first, or correct tag or digest in the task definition.`;
    case 'image-pull-denied':
      return `${who} could not start (${how}): the registry refused image ${image}: ${said}. Give the task execution role ecr:GetAuthorizationToken, ecr:BatchGetImage and ecr:GetDownloadUrlForLayer, and check the repository's policy.`;
    case 'image-architecture':
      return `${who} could not start (${how}): image ${image} is not built for the CPU architecture of the task. Build it with the matching platforms, or set runtimePlatform.cpuArchitecture.`;
    case 'secret-missing':
      return `${who} could not start (${how}): a secret of the task definition does not exist: ${said}. Create it, or correct its valueFrom.`;
    case 'execution-role':
      return `${who} could not start (${how}): the task execution role may not do what the task needs: ${said}. Allow it in the role named by executionRoleArn.`;
    case 'log-group-missing':
      return `${who} could not start (${how}): the log group of its logConfiguration does not exist. Create it, or set awslogs-create-group and allow logs:CreateLogGroup.`;
    case 'network-unreachable':
      return `${who} could not start (${how}): the task's subnets cannot reach what it needs: ${said}. Give them a NAT gateway, a public address or VPC endpoints, and check the security group.`;
    case 'out-of-memory':
      return `${who} ran out of memory ${how}${sayLifetime(group)}. Raise memory in the task definition, or make it use less.`;
    case 'container-health-check':
      return `${who} failed its container health check ${how}${sayLifetime(group)}. Run the healthCheck command inside the image, or raise startPeriod.${sayLastWords(facts)}`;
    case 'target-health-check':
      return sayTargets(facts.evidence, service) ?? sayUnhealthy(facts);
    case 'app-exit':
      return sayExit(who, facts);
    case 'startup-timeout':
      return `${who} did not start in time ${how}: ${said}. Raise startTimeout, or look at what its start waits for.`;
    case 'no-capacity':
      return `AWS had no room for the tasks of ${service} (${how}): ${said}. Add capacity or container instances, or ask for less CPU and memory.`;
    case 'no-addresses':
      return `The subnets of ${service} have no free addresses (${how}): ${said}. Use larger or more subnets.`;
    case 'spot-interruption':
      return `AWS took back the Spot capacity of ${service} (${how}). Run the deployment again, or give the service an on-demand base.`;
    case 'task-stopped-by-user':
      return `Somebody stopped tasks of ${service} (${how}): ${said}.`;
    default:
      return `Tasks of ${service} stopped ${how}: ${said}.${sayLastWords(facts)}`;
  }
}

/** ECS deregisters an unhealthy task at once; its event keeps the reason. */
function sayUnhealthy(facts: FailureFacts): string {
  const { service, group, evidence } = facts;
  const event = evidence.events.findLast(({ message }) => /is unhealthy in/.test(message))?.message;
  const reason = /due to \(reason (.*?)\)\.?$/.exec(event ?? '')?.[1];
  const said = quote(reason ?? group.stoppedReason);
  return `${service} failed the load balancer's health check ${sayTimes(group.count)}${sayLifetime(group)}: ${said}. Check the health check's path, port and expected status against what the container answers.${sayLastWords(facts)}`;
}

function sayExit(who: string, facts: FailureFacts): string {
  const { group, evidence } = facts;
  if (group.exitCode === undefined) {
    return `${who} could not be started ${sayTimes(group.count)}: ${quote(group.containerReason ?? group.stoppedReason)}. Check command, entryPoint and the image.`;
  }
  const what = `${who} exited ${group.exitCode} ${sayTimes(group.count)}${sayLifetime(group)}`;
  const line = findSignificantLine(evidence.logTail?.lines ?? []);
  const explained = explainExitCode(group.exitCode);
  if (line === undefined) return `${what}${explained}. It logged nothing that could be read.`;
  const variable = findMissingVariable(line);
  const advice = variable === undefined ? '' : ` Add ${variable} to environment or secrets of ${who}.`;
  return `${what}${explained}: ${quote(line)}.${advice}`;
}

// 128 + signal number: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
function explainExitCode(exitCode: number): string {
  switch (exitCode) {
    case 0:
      return ' (an essential container must keep running)';
    case 137:
      return ' (killed by SIGKILL: out of memory, or still running after stopTimeout)';
    case 139:
      return ' (segmentation fault)';
    case 143:
      return ' (stopped by SIGTERM)';
    case 255:
      return ' (it failed outside the application: often a wrong entry point or CPU architecture)';
    default:
      return '';
  }
}

/** What the load balancer says of running tasks, or undefined when no target of ours is unhealthy. */
export function sayTargets(evidence: Evidence, service: string): string | undefined {
  const sick = evidence.targetHealth
    .map((group) => ({ group, targets: group.targets.filter(({ state }) => state === 'unhealthy') }))
    .find(({ targets }) => targets.length > 0);
  const [first] = sick?.targets ?? [];
  if (sick === undefined || first === undefined) return undefined;
  const { group, targets } = sick;
  const asked = group.check === undefined ? '' : ` ${sayCheck(group.check, group)}`;
  return `${group.containerName} of ${service} fails the health check of target group ${group.targetGroup} on ${targets.length} of ${group.targets.length} targets:${asked} ${sayTargetReason(first.reason, first.description, group)}`;
}

function sayCheck(check: HealthCheck, group: TargetGroupHealth): string {
  const port = check.port === 'traffic-port' ? group.containerPort : check.port;
  const expected = check.matcher === undefined ? '' : `, expecting ${check.matcher}`;
  return `${check.protocol} ${check.path ?? ''} on port ${port}${expected}, every ${check.intervalSeconds} s:`.replace(
    '  ',
    ' ',
  );
}

// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html#target-health-reason-codes
function sayTargetReason(
  reason: string | undefined,
  description: string | undefined,
  group: TargetGroupHealth,
): string {
  const { containerName, containerPort, check } = group;
  switch (reason) {
    case 'Target.ResponseCodeMismatch': {
      const codes = /\[([^\]]+)\]/.exec(description ?? '')?.[1];
      return `it answers ${codes ?? 'another status'}. Make ${check?.path ?? 'the path'} answer ${check?.matcher ?? 'as the target group expects'}, or correct the health check.`;
    }
    case 'Target.Timeout':
      return `no answer within ${check?.timeoutSeconds ?? 'the timeout of'} s. Check that ${containerName} listens on 0.0.0.0:${containerPort} and that its security group lets the load balancer in.`;
    case 'Target.FailedHealthChecks':
      return `the connection fails. Check that ${containerName} listens on 0.0.0.0:${containerPort} and answers.`;
    default:
      return `${description ?? reason ?? 'no reason given'}.`;
  }
}

/** `once`, `twice`, `three times`, `12 times`. */
export function sayTimes(count: number): string {
  const words = ['never', 'once', 'twice', 'three times', 'four times', 'five times'];
  return words[count] ?? `${count} times`;
}

function sayLifetime({ lifetimeSeconds }: FailureGroup): string {
  return lifetimeSeconds === undefined ? '' : ` within ${sayDuration(Math.max(1, lifetimeSeconds))} of start`;
}

function sayLastWords({ evidence }: FailureFacts): string {
  const line = findSignificantLine(evidence.logTail?.lines ?? []);
  return line === undefined ? '' : ` Its last words: ${quote(line)}.`;
}

function imageIn(reason: string): string | undefined {
  return /[\w.-]+\.[\w.-]+(:\d+)?\/[\w./-]+(:[\w.-]+)?(@sha256:[0-9a-f]{64})?/.exec(reason)?.[0];
}

/** Remote words in a sentence, without the stop that ends them. */
export function quote(text: string): string {
  const short = text.length <= 300 ? text : `${text.slice(0, 299)}…`;
  return `"${short.replace(/[.\s]+$/, '')}"`;
}
