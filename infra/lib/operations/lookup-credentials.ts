import {
  AssumeRoleCommand,
  type Credentials,
  GetCallerIdentityCommand,
  type STSClient,
} from '@aws-sdk/client-sts';
import type { EnvironmentConfig } from '../config/environment-config.ts';
import { nameBootstrapQualifier } from '../config/names.ts';
import { UsageError } from './choose-environments.ts';

export interface LookupCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/**
 * Reads with the rights of CDK's look-up role, which is all that GitHub's infra roles may take. Refuses
 * when the credentials at hand belong to another account than the environment's.
 */
export async function takeLookupRole(
  client: STSClient,
  config: EnvironmentConfig,
): Promise<LookupCredentials> {
  const { Account, Arn = '' } = await client.send(new GetCallerIdentityCommand({}));
  if (Account === undefined || (config.account !== undefined && Account !== config.account)) {
    throw new UsageError(
      `These credentials are for account ${Account}, but ${config.name} is ${config.account}. Sign in there first.`,
    );
  }
  const partition = Arn.split(':')[1] ?? 'aws';
  const role = `cdk-${nameBootstrapQualifier(config.name)}-lookup-role-${Account}-${config.region}`;
  const Credentials = await assumeRole(client, `arn:${partition}:iam::${Account}:role/${role}`, config.name);
  const { AccessKeyId, SecretAccessKey, SessionToken } = Credentials ?? {};
  if (AccessKeyId === undefined || SecretAccessKey === undefined || SessionToken === undefined) {
    throw new Error(`STS gave no credentials for ${role}.`);
  }
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}

async function assumeRole(
  client: STSClient,
  arn: string,
  environment: string,
): Promise<Credentials | undefined> {
  try {
    const session = { RoleArn: arn, RoleSessionName: `slipway-${environment}-lookup` };
    return (await client.send(new AssumeRoleCommand(session))).Credentials;
  } catch (error) {
    // STS says the same of a role that does not exist and of one that may not be taken.
    if (!(error instanceof Error && error.name === 'AccessDenied')) throw error;
    throw new UsageError(
      `The role ${arn} cannot be taken. Run \`npm run infra:bootstrap -- ${environment}\` first, or ask for sts:AssumeRole on it.`,
    );
  }
}
