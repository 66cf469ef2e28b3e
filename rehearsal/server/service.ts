/** A JSON object as it crosses the wire. */
export type Json = { [key: string]: unknown };

/** One call of an operation, beyond its input. */
export interface Call {
  readonly operation: string;
  readonly region: string;
  readonly accessKeyId: string;
  /** Virtual epoch milliseconds at which the call arrived. */
  readonly now: number;
}

/** Answers one operation. It throws AwsError for what AWS would refuse. */
export type Operation = (input: Json, call: Call) => Json | Promise<Json>;

/**
 * One AWS service of the rehearsal. The wire protocol is kept by the server, so that operations deal in plain objects:
 * timestamps are returned as Date and become epoch seconds in JSON and ISO 8601 in XML.
 */
export interface Service {
  /** The name in the credential scope of a signed request: `ecs`, `ecr`, `logs`, `elasticloadbalancing`, … */
  readonly signingName: string;
  readonly protocol:
    | {
        /** AWS JSON 1.1: `X-Amz-Target: <targetPrefix>.<Operation>`. https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html */
        readonly kind: 'json';
        readonly targetPrefix: string;
      }
    | {
        /** AWS query: form in, XML out. https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
        readonly kind: 'query';
        readonly version: string;
        readonly xmlNamespace: string;
      };
  readonly operations: Readonly<Record<string, Operation>>;
}

/** An error in AWS's own code and words. */
export class AwsError extends Error {
  readonly code: string;
  readonly statusCode: number;
  readonly fields: Json;

  constructor(code: string, message: string, options: { statusCode?: number; fields?: Json } = {}) {
    super(message);
    this.name = 'AwsError';
    this.code = code;
    this.statusCode = options.statusCode ?? 400;
    this.fields = options.fields ?? {};
  }
}
