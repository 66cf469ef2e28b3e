import { sayDuration } from '../message/duration.ts';
import type { Evidence } from './evidence.ts';
import type { FailureGroup } from './failure-group.ts';
import { quote, sayFailure, sayTargets } from './sentence.ts';
import {
  blamesRevision,
  eventSignatures,
  recognizeFailure,
  type Signature,
  taskSignatures,
} from './signature.ts';
import type { Cause } from './verdict.ts';

export interface Diagnosis {
  readonly cause: Cause;
  /** One sentence a person can act on. Remote words in it have been cleaned. */
  readonly sentence: string;
}

/** What a diagnosis is made from: evidence, and why the wait ended. */
export interface Case {
  readonly service: string;
  readonly evidence: Evidence;
  /** ECS's or our own words for the end. */
  readonly reason: string;
  /** Set when the deadline ended the wait. */
  readonly timedOutAfterSeconds: number | undefined;
  /** Tasks that the new revision should have; undefined when unknown. */
  readonly desiredCount: number | undefined;
}

/**
 * Names the one cause of a deployment's failure from the evidence, the surest first: a hook or an alarm for which ECS itself
 * gave up, then failed tasks (the most frequent failure that is the revision's own), target health, container health, service
 * events, and at last the deadline itself.
 */
export function diagnose(facts: Case): Diagnosis {
  return (
    diagnoseHook(facts) ??
    diagnoseAlarms(facts) ??
    diagnoseTasks(facts) ??
    diagnoseTargets(facts) ??
    diagnoseContainers(facts) ??
    diagnoseEvents(facts) ??
    diagnoseDeadline(facts) ?? {
      cause: 'unknown',
      sentence: `${facts.service}: ${facts.reason.replace(/[.\s]+$/, '')}. Nothing that could be looked at says why.`,
    }
  );
}

function diagnoseHook({ service, evidence }: Case): Diagnosis | undefined {
  const { failedHook } = evidence;
  if (failedHook === undefined) return undefined;
  const { lambda, stage, reason, kind } = failedHook;
  const at = stage === undefined ? '' : ` at ${stage}`;
  const who = lambda === undefined ? 'a lifecycle hook' : `lifecycle hook ${lambda}`;
  switch (kind) {
    case 'failed': {
      const sentence = `The deployment of ${service} failed${at} because of ${who}: ${quote(reason)}. Look at the log of that Lambda function; it must return hookStatus SUCCEEDED.`;
      return { cause: 'hook-failed', sentence };
    }
    case 'rejected': {
      const sentence = `The deployment of ${service} was rejected at its pause${at}: somebody answered with a rollback.`;
      return { cause: 'hook-failed', sentence };
    }
    case 'timed-out':
      return {
        cause: 'hook-timeout',
        sentence:
          failedHook.type === 'PAUSE'
            ? `Nobody answered the pause of ${service}${at} in time. Continue it sooner (ecs:ContinueServiceDeployment), or raise timeoutInMinutes of the hook.`
            : `${who} of ${service} did not finish${at} in time: ${quote(reason)}. Make it return hookStatus SUCCEEDED or FAILED sooner, or raise timeoutInMinutes of the hook.`,
      };
  }
}

function diagnoseTasks({ service, evidence }: Case): Diagnosis | undefined {
  const group = evidence.failures.find(blamesRevision) ?? evidence.failures[0];
  if (group === undefined) return undefined;
  const cause = refine(group, recognizeFailure(group), evidence);
  return { cause, sentence: sayFailure(cause, { service, group, evidence }) };
}

/** A binary for another CPU starts and fails at once; only its log says why. */
function refine(group: FailureGroup, signature: Signature | undefined, { logTail }: Evidence): Cause {
  const cause = signature?.cause ?? 'unknown';
  const isForeign = logTail?.lines.some((line) => /exec format error/i.test(line)) ?? false;
  return cause === 'app-exit' && isForeign && group.container === logTail?.container
    ? 'image-architecture'
    : cause;
}

function diagnoseTargets({ service, evidence }: Case): Diagnosis | undefined {
  const sentence = sayTargets(evidence, service);
  return sentence === undefined ? undefined : { cause: 'target-health-check', sentence };
}

function diagnoseContainers({ service, evidence }: Case): Diagnosis | undefined {
  if (evidence.unhealthyTasks === 0) return undefined;
  const sentence = `${evidence.unhealthyTasks} of ${evidence.runningTasks} running tasks of ${service} fail their container health check. Run the healthCheck command inside the image, or raise startPeriod.`;
  return { cause: 'container-health-check', sentence };
}

function diagnoseEvents({ service, evidence }: Case): Diagnosis | undefined {
  for (const { message } of evidence.events.toReversed()) {
    const signature = [...taskSignatures, ...eventSignatures].find(({ pattern }) => pattern.test(message));
    if (signature !== undefined)
      return { cause: signature.cause, sentence: sayEvent(signature, service, message) };
  }
  return undefined;
}

function sayEvent({ cause }: Signature, service: string, message: string): string {
  const said = quote(message.replace(/^\(service [^)]*\)\s*/, ''));
  switch (cause) {
    case 'no-capacity':
      return `AWS had no room for the tasks of ${service}: ${said}. Add capacity or container instances, or ask for less CPU and memory.`;
    case 'no-addresses':
      return `The subnets of ${service} have no free addresses: ${said}. Use larger or more subnets.`;
    case 'execution-role':
      return `ECS could not use a role of ${service}: ${said}. Check that the role exists and trusts ecs-tasks.amazonaws.com.`;
    case 'target-health-check':
      return `${service} fails the load balancer's health check: ${said}.`;
    default:
      return `Tasks of ${service} do not start: ${said}.`;
  }
}

function diagnoseAlarms({ service, evidence }: Case): Diagnosis | undefined {
  const { triggeredAlarms } = evidence;
  if (triggeredAlarms.length === 0) return undefined;
  const who = triggeredAlarms.length === 1 ? 'alarm' : 'alarms';
  return {
    cause: 'alarm',
    sentence: `CloudWatch ${who} ${triggeredAlarms.join(', ')} fired while ${service} was deployed, and ECS gave the deployment up. Look at what the ${who} measure${triggeredAlarms.length === 1 ? 's' : ''}.`,
  };
}

function diagnoseDeadline({
  service,
  evidence,
  timedOutAfterSeconds,
  desiredCount,
}: Case): Diagnosis | undefined {
  if (timedOutAfterSeconds === undefined) return undefined;
  const waiting = evidence.targetHealth
    .flatMap(({ targets }) => targets)
    .filter(({ state }) => state === 'initial');
  const limit = sayDuration(timedOutAfterSeconds);
  if (waiting.length > 0) {
    const sentence = `${service} was not healthy after ${limit}: ${waiting.length} targets still wait for their first passing health check. Shorten the target group's interval or healthy threshold, or raise timeout-minutes.`;
    return { cause: 'target-health-check', sentence };
  }
  const running = `${evidence.runningTasks}${desiredCount === undefined ? '' : ` of ${desiredCount}`} tasks of the new version were running`;
  return {
    cause: 'startup-timeout',
    sentence: `${service} was not deployed after ${limit}: ${running}, and none had failed. Raise timeout-minutes, or look at what their start waits for.`,
  };
}
