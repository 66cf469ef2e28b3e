import { randomBytes, randomUUID } from 'node:crypto';
import { AwsError, type Json, type Service } from '../server/service.ts';

interface Secret {
  readonly name: string;
  readonly arn: string;
  readonly description: string | undefined;
  /** Virtual epoch milliseconds. */
  readonly createdAt: number;
  readonly versionId: string;
  /** SecretString or SecretBinary; nothing where the secret was created empty. */
  readonly value: Json;
}

/**
 * AWS Secrets Manager, secrets of one version.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_Operations.html
 */
export function createSecretsManagerService(options: { readonly accountId: string }): Service {
  const secrets: Secret[] = [];
  const find = (input: Json): Secret => {
    const id = readText(input, 'SecretId');
    const secret = secrets.find(
      ({ name, arn }) => id === name || id === arn || `${id}-` === arn.slice(0, -6),
    );
    if (secret === undefined)
      throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    return secret;
  };
  return {
    signingName: 'secretsmanager',
    protocol: { kind: 'json', targetPrefix: 'secretsmanager' },
    operations: {
      CreateSecret(input, { now, region }) {
        const name = readText(input, 'Name');
        if (secrets.some((secret) => secret.name === name))
          throw new AwsError(
            'ResourceExistsException',
            `The operation failed because the secret ${name} already exists.`,
          );
        const secret: Secret = {
          name,
          // ARNs end in six random characters: https://docs.aws.amazon.com/secretsmanager/latest/userguide/getting-started.html
          arn: `arn:aws:secretsmanager:${region}:${options.accountId}:secret:${name}-${randomBytes(3).toString('hex')}`,
          description: input['Description'] === undefined ? undefined : String(input['Description']),
          createdAt: now,
          versionId: String(input['ClientRequestToken'] ?? randomUUID()),
          value: readValue(input),
        };
        secrets.push(secret);
        return { ARN: secret.arn, Name: name, ...(hasValue(secret) ? { VersionId: secret.versionId } : {}) };
      },
      DescribeSecret(input) {
        const secret = find(input);
        const created = new Date(secret.createdAt);
        return {
          ARN: secret.arn,
          Name: secret.name,
          ...(secret.description === undefined ? {} : { Description: secret.description }),
          CreatedDate: created,
          LastChangedDate: created,
          ...(hasValue(secret) ? { VersionIdsToStages: { [secret.versionId]: ['AWSCURRENT'] } } : {}),
        };
      },
      GetSecretValue(input) {
        const secret = find(input);
        const stage = String(input['VersionStage'] ?? 'AWSCURRENT');
        const wanted = input['VersionId'] ?? secret.versionId;
        if (!hasValue(secret) || stage !== 'AWSCURRENT' || wanted !== secret.versionId) {
          throw new AwsError(
            'ResourceNotFoundException',
            `Secrets Manager can't find the specified secret value for ${input['VersionId'] === undefined ? `staging label: ${stage}` : `VersionId: ${String(wanted)}`}`,
          );
        }
        return {
          ARN: secret.arn,
          Name: secret.name,
          VersionId: secret.versionId,
          ...secret.value,
          VersionStages: ['AWSCURRENT'],
          CreatedDate: new Date(secret.createdAt),
        };
      },
    },
  };
}

function hasValue(secret: Secret): boolean {
  return Object.keys(secret.value).length > 0;
}

function readValue({ SecretString, SecretBinary }: Json): Json {
  if (SecretString !== undefined && SecretBinary !== undefined)
    throw new AwsError(
      'InvalidParameterException',
      "You can't specify both a binary secret value and a string secret value in the same secret.",
    );
  if (SecretString !== undefined) return { SecretString };
  return SecretBinary === undefined ? {} : { SecretBinary };
}

function readText(input: Json, name: string): string {
  const value = input[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new AwsError(
    'ValidationException',
    `1 validation error detected: Value null at '${name}' failed to satisfy constraint: Member must not be null`,
  );
}
