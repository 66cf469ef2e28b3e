import { openAccess } from '../lib/rollout/access.ts';
import { type Conclusion, concludeRollouts, sayConclusion } from '../lib/rollout/conclusion.ts';
import { type FoundService, findServices } from '../lib/rollout/find-services.ts';
import { immediateOutcome, type Outcome } from '../lib/rollout/outcome.ts';
import { pickRollout } from '../lib/rollout/pick-rollout.ts';
import type { ServiceRevisionReader } from '../lib/rollout/ports.ts';
import { type Rollout, taskDefinitionName } from '../lib/rollout/rollout.ts';
import { waitForRollouts } from '../lib/rollout/wait.ts';
import type { WaitPorts } from '../lib/rollout/wait-options.ts';
import type { WaitStableInputs } from './inputs.ts';

export interface WaitStablePorts extends Omit<WaitPorts, 'onIdentified'> {
  readonly serviceRevisions: ServiceRevisionReader;
}

export interface Waited {
  readonly conclusion: Conclusion;
  readonly taskDefinitionArns: readonly string[];
}

/** Waits for deployments that something else started; one that has ended gives its verdict at once. */
export async function waitStable(inputs: WaitStableInputs, ports: WaitStablePorts): Promise<Waited> {
  const found = await findServices(ports.observer, inputs.services);
  const access = openAccess(ports.log);
  const picked = await Promise.all(
    found.map(async (service) => ({
      service,
      rollout: await pickRollout(service, inputs.serviceDeploymentArn, ports, access),
    })),
  );
  for (const { rollout } of picked) {
    ports.log.info(`Waiting for ${taskDefinitionName(rollout.taskDefinitionArn)} on ${rollout.service}`);
  }
  const expected = picked.filter(({ rollout }) => isExpected(rollout, inputs.expectedRevision));
  // Whoever started it decides what becomes of it when this run is cancelled.
  const options = { ...inputs.options, onCancel: 'leave' } as const;
  const waited = await waitForRollouts(
    expected.map(({ rollout }) => rollout),
    options,
    { ...ports, onIdentified: () => undefined },
  );
  const outcomes = picked.flatMap(({ service, rollout }) =>
    isExpected(rollout, inputs.expectedRevision)
      ? (waited.shift() ?? [])
      : notExpected(service, rollout, inputs.expectedRevision ?? '', ports),
  );
  sayConclusion(outcomes, inputs.onSuperseded, ports.log);
  return {
    conclusion: concludeRollouts(outcomes, inputs.onSuperseded),
    taskDefinitionArns: outcomes.flatMap(({ rollout }) => rollout.taskDefinitionArn ?? []),
  };
}

function isExpected({ taskDefinitionArn }: Rollout, expectedRevision: string | undefined): boolean {
  return expectedRevision === undefined || taskDefinitionName(taskDefinitionArn) === expectedRevision;
}

function notExpected(
  { state }: FoundService,
  rollout: Rollout,
  expectedRevision: string,
  { clock }: WaitStablePorts,
): Outcome {
  const brings = taskDefinitionName(rollout.taskDefinitionArn);
  return immediateOutcome({ ...rollout, taskDefinitionArn: expectedRevision }, state.arn, clock.now(), {
    verdict: 'superseded',
    reason: `the latest deployment brings ${brings}`,
  });
}

/** The step's outputs by their names in action.yml. */
export function describeOutputs(
  { conclusion, taskDefinitionArns }: Waited,
  reportPath: string,
): Record<string, string | undefined> {
  return {
    verdict: conclusion.verdict,
    cause: conclusion.cause,
    'service-deployment-arn': conclusion.serviceDeploymentArns.join('\n'),
    'task-definition-arn': taskDefinitionArns.join('\n'),
    'duration-seconds': String(conclusion.durationSeconds),
    'console-url': conclusion.consoleUrl,
    report: reportPath,
  };
}
