import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { taskDefinition } from './ecs/ecs-fixture.ts';
import { type Rehearsal, startRehearsal } from './rehearsal.ts';
import { hasTool } from './runner/machine-tools.ts';
import { CLUSTER, SERVICE, stageService } from './scenarios/stage.ts';

// Software that we did not write: the AWS CLI, on botocore's models.
const hasCli = await hasTool('aws', 'the AWS CLI against the rehearsal');

const run = promisify(execFile);

let rehearsal: Rehearsal;
let serviceDeploymentArn: string;

beforeAll(async () => {
  rehearsal = await startRehearsal({ speed: 300 });
  stageService(rehearsal, { taskDefinition });
});

afterAll(async () => {
  await rehearsal.close();
});

async function aws(...argv: string[]): Promise<Record<string, unknown>> {
  const { stdout } = await run('aws', [...argv, '--output', 'json'], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...rehearsal.environment(), AWS_PAGER: '' },
  });
  return stdout.trim() === '' ? {} : (JSON.parse(stdout) as Record<string, unknown>);
}

(hasCli ? describe : describe.skip)('the AWS CLI', () => {
  const place = ['--cluster', CLUSTER, '--service', SERVICE];

  it('deploys, waits with services-stable, and describes what came of it', async () => {
    const registered = (await aws(
      'ecs',
      'register-task-definition',
      '--cli-input-json',
      JSON.stringify(taskDefinition),
    )) as {
      taskDefinition: { taskDefinitionArn: string };
    };
    await aws(
      'ecs',
      'update-service',
      ...place,
      '--task-definition',
      registered.taskDefinition.taskDefinitionArn,
    );
    await aws('ecs', 'wait', 'services-stable', '--cluster', CLUSTER, '--services', SERVICE);
    const { services } = await aws(
      'ecs',
      'describe-services',
      '--cluster',
      CLUSTER,
      '--services',
      SERVICE,
      '--include',
      'TAGS',
    );
    expect(services).toMatchObject([{ serviceName: SERVICE, runningCount: 2, status: 'ACTIVE' }]);
  }, 60_000);

  it('lists and describes service deployments and revisions', async () => {
    const { serviceDeployments } = (await aws('ecs', 'list-service-deployments', ...place)) as {
      serviceDeployments: { serviceDeploymentArn: string; targetServiceRevisionArn: string }[];
    };
    expect(serviceDeployments).toHaveLength(2);
    serviceDeploymentArn = serviceDeployments[0]?.serviceDeploymentArn ?? '';
    const described = await aws(
      'ecs',
      'describe-service-deployments',
      '--service-deployment-arns',
      serviceDeploymentArn,
    );
    expect(described).toMatchObject({
      serviceDeployments: [{ deploymentCircuitBreaker: { status: 'DISABLED' } }],
    });
    const revision = serviceDeployments[0]?.targetServiceRevisionArn ?? '';
    const revisions = await aws('ecs', 'describe-service-revisions', '--service-revision-arns', revision);
    expect(revisions).toMatchObject({ serviceRevisions: [{ containerImages: [{ containerName: 'app' }] }] });
  }, 60_000);

  it('lists and describes tasks', async () => {
    const { taskArns } = (await aws(
      'ecs',
      'list-tasks',
      '--cluster',
      CLUSTER,
      '--service-name',
      SERVICE,
    )) as {
      taskArns: string[];
    };
    const { tasks } = await aws('ecs', 'describe-tasks', '--cluster', CLUSTER, '--tasks', ...taskArns);
    expect(tasks).toMatchObject([{ lastStatus: 'RUNNING' }, { lastStatus: 'RUNNING' }]);
  }, 60_000);

  it('reads target health and log groups', async () => {
    const { TargetGroups: groups } = (await aws('elbv2', 'describe-target-groups')) as {
      TargetGroups: { TargetGroupArn: string }[];
    };
    const health = await aws(
      'elbv2',
      'describe-target-health',
      '--target-group-arn',
      groups[0]?.TargetGroupArn ?? '',
    );
    expect(health).toMatchObject({
      TargetHealthDescriptions: expect.arrayContaining([
        expect.objectContaining({ TargetHealth: expect.objectContaining({ State: 'healthy' }) }),
      ]),
    });
    expect(await aws('logs', 'describe-log-groups')).toMatchObject({
      logGroups: [{ logGroupName: '/ecs/web' }],
    });
  }, 60_000);

  it('shows refusals in the words of AWS', async () => {
    await expect(
      aws('ecs', 'describe-services', '--cluster', 'none', '--services', 'web'),
    ).rejects.toMatchObject({
      stderr: expect.stringContaining(
        '(ClusterNotFoundException) when calling the DescribeServices operation: Cluster not found.',
      ),
    });
    await expect(
      aws('ecs', 'stop-service-deployment', '--service-deployment-arn', serviceDeploymentArn),
    ).rejects.toMatchObject({ stderr: expect.stringContaining('(ConflictException)') });
  }, 60_000);
});
