import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../clock/clock.ts';
import type { RecordedCall } from './calls.ts';
import { decideFault, type Fault, type FaultScript } from './faults.ts';
import { type Answer, answerError, answerOutput, readRequest } from './protocol.ts';
import { AwsError, type Call, type Service } from './service.ts';

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
}

/** Starts the local AWS on 127.0.0.1, on a free port unless one is given. */
export async function startAwsServer(options: AwsServerOptions): Promise<AwsServer> {
  const calls: RecordedCall[] = [];
  const faults: FaultScript[] = [];
  const record = (call: RecordedCall): void => {
    calls.push(call);
    options.onCall?.(call);
  };

  const desk: CallDesk = {
    record,
    faultFor: (service, operation) => decideFault(faults, service, operation),
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const arrivedAt = performance.now();
    for (const handle of options.handlers ?? []) if (await handle(request, response, desk)) return;
    const read = await readRequest(request, options.services);
    const { service, operation, input } = read;
    const name = service?.signingName ?? 'unknown';
    const fault = decideFault(faults, name, operation);
    if (fault?.delayMilliseconds !== undefined) await wallDelay(fault.delayMilliseconds);
    if (fault?.dropConnection) {
      record({ service: name, operation, input, status: 0, error: 'dropped', arrivedAt });
      request.socket.destroy();
      return;
    }
    let result: Answer;
    let error: string | undefined;
    try {
      if (fault?.error !== undefined) throw fault.error;
      const run = service?.operations[operation];
      if (service === undefined || run === undefined) {
        throw new AwsError(
          'UnknownOperationException',
          `The operation ${operation} is not modelled by the rehearsal.`,
        );
      }
      const { region, accessKeyId } = read;
      const call: Call = { operation, region, accessKeyId, now: options.clock.now() };
      options.authorize?.(service, call);
      const output = await run(input, call);
      result = answerOutput(service, operation, output);
    } catch (caught) {
      const awsError =
        caught instanceof AwsError
          ? caught
          : new AwsError(
              'InternalFailure',
              `The rehearsal failed: ${caught instanceof Error ? caught.stack : caught}`,
              { statusCode: 500 },
            );
      error = awsError.code;
      result = answerError(service, awsError);
    }
    record({
      service: name,
      operation,
      input,
      status: result.status,
      ...(error === undefined ? {} : { error }),
      arrivedAt,
    });
    response.writeHead(result.status, { ...result.headers, 'x-amzn-requestid': randomUUID() });
    response.end(result.body);
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

// Slowness is what a client feels, so it runs on the wall, never on the virtual clock.
function wallDelay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
