import { cleanRemoteLine } from '../lib/message/remote-text.ts';
import { UserError } from '../lib/message/user-error.ts';
import { type Conclusion, concludeRollouts, sayConclusion } from '../lib/rollout/conclusion.ts';
import { serviceConsoleUrl } from '../lib/rollout/console-url.ts';
import { type FoundService, findServices } from '../lib/rollout/find-services.ts';
import { immediateOutcome, type Outcome } from '../lib/rollout/outcome.ts';
import { planService, type Step } from '../lib/rollout/plan.ts';
import type { RevisionStore } from '../lib/rollout/revision-store.ts';
import { type Rollout, taskDefinitionName } from '../lib/rollout/rollout.ts';
import { primaryDeployment } from '../lib/rollout/service-state.ts';
import { causeOfError } from '../lib/rollout/verdict.ts';
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
  const started = await Promise.all(planned.map((plan) => apply(plan, registered, ports)));
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
  const revision = await revisions.describeTaskDefinition(arn);
  if (revision.status === 'ACTIVE') return revision.arn;
  throw new UserError(
    'task-definition-not-found',
    `Task definition ${arn} is ${revision.status}: ECS deploys active revisions only. Register it again.`,
  );
}

/** The revision that the service is on, if it says the same as the file. */
async function findEqual(
  { state }: FoundService,
  file: TaskDefinition | undefined,
  { revisions, log }: DeployPorts,
): Promise<string | undefined> {
  const current = primaryDeployment(state)?.taskDefinitionArn;
  if (current === undefined || file === undefined) return undefined;
  try {
    const { definition } = await revisions.describeTaskDefinition(current);
    return equalTaskDefinitions(file, definition) ? current : undefined;
  } catch (error) {
    const isBlind =
      error instanceof UserError &&
      (error.code === 'access-denied' || error.code === 'task-definition-not-found');
    if (!isBlind) throw error;
    log.info(`Cannot compare with what ${state.name} runs, so it is deployed anew: ${error.message}`);
    return undefined;
  }
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

type Start =
  | { readonly kind: 'rollout'; readonly rollout: Rollout }
  | { readonly kind: 'outcome'; readonly outcome: Outcome };

async function apply(
  { found, step }: Plan,
  registered: string | undefined,
  ports: DeployPorts,
): Promise<Start> {
  const { reference, state } = found;
  const { clock, log } = ports;
  if (step.kind === 'follow') {
    log.info(`${state.name} is being deployed with this very definition already: waiting for that`);
    return { kind: 'rollout', rollout: step.rollout };
  }
  const base = { ...reference, deploymentId: '', createdAt: 0, serviceDeploymentArn: undefined };
  if (step.kind === 'unchanged') {
    const rollout = { ...base, ...step, previousTaskDefinitionArn: step.taskDefinitionArn };
    const end = { verdict: 'unchanged', reason: 'the same definition' } as const;
    return { kind: 'outcome', outcome: immediateOutcome(rollout, state.arn, clock.now(), end) };
  }
  const { previousTaskDefinitionArn, isForced } = step;
  const taskDefinitionArn = step.taskDefinitionArn ?? registered ?? '';
  const versions = { taskDefinitionArn, previousTaskDefinitionArn };
  try {
    const started = await ports.control.updateService({ ...reference, taskDefinitionArn, isForced });
    log.info(
      `Updating ${state.name} from ${taskDefinitionName(previousTaskDefinitionArn)} to ${taskDefinitionName(taskDefinitionArn)}`,
    );
    return { kind: 'rollout', rollout: { ...base, ...versions, ...started } };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const end = {
      verdict: 'failed',
      cause: causeOfError(error),
      reason: cleanRemoteLine(error.message),
    } as const;
    return {
      kind: 'outcome',
      outcome: immediateOutcome({ ...base, ...versions }, state.arn, clock.now(), end),
    };
  }
}

async function waitForAll(
  started: readonly Start[],
  rollouts: readonly Rollout[],
  inputs: DeployInputs,
  ports: DeployPorts,
): Promise<Outcome[]> {
  const saveRollouts = inputs.options.onCancel === 'rollback' ? ports.saveRollouts : () => undefined;
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
