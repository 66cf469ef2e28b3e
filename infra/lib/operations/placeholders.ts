import type { EnvironmentConfig } from '../config/environment-config.ts';

/** What a person must still fill in before this environment can exist, one sentence each. */
export function findPlaceholders(config: EnvironmentConfig): string[] {
  const { repository } = config.delivery;
  const variable = `SLIPWAY_${config.name.toUpperCase()}_ACCOUNT`;
  return [
    ...(config.account === undefined
      ? [`Set ${variable} to the 12 digits of the account; the deployment is refused anywhere else.`]
      : []),
    ...(repository.owner === 'OWNER'
      ? [
          'Put the GitHub repository and its ids into infra/config/repository.ts, or nobody could take the roles.',
        ]
      : []),
    ...(config.domain !== undefined && /(^|\.)example\.com$/.test(config.domain.zoneName)
      ? [
          `Put your own Route 53 zone into infra/config/${config.name}.ts, or leave domain out for plain HTTP in dev.`,
        ]
      : []),
    ...config.alerts.emails
      .filter((email) => email.endsWith('@example.com'))
      .map(
        (email) => `Replace ${email} in infra/config/${config.name}.ts by an address that somebody reads.`,
      ),
  ];
}
