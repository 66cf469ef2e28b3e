import type { IncomingMessage } from 'node:http';
import { XMLBuilder } from 'fast-xml-parser';
import { AwsError, type Json, type Service } from './service.ts';

export interface ReadRequest {
  readonly service: Service | undefined;
  readonly operation: string;
  /** Undefined: the body is not what the protocol asks for. */
  readonly input: Json | undefined;
  readonly region: string;
  readonly accessKeyId: string;
  /** Epoch milliseconds of the client's clock, by its signature. */
  readonly signedAt: number | undefined;
}

/**
 * What AWS answers to an operation that it does not know: UnknownOperationException where the protocol is JSON, InvalidAction
 * where it is query. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
export function unknownOperation(service: Service | undefined, operation: string): AwsError {
  if (service?.protocol.kind !== 'query') {
    return new AwsError(
      'UnknownOperationException',
      `The operation ${operation} is not modelled by the rehearsal.`,
    );
  }
  return new AwsError('InvalidAction', `The action ${operation} is not valid for this web service.`);
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Reads a request in either of the two protocols; `service` is undefined when none here speaks it. */
export async function readRequest(
  request: IncomingMessage,
  services: readonly Service[],
): Promise<ReadRequest> {
  const body = await readBody(request);
  const scope = readCredentialScope(request);
  const target = request.headers['x-amz-target'];
  if (typeof target === 'string') {
    const at = target.lastIndexOf('.');
    const prefix = target.slice(0, at);
    const service = services.find(
      ({ protocol }) => protocol.kind === 'json' && protocol.targetPrefix === prefix,
    );
    return { service, operation: target.slice(at + 1), input: parseJson(body), ...scope };
  }
  const form = new URLSearchParams(body || new URL(request.url ?? '/', 'http://localhost').search);
  const version = form.get('Version');
  const service = services.find(
    ({ protocol, signingName }) =>
      protocol.kind === 'query' &&
      (scope.signingName === undefined ? protocol.version === version : signingName === scope.signingName),
  );
  return {
    service,
    operation: form.get('Action') ?? `${request.method} ${request.url}`,
    input: parseForm(form),
    ...scope,
  };
}

export function answerOutput(service: Service, operation: string, output: Json, requestId: string): Answer {
  if (service.protocol.kind === 'json') return jsonAnswer(200, output);
  const result = { [`${operation}Result`]: toXml(output), ResponseMetadata: { RequestId: requestId } };
  return xmlAnswer(200, {
    [`${operation}Response`]: { '@_xmlns': service.protocol.xmlNamespace, ...result },
  });
}

export function answerError(service: Service | undefined, error: AwsError, requestId: string): Answer {
  if (service === undefined || service.protocol.kind === 'json') {
    return jsonAnswer(error.statusCode, { __type: error.code, message: error.message, ...error.fields });
  }
  const type = error.statusCode < 500 ? 'Sender' : 'Receiver';
  return xmlAnswer(error.statusCode, {
    ErrorResponse: {
      '@_xmlns': service.protocol.xmlNamespace,
      Error: { Type: type, Code: error.code, Message: error.message },
      RequestId: requestId,
    },
  });
}

function jsonAnswer(status: number, value: Json): Answer {
  const body = JSON.stringify(value, function (this: Json, key, shown: unknown) {
    const raw = this[key];
    return raw instanceof Date ? raw.getTime() / 1000 : shown;
  });
  return { status, headers: { 'content-type': 'application/x-amz-json-1.1' }, body };
}

const xml = new XMLBuilder({ ignoreAttributes: false, suppressEmptyNode: true });

function xmlAnswer(status: number, value: Json): Answer {
  return { status, headers: { 'content-type': 'text/xml' }, body: xml.build(value) };
}

// Lists are `<Name><member>…</member></Name>`, the form that ELBv2 and STS use throughout.
function toXml(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return { member: value.map(toXml) };
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, toXml(item)]),
  );
}

/** `Targets.member.1.Id=x` → `{Targets: [{Id: 'x'}]}`. */
function parseForm(form: URLSearchParams): Json {
  const root = createObject();
  for (const [path, text] of form) {
    if (path === 'Action' || path === 'Version') continue;
    place(root, path.split('.'), text);
  }
  return unlist(root) as Json;
}

function place(target: Json, path: readonly string[], text: string): void {
  const [head, ...rest] = path;
  if (head === undefined) return;
  if (rest.length === 0) {
    target[head] = text;
    return;
  }
  const inner = target[head];
  // `A=1&A.B=2` makes no sense; the later one wins.
  const next = typeof inner === 'object' && inner !== null ? (inner as Json) : createObject();
  target[head] = next;
  place(next, rest, text);
}

// Names come from the wire: no `constructor` or `__proto__` may be found that nobody put there.
function createObject(): Json {
  return Object.create(null) as Json;
}

function unlist(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const members = (value as Json)['member'];
  if (members !== undefined && typeof members === 'object' && members !== null)
    return Object.values(members).map(unlist);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unlist(item)]));
}

function parseJson(body: string): Json | undefined {
  if (body === '') return {};
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
  } catch {
    return undefined;
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

// `Credential=AKID/20261120/eu-west-1/ecs/aws4_request`; signatures are not verified, as the rehearsal knows no secrets.
function readCredentialScope(request: IncomingMessage): {
  region: string;
  accessKeyId: string;
  signingName: string | undefined;
  signedAt: number | undefined;
} {
  const match = /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\//.exec(request.headers.authorization ?? '');
  return {
    accessKeyId: match?.[1] ?? 'anonymous',
    region: match?.[2] ?? 'us-east-1',
    signingName: match?.[3],
    signedAt: readSigningTime(request.headers['x-amz-date']),
  };
}

// `20261120T080000Z`
function readSigningTime(text: string | string[] | undefined): number | undefined {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(String(text)) ?? [];
  if (second === undefined) return undefined;
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
}
