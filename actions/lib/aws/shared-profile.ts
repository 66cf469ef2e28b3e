import { loadSharedConfigFiles } from '@smithy/core/config';
import { UserError } from '../message/user-error.ts';

/** What a client of ECR needs to know of a profile. */
export interface SharedProfile {
  readonly profile: string;
  readonly endpoint?: string;
}

/**
 * Reads a profile of the shared configuration for a client of ECR. The SDK would take other credentials for a profile that does
 * not exist, and looks a profile's endpoint up for AWS_PROFILE only.
 *
 * @throws UserError `credentials-missing` when neither file has the profile
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export async function readSharedProfile(profile: string): Promise<SharedProfile> {
  const { configFile, credentialsFile } = await loadSharedConfigFiles();
  if (!Object.hasOwn(configFile, profile) && !Object.hasOwn(credentialsFile, profile)) {
    throw new UserError(
      'credentials-missing',
      `There is no AWS profile "${profile}" in ~/.aws/config or ~/.aws/credentials (or where AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE say). Write it in an earlier step, with aws configure set --profile ${profile}.`,
    );
  }
  const settings = configFile[profile] ?? {};
  const services = configFile[`services.${settings['services']}`] ?? {};
  const endpoint =
    process.env['AWS_ENDPOINT_URL_ECR'] ||
    process.env['AWS_ENDPOINT_URL'] ||
    services['ecr.endpoint_url'] ||
    settings['endpoint_url'];
  return { profile, ...(endpoint ? { endpoint } : {}) };
}
