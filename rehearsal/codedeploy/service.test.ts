import { beforeEach, describe, expect, it } from '@jest/globals';
import { createBench, type EcsBench, invoke, refusalOf } from '../ecs/ecs-fixture.ts';
import type { TaskOutcome } from '../ecs/outcome.ts';
import type { Json } from '../server/service.ts';
import { type CodeDeploy, createCodeDeploy } from './service.ts';
import type { DeploymentGroupSeed } from './state.ts';

const MINUTE = 60_000;
const names = { applicationName: 'web', deploymentGroupName: 'web-group' };

let bench: EcsBench;
let codeDeploy: CodeDeploy;

const call = (operation: string, input: Json): Json => invoke(codeDeploy.service, operation, input);

function seed(group: Partial<DeploymentGroupSeed> = {}): void {
  const green = bench.elb.createTargetGroup({ name: 'web-2', port: 8080 });
  const { arn } = bench.elb.createTargetGroup({ name: 'web-1', port: 8080 });
  bench.seed({
    deploymentController: { type: 'CODE_DEPLOY' },
    loadBalancers: [
      {
        targetGroupArn: arn,
        containerName: 'app',
        containerPort: 8080,
        advancedConfiguration: {
          alternateTargetGroupArn: green.arn,
          productionListenerRule: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener-rule/1',
          roleArn: 'arn:aws:iam::123456789012:role/ecsCodeDeployRole',
        },
      },
    ],
  });
  codeDeploy.seedDeploymentGroup({
    application: 'web',
    name: 'web-group',
    cluster: 'rehearsal',
    service: 'web',
    ...group,
  });
}

function appSpec(taskDefinition: string): Json {
  const content = JSON.stringify({
    version: 0.0,
    Resources: [
      {
        TargetService: {
          Type: 'AWS::ECS::Service',
          Properties: {
            TaskDefinition: taskDefinition,
            LoadBalancerInfo: { ContainerName: 'app', ContainerPort: 8080 },
          },
        },
      },
    ],
  });
  return { revisionType: 'AppSpecContent', appSpecContent: { content } };
}

/** Deploys the next revision; what becomes of its tasks is scripted. */
function deploy(outcome?: TaskOutcome): string {
  const { taskDefinition } = bench.call('DescribeTaskDefinition', { taskDefinition: 'web' });
  const registered = bench.call('RegisterTaskDefinition', {
    family: 'web',
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '256',
    memory: '512',
    containerDefinitions: (taskDefinition as Json)['containerDefinitions'],
  })['taskDefinition'] as Json;
  const arn = String(registered['taskDefinitionArn']);
  if (outcome !== undefined) {
    bench.control.scriptOutcome(({ taskDefinitionArn }) => (taskDefinitionArn === arn ? outcome : undefined));
  }
  return String(call('CreateDeployment', { ...names, revision: appSpec(arn) })['deploymentId']);
}

const info = (deploymentId: string): Json =>
  call('GetDeployment', { deploymentId })['deploymentInfo'] as Json;

function until(deploymentId: string, status: string, limitMinutes = 120): void {
  const end = bench.clock.now() + limitMinutes * MINUTE;
  while (info(deploymentId)['status'] !== status && bench.clock.now() < end) bench.clock.advance(1000);
  expect(info(deploymentId)['status']).toBe(status);
}

beforeEach(() => {
  bench = createBench();
  codeDeploy = createCodeDeploy({ clock: bench.clock, ecs: bench.control, seed: 1 });
});

describe('a CodeDeploy deployment', () => {
  it('moves traffic to the replacement task set and ends after the original one', () => {
    seed({ terminationWaitMinutes: 5 });
    const id = deploy();
    expect(id).toMatch(/^d-[A-Z0-9]{9}$/);
    expect(info(id)).toMatchObject({ status: 'Created', creator: 'user', computePlatform: 'ECS' });
    until(id, 'InProgress');
    while (info(id)['instanceTerminationWaitTimeStarted'] !== true) bench.clock.advance(1000);
    const movedAt = bench.clock.now();
    expect(bench.service()).toMatchObject({ deployments: [], runningCount: 4 });
    until(id, 'Succeeded');
    expect(bench.clock.now() - movedAt).toBeGreaterThanOrEqual(5 * MINUTE);
    expect(info(id)['completeTime']).toBeInstanceOf(Date);
    expect(info(id)['errorInformation']).toBeUndefined();
    const { taskSets } = bench.service() as unknown as { taskSets: Json[] };
    expect(taskSets).toMatchObject([{ status: 'PRIMARY', runningCount: 2, stabilityStatus: 'STEADY_STATE' }]);
  });

  it('shifts traffic as its configuration says', () => {
    seed({
      deploymentConfigName: 'CodeDeployDefault.ECSLinear10PercentEvery3Minutes',
      terminationWaitMinutes: 0,
    });
    const id = deploy();
    const startedAt = bench.clock.now();
    until(id, 'Succeeded');
    expect(bench.clock.now() - startedAt).toBeGreaterThan(27 * MINUTE);
    expect(bench.clock.now() - startedAt).toBeLessThan(30 * MINUTE);
  });

  it('times out when the replacement does not become healthy, and is rolled back by a second deployment', () => {
    seed();
    const id = deploy({ kind: 'exits', afterSeconds: 1, exitCode: 1 });
    bench.clock.advance(59 * MINUTE);
    expect(info(id)['status']).toBe('InProgress');
    until(id, 'Failed');
    const { errorInformation, rollbackInfo } = info(id) as { errorInformation: Json; rollbackInfo: Json };
    expect(errorInformation['message']).toContain('This time out period is 60 minutes.');
    const rollback = String(rollbackInfo['rollbackDeploymentId']);
    until(rollback, 'Succeeded');
    expect(info(rollback)).toMatchObject({
      creator: 'codeDeployRollback',
      rollbackInfo: { rollbackTriggeringDeploymentId: id },
    });
    expect(bench.service().runningCount).toBe(2);
    expect(call('ListDeployments', names)).toEqual({ deployments: [rollback, id] });
  });

  it('stays where it is when nothing rolls it back', () => {
    seed({ isRolledBackOnFailure: false, timeoutMinutes: 10 });
    const id = deploy({ kind: 'exits', afterSeconds: 1, exitCode: 1 });
    until(id, 'Failed');
    expect(info(id)['rollbackInfo']).toBeUndefined();
    bench.clock.advance(30 * MINUTE);
    expect(call('ListDeployments', names)).toEqual({ deployments: [id] });
  });

  it.each([true, false])('can be stopped, with rollback: %j', (autoRollbackEnabled) => {
    seed();
    const id = deploy();
    bench.clock.advance(20_000);
    expect(call('StopDeployment', { deploymentId: id, autoRollbackEnabled })).toMatchObject({
      status: 'Pending',
    });
    expect(info(id)).toMatchObject({ status: 'Stopped', errorInformation: { code: 'MANUAL_STOP' } });
    expect(info(id)['rollbackInfo'] === undefined).toBe(!autoRollbackEnabled);
    expect(refusalOf(() => call('StopDeployment', { deploymentId: id })).code).toBe(
      'DeploymentAlreadyCompletedException',
    );
  });

  it('fails for reasons beyond its tasks', () => {
    seed();
    const id = deploy();
    bench.clock.advance(30_000);
    codeDeploy.fail(id, { code: 'ALARM_ACTIVE', message: 'One or more alarms have been activated.' });
    expect(info(id)).toMatchObject({ status: 'Failed', errorInformation: { code: 'ALARM_ACTIVE' } });
    until(String((info(id)['rollbackInfo'] as Json)['rollbackDeploymentId']), 'Succeeded');
  });

  it('waits for its traffic to be rerouted where its group says so', () => {
    seed({ readyWaitMinutes: 30, terminationWaitMinutes: 0 });
    const id = deploy();
    until(id, 'Ready');
    call('ContinueDeployment', { deploymentId: id });
    until(id, 'Succeeded');
    expect(refusalOf(() => call('ContinueDeployment', { deploymentId: id })).code).toBe(
      'DeploymentIsNotInReadyStateException',
    );
    const abandoned = deploy();
    until(abandoned, 'Ready');
    until(abandoned, 'Stopped');
  });

  it('tells what its group is', () => {
    seed({ terminationWaitMinutes: 60 });
    expect(call('GetDeploymentGroup', names)['deploymentGroupInfo']).toMatchObject({
      computePlatform: 'ECS',
      ecsServices: [{ serviceName: 'web', clusterName: 'rehearsal' }],
      blueGreenDeploymentConfiguration: {
        terminateBlueInstancesOnDeploymentSuccess: { terminationWaitTimeInMinutes: 60 },
      },
    });
  });

  it.each<[string, () => unknown]>([
    [
      'ApplicationDoesNotExistException',
      () => call('GetDeploymentGroup', { ...names, applicationName: 'x' }),
    ],
    [
      'DeploymentGroupDoesNotExistException',
      () => call('GetDeploymentGroup', { ...names, deploymentGroupName: 'x' }),
    ],
    ['DeploymentDoesNotExistException', () => info('d-000000000')],
    ['InvalidRevisionException', () => call('CreateDeployment', names)],
    [
      'InvalidRevisionException',
      () => call('CreateDeployment', { ...names, revision: { appSpecContent: { content: 'Resources: [' } } }),
    ],
    ['DeploymentLimitExceededException', () => [deploy(), deploy()]],
  ])('answers %s', (code, attempt) => {
    seed();
    expect(refusalOf(attempt).code).toBe(code);
  });
});

describe('a service that ECS does not deploy itself', () => {
  it('has no service deployments, and its task definition cannot be updated', () => {
    seed();
    deploy();
    bench.clock.advance(60_000);
    expect(bench.serviceDeployments()).toEqual([]);
    const update = (): Json =>
      bench.call('UpdateService', { cluster: 'rehearsal', service: 'web', taskDefinition: 'web' });
    expect(refusalOf(update)).toMatchObject({
      code: 'InvalidParameterException',
      message: expect.stringContaining('CODE_DEPLOY deployment controller'),
    });
  });

  it.each<[Json, string]>([
    [{ forceNewDeployment: true }, 'Cannot force a new deployment'],
    [{ platformVersion: '1.4.0' }, 'Unable to update platform version'],
    [{ networkConfiguration: {} }, 'Unable to update network parameters'],
    [{ loadBalancers: [] }, 'Unable to update load balancers'],
  ])('is not changed behind its controller: %j', (change, words) => {
    seed();
    const update = (): Json =>
      bench.call('UpdateService', { cluster: 'rehearsal', service: 'web', ...change });
    expect(refusalOf(update)).toEqual({
      code: 'InvalidParameterException',
      message: `${words} on services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy to trigger a new deployment.`,
    });
  });

  it('is scaled by UpdateService', () => {
    seed();
    bench.call('UpdateService', { cluster: 'rehearsal', service: 'web', desiredCount: 3 });
    bench.clock.advance(MINUTE);
    expect(bench.service().runningCount).toBe(3);
  });

  it('shows task sets of an EXTERNAL controller', () => {
    bench.seed({ deploymentController: { type: 'EXTERNAL' } });
    expect(bench.service()).toMatchObject({
      deployments: [],
      taskSets: [{ startedBy: 'EXTERNAL', status: 'PRIMARY', runningCount: 2 }],
    });
  });
});
