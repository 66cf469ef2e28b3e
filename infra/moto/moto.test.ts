import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackResourcesCommand,
  paginateListStackResources,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import {
  DescribeListenersCommand,
  DescribeRulesCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { type Parameter, paginateGetParametersByPath, SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dev } from '../config/dev.ts';
import { prod } from '../config/prod.ts';
import type { EnvironmentConfig } from '../lib/config/environment-config.ts';
import { readDeployedTemplate } from '../lib/operations/cloudformation.ts';
import { takeLookupRole } from '../lib/operations/lookup-credentials.ts';
import { type Synthesis, synthesizeTemplates } from '../lib/template/synthesize-templates.ts';
import type { Template } from '../lib/template/template.ts';
import { findResources } from '../lib/template/walk.ts';
import { adaptForMoto, typesWithoutMoto } from './adapt-template.ts';
import { findMotoProgram, type MotoServer, startMoto } from './moto-server.ts';
import { motoCredentials, type PreparedAccount, prepareMoto, queryEc2 } from './prepare-moto.ts';

const program = findMotoProgram('moto_server');
if (program === undefined && process.env['SLIPWAY_REQUIRE'] === 'moto') {
  throw new Error('SLIPWAY_REQUIRE=moto, and moto is not installed: run infra/moto/install.sh');
}
if (program === undefined) {
  process.stderr.write(
    '\nSKIPPED: no stack is deployed to moto. Run infra/moto/install.sh first; CI does.\n\n',
  );
}

describe('the list of what moto lacks', () => {
  it('names only types that our templates use, so that it cannot hide anything else', () => {
    const used = new Set(
      [...synthesizeTemplates(dev, prod).templates.values()].flatMap((template) =>
        Object.values(template.Resources ?? {}).map(({ Type }) => Type),
      ),
    );
    expect([...typesWithoutMoto].filter((type) => !used.has(type))).toEqual([]);
  });
});

(program === undefined ? describe.skip : describe).each([dev, prod])('$name deployed to moto', (config) => {
  let moto: MotoServer;
  let account: PreparedAccount;
  let synthesis: Synthesis;
  let clients: ReturnType<typeof createClients>;

  beforeAll(async () => {
    moto = await startMoto(program!);
    account = await prepareMoto(moto.endpoint, config);
    clients = createClients(moto.endpoint, config.region);
    synthesis = synthesizeTemplates(inZone(config, account));
    for (const [name, template] of synthesis.templates) {
      await clients.cloudFormation.send(
        new CreateStackCommand({
          StackName: name,
          TemplateBody: adapt(template, account),
          Capabilities: ['CAPABILITY_NAMED_IAM'],
        }),
      );
    }
  }, 120_000);

  afterAll(async () => {
    for (const client of Object.values(clients)) client.destroy();
    await moto.stop();
  });

  it('makes every resource of every template that moto can make, by logical id', async () => {
    for (const [name, template] of synthesis.templates) {
      const made: string[] = [];
      const pages = paginateListStackResources({ client: clients.cloudFormation }, { StackName: name });
      for await (const page of pages) {
        made.push(
          ...(page.StackResourceSummaries ?? []).map(({ LogicalResourceId = '' }) => LogicalResourceId),
        );
      }
      const wanted = Object.entries(template.Resources ?? {})
        .filter(([, { Type }]) => !typesWithoutMoto.has(Type))
        .map(([id]) => id);
      expect([name, [...made].sort()]).toEqual([name, wanted.sort()]);
    }
  });

  it('runs every service on the bootstrap revision of its family', async () => {
    for (const [app, { port }] of Object.entries(config.apps)) {
      const service = await readService(clients.ecs, config, app);
      expect(service.taskDefinition).toMatch(new RegExp(`:task-definition/slipway-${config.name}-${app}:1$`));
      const { taskDefinition } = await clients.ecs.send(
        new DescribeTaskDefinitionCommand({ taskDefinition: `slipway-${config.name}-${app}` }),
      );
      expect(taskDefinition?.containerDefinitions?.[0]).toMatchObject({
        name: app,
        portMappings: [{ containerPort: port }],
        readonlyRootFilesystem: true,
      });
    }
  });

  it('gives target groups and rules the path, port and host of their app', async () => {
    const { TargetGroups = [] } = await clients.elb.send(new DescribeTargetGroupsCommand({}));
    for (const [app, { port, health, ingress, rollout }] of Object.entries(config.apps)) {
      const ids = await listPhysicalIds(clients.cloudFormation, `slipway-${config.name}-${app}`);
      const own = TargetGroups.filter(({ TargetGroupArn = '' }) => ids.includes(TargetGroupArn));
      expect(own).toHaveLength(rollout.kind === 'blue-green' ? 2 : 1);
      for (const group of own) {
        expect(group).toMatchObject({ Port: port, HealthCheckPath: health.path, TargetType: 'ip' });
      }
      const rules = ids.filter((id) => id.includes(':listener-rule/'));
      const { Rules = [] } = await clients.elb.send(new DescribeRulesCommand({ RuleArns: rules }));
      const hosts = Rules.flatMap(({ Conditions = [] }) =>
        Conditions.flatMap(({ HostHeaderConfig }) => HostHeaderConfig?.Values ?? []),
      );
      expect(new Set(hosts)).toEqual(new Set('host' in ingress ? [ingress.host] : []));
    }
  });

  it('listens on 80, 443 and 8443 at every load balancer', async () => {
    const balancers = findResources(synthesis.templates, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
    for (const { stack } of balancers) {
      const ids = await listPhysicalIds(clients.cloudFormation, stack);
      const listeners = ids.filter((id) => id.includes(':listener/'));
      const { Listeners = [] } = await clients.elb.send(
        new DescribeListenersCommand({ ListenerArns: listeners }),
      );
      expect(Listeners.map(({ Port, Protocol }) => `${Port} ${Protocol}`).sort()).toEqual([
        '443 HTTPS',
        '80 HTTP',
        '8443 HTTPS',
      ]);
    }
  });

  it('makes the subnets that the templates name', async () => {
    const blocks = await queryEc2(moto.endpoint, config.region, { Action: 'DescribeSubnets' }, 'cidrBlock');
    const wanted = findResources(synthesis.templates, 'AWS::EC2::Subnet').map(
      ({ properties }) => properties['CidrBlock'],
    );
    expect(blocks).toEqual(expect.arrayContaining(wanted));
  });

  it('routes private subnets to a NAT and public ones to the internet gateway', async () => {
    const nat = config.network.nat === 'instance' ? 'instanceId' : 'natGatewayId';
    const read = (element: string) =>
      queryEc2(moto.endpoint, config.region, { Action: 'DescribeRouteTables' }, element);
    expect((await read(nat)).filter((id) => id !== '')).toHaveLength(config.network.zones.length);
    const gateways = (await read('gatewayId')).filter((id) => id.startsWith('igw-'));
    expect(gateways).toHaveLength(config.network.zones.length);
  });

  it('makes repositories whose tags never move', async () => {
    const { repositories = [] } = await clients.ecr.send(new DescribeRepositoriesCommand({}));
    expect(repositories.map(({ repositoryName }) => repositoryName).sort()).toEqual(
      Object.keys(config.apps)
        .map((app) => `slipway/${config.name}/${app}`)
        .sort(),
    );
    for (const repository of repositories) {
      expect(repository).toMatchObject({ imageTagMutability: 'IMMUTABLE' });
    }
  });

  it('tells the actions in SSM where to deploy', async () => {
    const Parameters: Parameter[] = [];
    const pages = paginateGetParametersByPath(
      { client: clients.ssm },
      { Path: `/slipway/${config.name}/clients`, Recursive: true },
    );
    for await (const page of pages) Parameters.push(...(page.Parameters ?? []));
    const values = Object.fromEntries(
      Parameters.map(({ Name = '', Value }) => [Name.split('/').at(-1), Value]),
    );
    expect(values).toMatchObject({
      cluster: `slipway-${config.name}`,
      service: 'clients',
      family: `slipway-${config.name}-clients`,
      container: 'clients',
      repository: `slipway/${config.name}/clients`,
      subnets: expect.stringMatching(/^subnet-\w+,subnet-\w+$/),
      'security-group': expect.stringMatching(/^sg-/),
    });
  });

  it('gives back the template a stack was deployed from, which the deploy guard compares', async () => {
    const stack = `slipway-${config.name}-site`;
    const deployed = await readDeployedTemplate(clients.cloudFormation, stack);
    expect(JSON.stringify(deployed)).toBe(adapt(synthesis.templates.get(stack)!, account));
    expect(await readDeployedTemplate(clients.cloudFormation, 'slipway-no-such-stack')).toBeUndefined();
  });

  it('hands out CDK’s look-up role, in the right account only', async () => {
    const own = await takeLookupRole(clients.sts, { ...config, account: '123456789012' });
    expect(own.sessionToken.length).toBeGreaterThan(0);
    await expect(takeLookupRole(clients.sts, { ...config, account: '999988887777' })).rejects.toThrow(
      /are for account 123456789012, but \w+ is 999988887777/,
    );
  });

  it('takes the authored task definition, and no edit of the infrastructure rolls it back', async () => {
    const app = 'simple-app1';
    const { taskDefinition } = await clients.ecs.send(
      new RegisterTaskDefinitionCommand(
        fillIn(synthesis.artifacts.get(`taskdef.${config.name}.${app}.json`)!),
      ),
    );
    const names = { cluster: `slipway-${config.name}`, service: app };
    await clients.ecs.send(
      new UpdateServiceCommand({ ...names, taskDefinition: taskDefinition?.taskDefinitionArn }),
    );
    expect((await readService(clients.ecs, config, app)).taskDefinition).toMatch(/:2$/);

    const edited = inZone(
      {
        ...config,
        apps: { ...config.apps, [app]: { ...config.apps[app]!, shell: !config.apps[app]!.shell } },
      },
      account,
    );
    const stack = `slipway-${config.name}-${app}`;
    const template = synthesizeTemplates(edited).templates.get(stack)!;
    await clients.cloudFormation.send(
      new UpdateStackCommand({
        StackName: stack,
        TemplateBody: adapt(template, account),
        Capabilities: ['CAPABILITY_NAMED_IAM'],
      }),
    );
    // moto keeps the bare family that the template sends; ECS resolves it to the newest ACTIVE revision.
    const { taskDefinition: after } = await readService(clients.ecs, config, app);
    const resolved = await clients.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: after }));
    expect(resolved.taskDefinition).toMatchObject({ revision: 2, status: 'ACTIVE' });
  });
});

function createClients(endpoint: string, region: string) {
  const settings = { endpoint, region, credentials: motoCredentials, maxAttempts: 1 };
  return {
    cloudFormation: new CloudFormationClient(settings),
    ecs: new ECSClient(settings),
    ecr: new ECRClient(settings),
    elb: new ElasticLoadBalancingV2Client(settings),
    ssm: new SSMClient(settings),
    sts: new STSClient(settings),
  };
}

function inZone(config: EnvironmentConfig, { hostedZoneId }: PreparedAccount): EnvironmentConfig {
  return config.domain === undefined ? config : { ...config, domain: { ...config.domain, hostedZoneId } };
}

function adapt(template: Template, account: PreparedAccount): string {
  return JSON.stringify(
    adaptForMoto(template, {
      'AWS::CertificateManager::Certificate': account.certificateArn,
    }),
  );
}

/** What render-taskdef does with an artifact, as far as moto needs it. */
function fillIn(text: string): RegisterTaskDefinitionCommandInput {
  const filled = text.replaceAll('$' + '{AWS_ACCOUNT_ID}', '123456789012');
  return JSON.parse(filled) as RegisterTaskDefinitionCommandInput;
}

async function readService(ecs: ECSClient, config: EnvironmentConfig, app: string) {
  const { services = [] } = await ecs.send(
    new DescribeServicesCommand({ cluster: `slipway-${config.name}`, services: [app] }),
  );
  return services[0]!;
}

async function listPhysicalIds(client: CloudFormationClient, stack: string): Promise<string[]> {
  const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand({ StackName: stack }));
  return StackResources.map(({ PhysicalResourceId = '' }) => PhysicalResourceId);
}
