import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from '@jest/globals';
import { taskDefinition } from './ecs/ecs-fixture.ts';
import { type Rehearsal, startRehearsal } from './rehearsal.ts';
import { hasTool } from './runner/machine-tools.ts';
import type { ServiceTraits } from './scenarios/scenario.ts';
import { CLUSTER, SERVICE, stageService } from './scenarios/stage.ts';
import type { Json } from './server/service.ts';

// The AWS CLI on botocore's models, where it is of May 2026 or later: it knows pause hooks since then.
const hasCli = (await hasTool('aws', 'the AWS CLI against strategies')) && (await knowsPauseHooks());

async function knowsPauseHooks(): Promise<boolean> {
  try {
    await promisify(execFile)('aws', ['ecs', 'continue-service-deployment', 'help']);
    return true;
  } catch {
    process.stderr.write('SKIPPED: the AWS CLI against strategies, because this one is too old.\n');
    return false;
  }
}

const run = promisify(execFile);
let rehearsal: Rehearsal;

afterEach(() => rehearsal.close());

async function start(traits: ServiceTraits): Promise<void> {
  rehearsal = await startRehearsal({ speed: 300 });
  stageService(rehearsal, { taskDefinition }, traits);
}

async function aws(...argv: string[]): Promise<Json> {
  const { stdout } = await run('aws', [...argv, '--output', 'json'], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...rehearsal.environment(), AWS_PAGER: '' },
  });
  return stdout.trim() === '' ? {} : (JSON.parse(stdout) as Json);
}

/** The next revision of the task definition. */
async function register(): Promise<string> {
  const { taskDefinition: registered } = await rehearsal.call(
    'ecs',
    'RegisterTaskDefinition',
    taskDefinition,
  );
  return String((registered as Json)['taskDefinitionArn']);
}

async function until<Found>(find: () => Promise<Found | undefined>): Promise<Found> {
  for (let round = 0; round < 1000; round += 1) {
    const found = await find();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('it never came to pass');
}

(hasCli ? describe : describe.skip)('the AWS CLI', () => {
  it('lets a paused deployment go on', async () => {
    await start({
      deployment: {
        strategy: 'BLUE_GREEN',
        lifecycleHooks: [{ targetType: 'PAUSE', lifecycleStages: ['PRE_SCALE_UP'] }],
      },
    });
    const place = ['--cluster', CLUSTER, '--service', SERVICE];
    await aws('ecs', 'update-service', ...place, '--task-definition', await register());
    const arn = await until(async () => {
      const { serviceDeployments } = await rehearsal.call('ecs', 'ListServiceDeployments', {
        cluster: CLUSTER,
        service: SERVICE,
      });
      const [latest] = serviceDeployments as [Json];
      return latest['status'] === 'IN_PROGRESS' ? String(latest['serviceDeploymentArn']) : undefined;
    });
    const describeIt = async (): Promise<Json> => {
      const described = await aws('ecs', 'describe-service-deployments', '--service-deployment-arns', arn);
      return (described['serviceDeployments'] as [Json])[0];
    };
    const { lifecycleHookDetails, lifecycleStage } = await describeIt();
    expect(lifecycleStage).toBe('PRE_SCALE_UP');
    const [hook] = lifecycleHookDetails as [Json];
    expect(hook).toMatchObject({ status: 'AWAITING_ACTION', targetType: 'PAUSE' });
    const continued = await aws(
      'ecs',
      'continue-service-deployment',
      '--service-deployment-arn',
      arn,
      '--hook-id',
      String(hook['hookId']),
      '--action',
      'CONTINUE',
    );
    expect(continued).toEqual({ serviceDeploymentArn: arn });
    const ended = await until(async () => {
      const latest = await describeIt();
      return latest['status'] === 'SUCCESSFUL' ? latest : undefined;
    });
    expect(ended).toMatchObject({ targetServiceRevision: { requestedProductionTrafficWeight: 100 } });
  }, 60_000);

  it('deploys through CodeDeploy', async () => {
    await start({ codeDeploy: { terminationWaitMinutes: 1 } });
    const group = [
      '--application-name',
      `AppECS-${CLUSTER}-${SERVICE}`,
      '--deployment-group-name',
      `DgpECS-${CLUSTER}-${SERVICE}`,
    ];
    expect(await aws('deploy', 'get-deployment-group', ...group)).toMatchObject({
      deploymentGroupInfo: { computePlatform: 'ECS', ecsServices: [{ serviceName: SERVICE }] },
    });
    const content = [
      'version: 0.0',
      'Resources:',
      '  - TargetService:',
      '      Type: AWS::ECS::Service',
      '      Properties:',
      `        TaskDefinition: ${await register()}`,
      '        LoadBalancerInfo: { ContainerName: app, ContainerPort: 8080 }',
    ].join('\n');
    const revision = JSON.stringify({ revisionType: 'AppSpecContent', appSpecContent: { content } });
    const { deploymentId } = await aws('deploy', 'create-deployment', ...group, '--revision', revision);
    const ended = await until(async () => {
      const { deploymentInfo } = await aws(
        'deploy',
        'get-deployment',
        '--deployment-id',
        String(deploymentId),
      );
      return (deploymentInfo as Json)['status'] === 'Succeeded' ? (deploymentInfo as Json) : undefined;
    });
    expect(ended).toMatchObject({ creator: 'user', completeTime: expect.anything() });
    await expect(
      aws('deploy', 'stop-deployment', '--deployment-id', String(deploymentId)),
    ).rejects.toMatchObject({ stderr: expect.stringContaining('(DeploymentAlreadyCompletedException)') });
  }, 60_000);
});
