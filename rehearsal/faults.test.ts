import {
  ContinueServiceDeploymentCommand,
  DescribeServiceDeploymentsCommand,
  DescribeServiceRevisionsCommand,
  DescribeServicesCommand,
  ECSClient,
  ListServiceDeploymentsCommand,
  RegisterTaskDefinitionCommand,
  type ServiceDeployment,
  StopServiceDeploymentCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { AssumeRoleWithWebIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, describe, expect, it } from '@jest/globals';
import { taskDefinition } from './ecs/ecs-fixture.ts';
import { type Rehearsal, type RehearsalOptions, startRehearsal } from './rehearsal.ts';
import type { ServiceTraits } from './scenarios/scenario.ts';
import { CLUSTER, SERVICE, stageService } from './scenarios/stage.ts';

// The unmodified SDK over HTTP, against strategies, and against what may go wrong between it and AWS.
const place = { cluster: CLUSTER, service: SERVICE };
let rehearsal: Rehearsal;
const clients: { destroy(): void }[] = [];

async function start(
  options: Partial<RehearsalOptions> = {},
  traits: ServiceTraits = {},
): Promise<ECSClient> {
  rehearsal = await startRehearsal({ speed: 400, ...options });
  stageService(rehearsal, { taskDefinition }, traits);
  return connect(rehearsal.environment());
}

function connect(environment: Readonly<Record<string, string>>, maxAttempts = 3): ECSClient {
  const client = new ECSClient({
    endpoint: rehearsal.endpoint,
    region: 'eu-west-1',
    maxAttempts,
    credentials: {
      accessKeyId: environment['AWS_ACCESS_KEY_ID']!,
      secretAccessKey: environment['AWS_SECRET_ACCESS_KEY']!,
      ...(environment['AWS_SESSION_TOKEN'] === undefined
        ? {}
        : { sessionToken: environment['AWS_SESSION_TOKEN'] }),
    },
  });
  clients.push(client);
  return client;
}

afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await rehearsal.close();
});

async function deploy(ecs: ECSClient): Promise<void> {
  await ecs.send(new RegisterTaskDefinitionCommand(taskDefinition as never));
  await ecs.send(new UpdateServiceCommand({ ...place, taskDefinition: 'web' }));
}

async function describeLatest(ecs: ECSClient): Promise<ServiceDeployment | undefined> {
  const { serviceDeployments } = await ecs.send(new ListServiceDeploymentsCommand(place));
  const arn = serviceDeployments?.[0]?.serviceDeploymentArn;
  if (arn === undefined) return undefined;
  const described = await ecs.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn] }));
  return described.serviceDeployments?.[0];
}

async function until(
  ecs: ECSClient,
  holds: (latest: ServiceDeployment | undefined) => boolean | undefined,
): Promise<ServiceDeployment> {
  for (let round = 0; round < 1000; round += 1) {
    const latest = await describeLatest(ecs);
    if (holds(latest) && latest !== undefined) return latest;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('it never came to pass');
}

const paused: ServiceTraits = {
  deployment: {
    strategy: 'CANARY',
    canaryConfiguration: { canaryPercent: 20, canaryBakeTimeInMinutes: 1 },
    lifecycleHooks: [{ targetType: 'PAUSE', lifecycleStages: ['POST_SCALE_UP'] }],
    alarms: { enable: true, rollback: true, alarmNames: ['web-5xx'] },
  },
};

describe('strategies, by the SDK', () => {
  it('a paused canary says so, goes on, and shifts its traffic', async () => {
    const ecs = await start({}, paused);
    await deploy(ecs);
    const waiting = await until(
      ecs,
      (latest) => latest?.lifecycleHookDetails?.[0]?.status === 'AWAITING_ACTION',
    );
    expect(waiting).toMatchObject({
      status: 'IN_PROGRESS',
      lifecycleStage: 'POST_SCALE_UP',
      lifecycleHookDetails: [{ targetType: 'PAUSE', timeoutAction: 'ROLLBACK', expiresAt: expect.any(Date) }],
      alarms: { status: 'MONITORING', alarmNames: ['web-5xx'] },
      targetServiceRevision: { requestedTestTrafficWeight: 0, requestedProductionTrafficWeight: 0 },
      deploymentConfiguration: { strategy: 'CANARY', canaryConfiguration: { canaryPercent: 20 } },
    });
    const { serviceDeploymentArn } = waiting;
    const hookId = waiting.lifecycleHookDetails?.[0]?.hookId;
    await ecs.send(
      new ContinueServiceDeploymentCommand({ serviceDeploymentArn, hookId, action: 'CONTINUE' }),
    );
    await until(ecs, (latest) => latest?.targetServiceRevision?.requestedProductionTrafficWeight === 20);
    const ended = await until(ecs, (latest) => latest?.status === 'SUCCESSFUL');
    expect(ended.targetServiceRevision?.requestedProductionTrafficWeight).toBe(100);
    const { serviceRevisions } = await ecs.send(
      new DescribeServiceRevisionsCommand({ serviceRevisionArns: [ended.targetServiceRevision?.arn ?? ''] }),
    );
    expect(serviceRevisions?.[0]?.resolvedConfiguration?.loadBalancers).toMatchObject([
      {
        targetGroupArn: expect.stringContaining('web-alternate'),
        productionListenerRule: expect.any(String),
      },
    ]);
    await expect(
      ecs.send(new ContinueServiceDeploymentCommand({ serviceDeploymentArn, hookId })),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  it('a pause that is answered with ROLLBACK, and one that is stopped, roll back', async () => {
    const ecs = await start({}, paused);
    for (const answer of ['ROLLBACK', 'stop'] as const) {
      await deploy(ecs);
      const { serviceDeploymentArn, lifecycleHookDetails } = await until(ecs, (latest) =>
        latest?.lifecycleHookDetails?.some(({ status }) => status === 'AWAITING_ACTION'),
      );
      const hookId = lifecycleHookDetails?.[0]?.hookId;
      if (answer === 'stop') await ecs.send(new StopServiceDeploymentCommand({ serviceDeploymentArn }));
      else
        await ecs.send(
          new ContinueServiceDeploymentCommand({ serviceDeploymentArn, hookId, action: answer }),
        );
      await until(ecs, (latest) => latest?.status === 'ROLLBACK_SUCCESSFUL');
    }
  });
});

describe('between the client and AWS', () => {
  it.each([-3600, 3600])(
    'a clock that is off by %d seconds is what the SDK corrects by itself',
    async (clockSkewSeconds) => {
      const ecs = await start({ speed: 1, clockSkewSeconds });
      await expect(
        connect(rehearsal.environment(), 1).send(new ListServiceDeploymentsCommand(place)),
      ).rejects.toMatchObject({
        name: 'InvalidSignatureException',
        message: expect.stringMatching(
          /^Signature (?:expired|not yet current): \d{8}T\d{6}Z is .* 5 min\.\)$/,
        ),
      });
      await ecs.send(new ListServiceDeploymentsCommand(place));
      const refused = rehearsal.calls.filter(({ error }) => error === 'InvalidSignatureException');
      expect(refused).toHaveLength(2);
    },
  );

  it('stale answers are those of before', async () => {
    const ecs = await start({ speed: 1 });
    const count = async (): Promise<number | undefined> => {
      const { services } = await ecs.send(
        new DescribeServicesCommand({ cluster: CLUSTER, services: [SERVICE] }),
      );
      return services?.[0]?.deployments?.length;
    };
    expect(await count()).toBe(1);
    await deploy(ecs);
    rehearsal.faults.push({
      service: 'ecs',
      operation: 'DescribeServices',
      times: 2,
      fault: { staleSeconds: 50 },
    });
    expect([await count(), await count(), await count()]).toEqual([1, 1, 2]);
  });

  it('the documented request rates hold for bursts', async () => {
    await start({ hasRequestRates: true });
    const ecs = connect(rehearsal.environment(), 1);
    const burst = Array.from({ length: 70 }, () => ecs.send(new ListServiceDeploymentsCommand(place)));
    const refused = (await Promise.allSettled(burst)).flatMap((end) =>
      end.status === 'rejected' ? [end.reason.name] : [],
    );
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThanOrEqual(20);
    expect(new Set(refused)).toEqual(new Set(['ThrottlingException']));
  });

  it('a session ends after its time, and a token of the runner begins another', async () => {
    await start();
    const ecs = connect(rehearsal.sessionEnvironment(60), 1);
    await ecs.send(new ListServiceDeploymentsCommand(place));
    const end = rehearsal.clock.now() + 60_000;
    while (rehearsal.clock.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
    await expect(ecs.send(new ListServiceDeploymentsCommand(place))).rejects.toMatchObject({
      name: 'ExpiredTokenException',
    });
    const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token } =
      rehearsal.tokenEnvironment();
    const answer = await fetch(`${url}&audience=sts.amazonaws.com`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { value } = (await answer.json()) as { value: string };
    const sts = new STSClient({
      endpoint: rehearsal.endpoint,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'x', secretAccessKey: 'y' },
    });
    clients.push(sts);
    const request = {
      RoleArn: 'arn:aws:iam::123456789012:role/deploy',
      RoleSessionName: 'run',
      WebIdentityToken: value,
      DurationSeconds: 3600,
    };
    const assumed = await sts.send(new AssumeRoleWithWebIdentityCommand(request));
    expect(assumed).toMatchObject({
      SubjectFromWebIdentityToken: 'repo:octo-org/hello:ref:refs/heads/main',
      Audience: 'sts.amazonaws.com',
    });
    const renewed = connect(
      {
        AWS_ACCESS_KEY_ID: assumed.Credentials?.AccessKeyId ?? '',
        AWS_SECRET_ACCESS_KEY: assumed.Credentials?.SecretAccessKey ?? '',
        AWS_SESSION_TOKEN: assumed.Credentials?.SessionToken ?? '',
      },
      1,
    );
    await renewed.send(new ListServiceDeploymentsCommand(place));
    const late = rehearsal.clock.now() + 301_000;
    while (rehearsal.clock.now() < late) await new Promise((resolve) => setTimeout(resolve, 20));
    await expect(sts.send(new AssumeRoleWithWebIdentityCommand(request))).rejects.toMatchObject({
      name: 'ExpiredTokenException',
      message: expect.stringMatching(/^Token expired: current date\/time \d+ must be before/),
    });
  });

  it('a job without the request token gets no token', async () => {
    await start();
    const { ACTIONS_ID_TOKEN_REQUEST_URL: url = '' } = rehearsal.tokenEnvironment();
    expect((await fetch(url)).status).toBe(401);
    expect((await fetch(url, { headers: { authorization: 'bearer guess' } })).status).toBe(401);
    expect(rehearsal.calls).toMatchObject([{ service: 'github', status: 401 }, { status: 401 }]);
  });
});
