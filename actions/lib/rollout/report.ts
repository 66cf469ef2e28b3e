import { isoTime } from '../message/duration.ts';
import type { Outcome } from './outcome.ts';
import { buildTimeline, type Timeline } from './timeline.ts';

/** The timeline of an outcome's rollout. */
export function timelineOf({ rollout, serviceDeployment, tasks }: Outcome): Timeline {
  return buildTimeline({
    deploymentId: rollout.deploymentId,
    createdAt: rollout.createdAt,
    finishedAt: serviceDeployment?.finishedAt,
    tasks,
  });
}

/** The report as JSON: `{services: [{cluster, service, verdict, cause, sentence, …}]}`, times in ISO 8601. */
export function renderReport(outcomes: readonly Outcome[]): string {
  return `${JSON.stringify({ services: outcomes.map(describeOutcome) }, null, 2)}\n`;
}

function describeOutcome(outcome: Outcome): object {
  const { rollout, evidence } = outcome;
  const timeline = timelineOf(outcome);
  return {
    cluster: rollout.cluster,
    service: rollout.service,
    verdict: outcome.verdict,
    cause: outcome.cause ?? null,
    sentence: outcome.sentence,
    evidence: {
      ...evidence,
      failures: evidence.failures.map((group) => ({ ...group, lastStoppedAt: time(group.lastStoppedAt) })),
      events: evidence.events.map((event) => ({ ...event, createdAt: time(event.createdAt) })),
    },
    timeline: {
      phases: timeline.phases.map(({ name, wave, startedAt, endedAt }) => ({
        name,
        wave: wave ?? null,
        startedAt: time(startedAt),
        endedAt: time(endedAt),
      })),
      slowest: timeline.slowest ?? null,
    },
    taskDefinitionArn: rollout.taskDefinitionArn ?? null,
    previousTaskDefinitionArn: rollout.previousTaskDefinitionArn ?? null,
    serviceDeploymentArn: rollout.serviceDeploymentArn ?? null,
    startedAt: time(outcome.startedAt),
    endedAt: time(outcome.endedAt),
  };
}

function time(epochMilliseconds: number | undefined): string | null {
  return epochMilliseconds === undefined ? null : isoTime(epochMilliseconds);
}
