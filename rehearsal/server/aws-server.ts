import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../clock/clock.ts';
import type { RecordedCall } from './calls.ts';
import { decideFault, type Fault, type FaultScript } from './faults.ts';
import {
  type Answer,
  answerError,
  answerOutput,
  type ReadRequest,
  readRequest,
  unknownOperation,
} from './protocol.ts';
import { AwsError, type Call, type Operation, type Service } from './service.ts';
import { createStaleAnswers } from './stale-answers.ts';

/** A request handler outside AWS's protocols: the OCI registry under `/v2/`. It returns false when the path is not its own. */
export type HttpHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  desk: CallDesk,
) => Promise<boolean>;

/** What a handler shares with the server, so that its requests are recorded and hit by faults like any other call. */
export interface CallDesk {
  record(call: RecordedCall): void;
  /** The fault that hits this call, if any; it counts the call. The handler applies it. */
  faultFor(service: string, operation: string): Fault | undefined;
}

export interface AwsServer {
  /** `http://127.0.0.1:PORT`: the value for AWS_ENDPOINT_URL. */
  readonly endpoint: string;
  readonly calls: readonly RecordedCall[];
  /** Faults to inject from now on; replace or extend the list at any time. */
  readonly faults: FaultScript[];
  close(): Promise<void>;
}

export interface AwsServerOptions {
  readonly clock: Clock;
  readonly services: readonly Service[];
  readonly handlers?: readonly HttpHandler[];
  /** Asked before every operation; throws AwsError for credentials that AWS would refuse. */
  readonly authorize?: (service: Service, call: Call) => void;
  /** Told of every answered call, as it is recorded. */
  readonly onCall?: (call: RecordedCall) => void;
  readonly port?: number;
  /** AWS's clock minus the client's. */
  readonly clockSkewSeconds?: number;
}

/** Starts the local AWS on 127.0.0.1, on a free port unless one is given. */
export async function startAwsServer(options: AwsServerOptions): Promise<AwsServer> {
  const calls: RecordedCall[] = [];
  const faults: FaultScript[] = [];
  const record = (call: RecordedCall): void => {
    calls.push(call);
    options.onCall?.(call);
  };

  const skew = (options.clockSkewSeconds ?? 0) * 1000;
  const stale = createStaleAnswers(options.clock);

  const desk: CallDesk = {
    record,
    faultFor: (service, operation) => decideFault(faults, service, operation),
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const arrivedAt = performance.now();
    for (const handle of options.handlers ?? []) if (await handle(request, response, desk)) return;
    const read = await readRequest(request, options.services);
    const service = read.service?.signingName ?? 'unknown';
    const { operation, input } = read;
    const fault = decideFault(faults, service, operation);
    if (fault?.delayMilliseconds !== undefined) await wallDelay(fault.delayMilliseconds);
    if (fault?.dropConnection) {
      record({ service, operation, input, status: 0, error: 'dropped', arrivedAt });
      request.socket.destroy();
      return;
    }
    const requestId = randomUUID();
    const { result, error } = await perform(read, fault, requestId);
    const { status } = result;
    record({ service, operation, input, status, ...(error === undefined ? {} : { error }), arrivedAt });
    const date = new Date(Date.now() + skew).toUTCString();
    response.writeHead(status, { ...result.headers, 'x-amzn-requestid': requestId, date });
    response.end(result.body);
  }

  async function perform(
    { service, operation, input, region, accessKeyId, signedAt }: ReadRequest,
    fault: Fault | undefined,
    requestId: string,
  ): Promise<{ readonly result: Answer; readonly error?: string }> {
    try {
      if (fault?.error !== undefined) throw fault.error;
      const run = findOperation(service, operation);
      if (service === undefined || run === undefined) throw unknownOperation(service, operation);
      if (input === undefined) {
        throw new AwsError('SerializationException', 'Start of structure or map found where not expected.');
      }
      refuseSkewed(signedAt, Date.now() + skew);
      const call: Call = { operation, region, accessKeyId, now: options.clock.now() };
      options.authorize?.(service, call);
      const key = `${service.signingName} ${operation}`;
      const old =
        fault?.staleSeconds === undefined ? undefined : stale.recall(key, input, fault.staleSeconds);
      const output = old ?? stale.keep(key, input, await run(input, call));
      return { result: answerOutput(service, operation, output, requestId) };
    } catch (caught) {
      const error = caught instanceof AwsError ? caught : ownFault(caught);
      return { result: answerError(service, error, requestId), error: error.code };
    }
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : new Error(String(error)));
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    calls,
    faults,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

// "The signature is valid for five minutes": https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
const SIGNATURE_MILLISECONDS = 5 * 60_000;

/** Signatures are dated by the wall, on which the client lives. */
function refuseSkewed(signedAt: number | undefined, now: number): void {
  if (signedAt === undefined || Math.abs(now - signedAt) <= SIGNATURE_MILLISECONDS) return;
  const stamp = (at: number): string => new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');
  const [word, limit, sign] =
    signedAt < now
      ? ['expired', now - SIGNATURE_MILLISECONDS, '-']
      : ['not yet current', now + SIGNATURE_MILLISECONDS, '+'];
  const order = signedAt < now ? 'earlier' : 'later';
  throw new AwsError(
    'InvalidSignatureException',
    `Signature ${word}: ${stamp(signedAt)} is ${signedAt < now ? 'now' : 'still'} ${order} than ${stamp(Number(limit))} (${stamp(now)} ${sign} 5 min.)`,
  );
}

function ownFault(caught: unknown): AwsError {
  const what = caught instanceof Error ? caught.stack : String(caught);
  return new AwsError('InternalFailure', `The rehearsal failed: ${what}`, { statusCode: 500 });
}

// The name comes from the wire: `constructor` is no operation.
function findOperation(service: Service | undefined, operation: string): Operation | undefined {
  return service !== undefined && Object.hasOwn(service.operations, operation)
    ? service.operations[operation]
    : undefined;
}

// Slowness is what a client feels, so it runs on the wall, never on the virtual clock.
function wallDelay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
