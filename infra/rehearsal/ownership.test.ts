import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Rehearsal, startRehearsal } from '../../rehearsal/rehearsal.ts';
import { findBundledRepository } from '../../rehearsal/runner/bundles.ts';
import { runStep } from '../../rehearsal/runner/run-step.ts';
import type { RecordedCall } from '../../rehearsal/server/calls.ts';
import { dev } from '../config/dev.ts';
import { prod } from '../config/prod.ts';
import { nameAppResources } from '../lib/config/names.ts';
import { listRequests } from '../lib/delivery/call-permissions.ts';
import { isAllowed, readRoleStatements } from '../lib/delivery/role-permissions.ts';
import { type Synthesis, synthesizeTemplates } from '../lib/template/synthesize-templates.ts';
import { inRegion } from './in-region.ts';
import { readServiceInput, type ServiceFromTemplate } from './service-input.ts';

const place = { account: '123456789012', region: 'eu-west-1' };
const scratch = mkdtempSync(join(tmpdir(), 'slipway-ownership-'));
let repositoryRoot = '';
beforeAll(async () => {
  repositoryRoot = await findBundledRepository(scratch);
}, 180_000);
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe.each([
  {
    environment: 'dev',
    config: inRegion(dev, place.region),
    app: 'simple-app1',
    speed: 30,
    strategy: 'ROLLING',
  },
  // Ten minutes of baking pass in three seconds.
  {
    environment: 'prod',
    config: inRegion(prod, place.region),
    app: 'clients',
    speed: 200,
    strategy: 'BLUE_GREEN',
  },
])('a service of $environment in the rehearsal', ({ config, app, speed, strategy }) => {
  const names = nameAppResources(config.name, app);
  let aws: Rehearsal;
  let ecs: ECSClient;
  let synthesis: Synthesis;
  let stack: ServiceFromTemplate;
  let approved = 0;
  /** What our actions asked of AWS. */
  const asked: RecordedCall[] = [];

  beforeAll(async () => {
    aws = await startRehearsal({ speed });
    ecs = new ECSClient({
      endpoint: aws.endpoint,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'AKIAREHEARSAL0000000', secretAccessKey: 'rehearsal' },
    });
    synthesis = synthesizeTemplates(config);
    const port = config.apps[app]!.port;
    const [blue, green] = ['blue', 'green'].map((name) => aws.elb.createTargetGroup({ name, port }).arn);
    stack = readServiceInput(synthesis.templates.get(`slipway-${config.name}-${app}`)!, (name) =>
      /^Ingress(Blue|Target)/.test(name) ? blue! : name.startsWith('IngressGreen') ? green! : resolve(name),
    );
    aws.logs.ensureGroup(names.logGroup);
    aws.ecs.ensureCluster(names.cluster);
    aws.ecs.onDeployment(() => approveSoon());
    aws.ecs.seedService(names.cluster, {
      ...stack.service,
      desiredCount: 1,
      taskDefinition: stack.bootstrap,
    });
  });

  afterAll(async () => {
    ecs.destroy();
    await aws.close();
  });

  /** A person who lets every deployment go on that waits at its pause hook. */
  const approve = async () => {
    const { serviceDeployments } = await aws.call('ecs', 'ListServiceDeployments', {
      cluster: names.cluster,
      service: names.service,
    });
    const [newest] = serviceDeployments as { serviceDeploymentArn: string; status: string }[];
    if (newest === undefined || !/^(PENDING|IN_PROGRESS)$/.test(newest.status)) return;
    const { serviceDeploymentArn } = newest;
    const described = await aws.call('ecs', 'DescribeServiceDeployments', {
      serviceDeploymentArns: [serviceDeploymentArn],
    });
    const [{ lifecycleHookDetails = [] } = {}] = described['serviceDeployments'] as {
      lifecycleHookDetails?: { hookId: string; status: string }[];
    }[];
    const waiting = lifecycleHookDetails.find(({ status }) => status === 'AWAITING_ACTION');
    if (waiting !== undefined) {
      await aws.call('ecs', 'ContinueServiceDeployment', { serviceDeploymentArn, hookId: waiting.hookId });
      approved += 1;
    }
    approveSoon();
  };
  const approveSoon = () => void aws.clock.after(10_000, () => void approve());

  const step = async (action: string, inputs: Readonly<Record<string, string>>) => {
    const before = aws.calls.length;
    const result = await runStep({
      action,
      inputs,
      env: aws.environment(),
      workspace: scratch,
      runnerTemp: scratch,
      repositoryRoot,
    });
    asked.push(...aws.calls.slice(before));
    return result;
  };

  /** The pipeline of one app: fill the authored definition in, then roll it out. */
  async function deploy(image: string) {
    const artifact = `taskdef.${config.name}.${app}.json`;
    writeFileSync(join(scratch, artifact), synthesis.artifacts.get(artifact)!);
    const rendered = await step('render-taskdef', {
      'task-definition': artifact,
      images: `${app}=public.ecr.aws/docker/library/${image}`,
      variables: 'AWS_ACCOUNT_ID=123456789012',
    });
    expect(rendered.log).not.toContain('::error');
    return step('deploy-ecs-service', {
      'task-definition': rendered.outputs['task-definition'] ?? '',
      cluster: names.cluster,
      service: names.service,
      'poll-seconds': '0.2',
      'timeout-minutes': '2',
    });
  }

  /** An edit of the service by CloudFormation: all its properties, and the family for a definition. */
  const editByInfra = (enableExecuteCommand: boolean) => {
    const { serviceName: _name, launchType: _type, ...rest } = stack.service;
    const { deploymentController: _controller, propagateTags: _tags, cluster: _cluster, ...update } = rest;
    return ecs.send(
      new UpdateServiceCommand({
        ...update,
        cluster: names.cluster,
        service: names.service,
        taskDefinition: names.family,
        enableExecuteCommand,
      }),
    );
  };

  const readService = async () => {
    const { services = [] } = await ecs.send(
      new DescribeServicesCommand({ cluster: names.cluster, services: [names.service] }),
    );
    return services[0]!;
  };

  const settle = async () => {
    for (let look = 0; look < 300; look++) {
      const service = await readService();
      const [first, ...others] = service.deployments ?? [];
      if (others.length === 0 && first?.rolloutState === 'COMPLETED') return service;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('The service did not settle.');
  };

  it('starts on the bootstrap revision', async () => {
    expect((await settle()).taskDefinition).toMatch(/:1$/);
  });

  it('takes the authored task definition from our actions', async () => {
    const result = await deploy('first:1');
    expect(result.outputs['verdict']).toBe('succeeded');
    expect(result.exitCode).toBe(0);
    expect((await settle()).taskDefinition).toMatch(/:2$/);
  }, 60_000);

  it('keeps the deployed revision through an edit of the infrastructure', async () => {
    await editByInfra(true);
    expect((await settle()).taskDefinition).toMatch(/:2$/);
  }, 60_000);

  it('ends on the new revision when the infrastructure is edited in the middle of a deployment', async () => {
    const before = aws.calls.length;
    const deployment = deploy('second:1');
    while (!aws.calls.slice(before).some(({ operation }) => operation === 'UpdateService')) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await editByInfra(false);
    await deployment;
    const service = await settle();
    expect(service.taskDefinition).toMatch(/:3$/);
    const { taskDefinition } = await ecs.send(
      new DescribeTaskDefinitionCommand({ taskDefinition: service.taskDefinition }),
    );
    expect(taskDefinition?.containerDefinitions?.[0]?.image).toMatch(/second:1$/);
  }, 60_000);

  it('has everything asked for by our actions allowed to its deploy role, failed deployments included', async () => {
    asked.length = 0;
    aws.ecs.scriptOutcome(({ images }) =>
      images.some((image) => image.includes('broken'))
        ? { kind: 'exits', afterSeconds: 2, exitCode: 1, logLines: ['Error: DATABASE_URL is not set'] }
        : undefined,
    );
    const broken = await deploy('broken:1');
    expect(broken.outputs['cause']).toBe('app-exit');
    await step('wait-stable', { cluster: names.cluster, service: names.service, 'timeout-minutes': '2' });
    const operations = new Set(asked.map(({ operation }) => operation));
    for (const operation of ['RegisterTaskDefinition', 'UpdateService', 'DescribeTasks', 'GetLogEvents']) {
      expect(operations).toContain(operation);
    }
    const statements = readRoleStatements(synthesis.templates, config.name, 'deploy');
    const denied = asked
      .flatMap((call) => listRequests(call, place))
      .filter((request) => !isAllowed(statements, request, place));
    expect(denied).toEqual([]);
  }, 120_000);

  it('was rolled out as committed: in prod blue/green, past its pause by a person', async () => {
    expect((await readService()).deploymentConfiguration).toMatchObject({ strategy });
    expect(approved > 1).toBe(strategy === 'BLUE_GREEN');
  });

  it('is never sent a desired count', () => {
    const updates = aws.calls.filter(({ operation }) => operation === 'UpdateService');
    expect(updates.length).toBeGreaterThanOrEqual(4);
    for (const { input } of updates) expect(input).not.toHaveProperty('desiredCount');
  });
});

/** Values for what a template refers to. */
function resolve(name: string): string {
  if (name.includes('subnet')) return 'subnet-0rehearsal0000000';
  if (name.includes('SecurityGroup')) return 'sg-0rehearsal0000000';
  if (name.includes('Rule'))
    return `arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener-rule/${name}`;
  return `arn:aws:iam::123456789012:role/${name}`;
}
