import { type Clock, createRunningClock, type RunningClock } from './clock/clock.ts';
import { type CodeDeploy, createCodeDeploy } from './codedeploy/service.ts';
import { createEcrService } from './ecr/ecr-service.ts';
import { createEcrWorld, type EcrWorld, imageExists } from './ecr/ecr-world.ts';
import type { EcsControl } from './ecs/control.ts';
import { createIds } from './ecs/ids.ts';
import { createEcs } from './ecs/service.ts';
import type { EcsTimes } from './ecs/world.ts';
import { createElb, type Elb } from './elb/service.ts';
import { createLogs, type Logs } from './logs/service.ts';
import { createTokenEndpoint } from './oidc/token-endpoint.ts';
import { createRegistryHandler } from './registry/registry-handler.ts';
import { createSecretsManagerService } from './secretsmanager/secretsmanager-service.ts';
import { type AwsServer, type HttpHandler, startAwsServer } from './server/aws-server.ts';
import type { RecordedCall } from './server/calls.ts';
import type { FaultScript } from './server/faults.ts';
import { createRequestRates } from './server/request-rates.ts';
import type { Json, Service } from './server/service.ts';
import { createSsmService } from './ssm/ssm-service.ts';
import { createSessions, type Sessions } from './sts/sessions.ts';
import { createStsService } from './sts/sts-service.ts';

export interface RehearsalOptions {
  /** How many virtual seconds pass in one second of the wall. */
  readonly speed: number;
  readonly port?: number;
  /** The same seed gives the same ids in the same order. */
  readonly seed?: number;
  /** How long things take in ECS, where it is not as usual: `serviceDeploymentDelaySeconds` and others. */
  readonly times?: Partial<EcsTimes>;
  /** AWS's clock minus the client's. */
  readonly clockSkewSeconds?: number;
  /** Throttles ECS at its documented rates, which count on the wall. */
  readonly hasRequestRates?: boolean;
}

/** A running local AWS. */
export interface Rehearsal {
  /** `http://127.0.0.1:PORT` */
  readonly endpoint: string;
  readonly clock: Clock;
  readonly calls: readonly RecordedCall[];
  /** Faults to inject from now on; replace or extend the list at any time. */
  readonly faults: FaultScript[];
  /** The container registry from behind: what it holds, and what its scanner will find. */
  readonly ecr: EcrWorld;
  readonly ecs: EcsControl;
  readonly elb: Elb;
  readonly logs: Logs;
  readonly codeDeploy: CodeDeploy;
  /** The variables that make an SDK, the AWS CLI or an action talk to this AWS. */
  environment(): Readonly<Record<string, string>>;
  /** The same with credentials of a role session that ends after so many virtual seconds. */
  sessionEnvironment(durationSeconds: number): Readonly<Record<string, string>>;
  /** What the runner adds for a job with `id-token: write`: it can ask for tokens, and STS takes them. */
  tokenEnvironment(): Readonly<Record<string, string>>;
  /** Calls an operation as a client would, without the wire: `call('ecr', 'BatchDeleteImage', {…})`. */
  call(signingName: string, operation: string, input: Json): Promise<Json>;
  close(): Promise<void>;
}

/** AWS's documentation uses this account in its examples. */
export const ACCOUNT_ID = '123456789012';
export const REGION = 'eu-west-1';
const ACCESS_KEY_ID = 'AKIAREHEARSAL0000000';

/** Starts the local AWS on 127.0.0.1, on a free port unless one is given. */
export async function startRehearsal(options: RehearsalOptions): Promise<Rehearsal> {
  const skewSeconds = options.clockSkewSeconds ?? 0;
  const clock = createRunningClock(options.speed, Date.now() + skewSeconds * 1000);
  let endpoint = '';
  const place = { clock, region: REGION, accountId: ACCOUNT_ID };
  const ecr = createEcrWorld({ clock, registryId: ACCOUNT_ID, endpoint: () => endpoint });
  const elb = createElb(place);
  const logs = createLogs(place);
  const ecs = createEcs({
    ...place,
    ids: createIds(options.seed ?? 1),
    targets: elb,
    logs,
    imageExists: (reference) => hasImage(ecr, endpoint, reference),
    ...(options.times === undefined ? {} : { times: options.times }),
  });
  const codeDeploy = createCodeDeploy({ clock, ecs: ecs.control, seed: options.seed ?? 1 });
  const sessions = createSessions(clock);
  const services: Service[] = [
    ecs.service,
    elb.service,
    logs.service,
    codeDeploy.service,
    createEcrService(ecr),
    createStsService({ accountId: ACCOUNT_ID, sessions, clock }),
    createSsmService({ accountId: ACCOUNT_ID }),
    createSecretsManagerService({ accountId: ACCOUNT_ID }),
  ];
  const tokens = createTokenEndpoint(clock);
  const rates = options.hasRequestRates === true ? createRequestRates(() => performance.now()) : undefined;
  const handlers: HttpHandler[] = [createRegistryHandler(ecr), tokens.handler];
  const server = await startAwsServer({
    clock,
    services,
    handlers,
    authorize(service, call) {
      sessions.refuseExpired(service, call);
      rates?.take(service.signingName, call.operation);
    },
    clockSkewSeconds: skewSeconds,
    ...(options.port === undefined ? {} : { port: options.port }),
  }).catch(async (error: unknown) => {
    // Such as a port in use: nothing is left behind.
    clock.stop();
    await ecr.blobs.close();
    throw error;
  });
  endpoint = server.endpoint;
  return {
    endpoint,
    clock,
    calls: server.calls,
    faults: server.faults,
    ecr,
    ecs: ecs.control,
    elb,
    logs,
    codeDeploy,
    environment: () => describeEnvironment(server),
    sessionEnvironment: (durationSeconds) => describeSession(server, sessions, durationSeconds),
    tokenEnvironment: () => tokens.environment(server.endpoint),
    async call(signingName, operation, input) {
      const run = services.find((service) => service.signingName === signingName)?.operations[operation];
      if (run === undefined) throw new Error(`The rehearsal has no ${signingName}:${operation}.`);
      return run(input, { operation, region: REGION, accessKeyId: ACCESS_KEY_ID, now: clock.now() });
    },
    close: () => closeAll(server, clock, ecr),
  };
}

// What another registry holds is not for the rehearsal to say.
function hasImage(ecr: EcrWorld, endpoint: string, reference: string): boolean | undefined {
  return reference.startsWith(`${new URL(endpoint).host}/`) ? imageExists(ecr, reference) : undefined;
}

function describeEnvironment(server: AwsServer): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: server.endpoint,
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_ACCESS_KEY_ID: ACCESS_KEY_ID,
    AWS_SECRET_ACCESS_KEY: 'rehearsal',
  };
}

function describeSession(
  server: AwsServer,
  sessions: Sessions,
  durationSeconds: number,
): Record<string, string> {
  const session = sessions.begin({
    arn: `arn:aws:sts::${ACCOUNT_ID}:assumed-role/deploy/run`,
    userId: 'AROAREHEARSAL00000000:run',
    durationSeconds,
  });
  return {
    ...describeEnvironment(server),
    AWS_ACCESS_KEY_ID: session.accessKeyId,
    AWS_SECRET_ACCESS_KEY: session.secretAccessKey,
    AWS_SESSION_TOKEN: session.sessionToken,
  };
}

async function closeAll(server: AwsServer, clock: RunningClock, ecr: EcrWorld): Promise<void> {
  clock.stop();
  await server.close();
  await ecr.blobs.close();
}
