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
import { dev } from '../config/dev.ts';
import { prod } from '../config/prod.ts';
import type { EnvironmentConfig } from '../lib/config/environment-config.ts';
import { nameAppResources } from '../lib/config/names.ts';
import { type Synthesis, synthesizeTemplates } from '../lib/template/synthesize-templates.ts';
import { readServiceInput, type ServiceFromTemplate } from './service-input.ts';

/** The rehearsal lives in eu-west-1 and models rolling deployments; the rest is as committed. */
function inRehearsal(config: EnvironmentConfig): EnvironmentConfig {
  const apps = Object.entries(config.apps).map(([name, app]) => [
    name,
    { ...app, rollout: { kind: 'rolling' as const, failuresBeforeRollback: 3 } },
  ]);
  return {
    ...config,
    region: 'eu-west-1',
    network: { ...config.network, zones: ['eu-west-1a', 'eu-west-1b'] },
    apps: Object.fromEntries(apps),
  };
}

const scratch = mkdtempSync(join(tmpdir(), 'slipway-ownership-'));
let repositoryRoot = '';
beforeAll(async () => {
  repositoryRoot = await findBundledRepository(scratch);
}, 180_000);
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe.each([
  [dev.name, inRehearsal(dev), 'simple-app1'],
  [prod.name, inRehearsal(prod), 'clients'],
] as const)('a service of %s in the rehearsal', (_, config, app) => {
  const names = nameAppResources(config.name, app);
  let aws: Rehearsal;
  let ecs: ECSClient;
  let synthesis: Synthesis;
  let stack: ServiceFromTemplate;

  beforeAll(async () => {
    aws = await startRehearsal({ speed: 30 });
    ecs = new ECSClient({
      endpoint: aws.endpoint,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'AKIAREHEARSAL0000000', secretAccessKey: 'rehearsal' },
    });
    synthesis = synthesizeTemplates(config);
    stack = readServiceInput(synthesis.templates.get(`slipway-${config.name}-${app}`)!, resolve);
    aws.logs.ensureGroup(names.logGroup);
    const { arn } = aws.elb.createTargetGroup({ name: app, port: config.apps[app]!.port });
    aws.ecs.ensureCluster(names.cluster);
    aws.ecs.seedService(names.cluster, {
      ...stack.service,
      desiredCount: 1,
      taskDefinition: stack.bootstrap,
      loadBalancers: [{ targetGroupArn: arn, containerName: app, containerPort: config.apps[app]!.port }],
    });
  });

  afterAll(async () => {
    ecs.destroy();
    await aws.close();
  });

  const step = (action: string, inputs: Readonly<Record<string, string>>) =>
    runStep({
      action,
      inputs,
      env: aws.environment(),
      workspace: scratch,
      runnerTemp: scratch,
      repositoryRoot,
    });

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
  return `arn:aws:iam::123456789012:role/${name}`;
}
