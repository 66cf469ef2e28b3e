import type { SteppingClock } from '../clock/clock.ts';
import { createRequestRates } from '../server/request-rates.ts';
import { AwsError, type Call, type Json, type Service } from '../server/service.ts';
import { createStaleAnswers } from '../server/stale-answers.ts';
import { shareOf } from './draw.ts';
import type { NetworkPlan } from './plan.ts';

/** Calls an AWS operation as an SDK's client would: with faults on the way, and errors of the SDK's shape. */
export type Connection = (signingName: string, operation: string, input: Json) => Promise<Json>;

/** What the SDK throws for an answer with an error: the code is its name. */
export interface ServiceError extends Error {
  readonly $fault: 'client' | 'server';
  readonly $metadata: { readonly httpStatusCode: number; readonly attempts: 1 };
}

export interface ConnectionOptions {
  readonly seed: number;
  readonly plan: NetworkPlan;
  readonly clock: SteppingClock;
  readonly services: readonly Service[];
  /** Wraps what AWS does for a call; the world notes there who did it. */
  readonly perform: (operation: string, run: () => Json) => Json;
}

/** ECS's documented request rates hold for every plan. A call takes the plan's latency of virtual time, half of it on the way there and half on the way back. */
export function createConnection({ seed, plan, clock, services, perform }: ConnectionOptions): Connection {
  const openedAt = clock.now();
  const half = (plan.latencySeconds * 1000) / 2;
  const stale = createStaleAnswers(clock);
  const rates = createRequestRates(clock.now);
  let calls = 0;

  function travel(): void {
    clock.advance(half);
    if (plan.outage === undefined) return;
    const seconds = (clock.now() - openedAt) / 1000;
    const { atSeconds, seconds: length } = plan.outage;
    if (seconds >= atSeconds && seconds < atSeconds + length) throw connectionLost();
  }

  return async (signingName, operation, input) => {
    calls += 1;
    const luck = (kind: number): number => shareOf(seed, calls, kind);
    const service = services.find((each) => each.signingName === signingName);
    const run = service?.operations[operation];
    if (run === undefined) throw new Error(`This world has no ${signingName}:${operation}.`);
    travel();
    answerOf(() => rates.take(signingName, operation));
    refuse(plan, operation, luck);
    const isLost = luck(3) < plan.lostShare;
    if (isLost && luck(4) < 0.5) throw connectionLost();
    const ask = (): Json => {
      const call: Call = { operation, region: 'eu-west-1', accessKeyId: 'AKID', now: clock.now() };
      return perform(operation, () => run(input, call) as Json);
    };
    const isStale = luck(5) < plan.staleShare;
    const old = isStale ? stale.recall(operation, input, plan.staleSeconds) : undefined;
    const answer = old ?? stale.keep(operation, input, answerOf(ask));
    travel();
    if (isLost) throw connectionLost();
    return answer;
  };
}

function refuse(plan: NetworkPlan, operation: string, luck: (kind: number) => number): void {
  if (plan.denied.includes(operation)) {
    throw serviceError(
      new AwsError('AccessDeniedException', `User: rehearsal is not authorized to perform: ecs:${operation}`),
    );
  }
  if (luck(1) < plan.throttledShare) throw serviceError(new AwsError('ThrottlingException', 'Rate exceeded'));
  if (luck(2) < plan.failedShare) {
    throw serviceError(
      new AwsError('ServerException', 'Service Unavailable. Please try again later.', { statusCode: 503 }),
    );
  }
}

function answerOf<Answer>(ask: () => Answer): Answer {
  try {
    return ask();
  } catch (error) {
    throw error instanceof AwsError ? serviceError(error) : error;
  }
}

function serviceError({ code, message, statusCode }: AwsError): ServiceError {
  return Object.assign(new Error(message), {
    name: code,
    $fault: statusCode < 500 ? ('client' as const) : ('server' as const),
    $metadata: { httpStatusCode: statusCode, attempts: 1 as const },
  });
}

function connectionLost(): Error {
  return Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
}
