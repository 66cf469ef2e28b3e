import { UserError } from '../lib/message/user-error.ts';
import { unlessRefused } from '../lib/rollout/access.ts';
import { type Conclusion, concludeRollouts, sayConclusion } from '../lib/rollout/conclusion.ts';
import { serviceConsoleUrl } from '../lib/rollout/console-url.ts';
import { type FoundService, findServices } from '../lib/rollout/find-services.ts';
import type { Outcome } from '../lib/rollout/outcome.ts';
import { planService, type Step } from '../lib/rollout/plan.ts';
import type { RevisionStore } from '../lib/rollout/revision-store.ts';
import { type Rollout, taskDefinitionName } from '../lib/rollout/rollout.ts';
import { primaryDeployment } from '../lib/rollout/service-state.ts';
import { type Start, startRollout } from '../lib/rollout/start-rollout.ts';
import { waitForRollouts } from '../lib/rollout/wait.ts';
import type { WaitPorts } from '../lib/rollout/wait-options.ts';
import { equalTaskDefinitions } from '../lib/taskdef/canonical.ts';
import type { TaskDefinition } from '../lib/taskdef/task-definition.ts';
import type { DeployInputs } from './inputs.ts';

export interface DeployPorts extends Omit<WaitPorts, 'onIdentified'> {
  /** Reads and checks the file; throws a UserError that names what is wrong with it. */
  readonly readTaskDefinition: (path: string) => Promise<TaskDefinition>;
  readonly revisions: RevisionStore;
  /** Keeps what the post phase would have to roll back, whenever it changes: nothing, once the verdicts are in. */
  readonly saveRollouts: (rollouts: readonly Rollout[]) => void;
}

export interface Deployed {
  readonly taskDefinitionArn: string | undefined;
  readonly previousTaskDefinitionArns: readonly string[];
  readonly changed: boolean;
  readonly consoleUrl: string | undefined;
  /** Undefined when the user did not want to wait. */
  readonly conclusion: Conclusion | undefined;
}

/**
 * Deploys a task definition to services: looks everything up and checks it, plans, registers one revision at most, updates the
 * services, and waits for the verdicts. Nothing is changed before every check has passed.
 */
export async function deploy(inputs: DeployInputs, ports: DeployPorts): Promise<Deployed> {
  const file =
    inputs.taskDefinition.kind === 'file'
      ? await ports.readTaskDefinition(inputs.taskDefinition.path)
      : undefined;
  const found = await findServices(ports.observer, inputs.services);
  const planned = await planAll(inputs, file, found, ports);
  if (ports.cancelled.aborted) {
    throw new UserError('deployment-unsuccessful', 'The run was cancelled before anything was changed.');
  }
  const registered = await registerOnce(planned, file, ports);
  const started = await Promise.all(
    planned.map(({ found: service, step }) => startRollout(service, step, registered, ports)),
  );
  const rollouts = started.flatMap((start) => (start.kind === 'rollout' ? [start.rollout] : []));
  const outcomes = inputs.isWaiting ? await waitForAll(started, rollouts, inputs, ports) : [];
  const isRefused = started.find((start) => start.kind === 'outcome' && start.outcome.verdict === 'failed');
  if (!inputs.isWaiting && isRefused?.kind === 'outcome') {
    throw new UserError('deployment-unsuccessful', isRefused.outcome.sentence);
  }
  const arns = [...rollouts, ...started.flatMap((s) => (s.kind === 'outcome' ? [s.outcome.rollout] : []))];
  return {
    taskDefinitionArn: registered ?? arns[0]?.taskDefinitionArn,
    previousTaskDefinitionArns: found.flatMap(
      ({ state }) => primaryDeployment(state)?.taskDefinitionArn ?? [],
    ),
    changed: planned.some(({ step }) => step.kind === 'update'),
    consoleUrl: serviceConsoleUrl(found[0]?.state.arn ?? ''),
    conclusion: inputs.isWaiting ? concludeRollouts(outcomes, inputs.onSuperseded) : undefined,
  };
}

interface Plan {
  readonly found: FoundService;
  readonly step: Step;
}

async function planAll(
  inputs: DeployInputs,
  file: TaskDefinition | undefined,
  found: readonly FoundService[],
  ports: DeployPorts,
): Promise<Plan[]> {
  const given =
    inputs.taskDefinition.kind === 'revision'
      ? await requireActive(inputs.taskDefinition.arn, ports)
      : undefined;
  return Promise.all(
    found.map(async (service) => {
      const wanted = given ?? (await findEqual(service, file, ports));
      return { found: service, step: planService(service, wanted, inputs.isForced) };
    }),
  );
}

async function requireActive(arn: string, { revisions }: DeployPorts): Promise<string> {
  const revision = await unlessDenied(() => revisions.describeTaskDefinition(arn));
  if (revision === undefined || revision.status === 'ACTIVE') return arn;
  throw new UserError(
    'task-definition-not-found',
    `Task definition ${arn} is ${revision.status}: ECS deploys active revisions only. Register it again.`,
  );
}

/** Undefined when the role may not look; ECS itself refuses what cannot be deployed. */
async function unlessDenied<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof UserError && error.code === 'access-denied') return undefined;
    throw error;
  }
}

/** The revision that the service is on, if it says the same as the file. */
async function findEqual(
  { state }: FoundService,
  file: TaskDefinition | undefined,
  { revisions, log }: DeployPorts,
): Promise<string | undefined> {
  const current = primaryDeployment(state)?.taskDefinitionArn;
  if (current === undefined || file === undefined) return undefined;
  const revision = await unlessRefused(() => revisions.describeTaskDefinition(current));
  if (revision === undefined) {
    log.info(
      `${taskDefinitionName(current)} may not or cannot be read: ${state.name} is deployed without comparing.`,
    );
    return undefined;
  }
  return equalTaskDefinitions(file, revision.definition) ? current : undefined;
}

async function registerOnce(
  planned: readonly Plan[],
  file: TaskDefinition | undefined,
  { revisions, log }: DeployPorts,
): Promise<string | undefined> {
  const isNeeded = planned.some(({ step }) => step.kind === 'update' && step.taskDefinitionArn === undefined);
  if (!isNeeded || file === undefined) return undefined;
  const arn = await revisions.registerTaskDefinition(file);
  log.info(`Registered ${arn}`);
  return arn;
}

async function waitForAll(
  started: readonly Start[],
  rollouts: readonly Rollout[],
  inputs: DeployInputs,
  ports: DeployPorts,
): Promise<Outcome[]> {
  const saveRollouts = (under: readonly Rollout[]): void => {
    if (inputs.options.onCancel === 'rollback')
      ports.saveRollouts(under.filter(({ isForeign }) => !isForeign));
  };
  const known = [...rollouts];
  saveRollouts(known);
  let waited: Outcome[] = [];
  try {
    waited = await waitForRollouts(rollouts, inputs.options, {
      ...ports,
      onIdentified(rollout) {
        known[known.findIndex(({ deploymentId }) => deploymentId === rollout.deploymentId)] = rollout;
        saveRollouts(known);
      },
    });
  } finally {
    // A cancelled wait had little time: the post phase looks again at what it asked for.
    saveRollouts(waited.filter(({ verdict }) => verdict === 'cancelled').map(({ rollout }) => rollout));
  }
  const outcomes = started.flatMap((start) =>
    start.kind === 'outcome' ? start.outcome : (waited.shift() ?? []),
  );
  sayConclusion(outcomes, inputs.onSuperseded, ports.log);
  return outcomes;
}

/** The step's outputs by their names in action.yml. */
export function describeOutputs(
  { conclusion, ...deployed }: Deployed,
  reportPath: string | undefined,
): Record<string, string | undefined> {
  return {
    'task-definition-arn': deployed.taskDefinitionArn,
    'previous-task-definition-arn': deployed.previousTaskDefinitionArns.join('\n'),
    'service-deployment-arn': conclusion?.serviceDeploymentArns.join('\n'),
    verdict: conclusion?.verdict,
    cause: conclusion?.cause,
    changed: String(deployed.changed),
    'duration-seconds': conclusion && String(conclusion.durationSeconds),
    'console-url': conclusion?.consoleUrl ?? deployed.consoleUrl,
    report: reportPath,
  };
}
