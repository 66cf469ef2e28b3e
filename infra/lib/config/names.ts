/**
 * Names are a contract: the deploy action, the emitted task definitions and the IAM policies meet on
 * them, so that no ARN is copied by hand and no stack has to wait for another one's output.
 */
export interface AppNames {
  readonly cluster: string;
  readonly service: string;
  readonly family: string;
  readonly container: string;
  readonly repository: string;
  readonly logGroup: string;
  readonly executionRole: string;
  readonly taskRole: string;
  readonly settingsSecret: string;
  readonly databaseSecret: string;
  readonly table: string;
  readonly parameterPrefix: string;
}

export function nameAppResources(environment: string, app: string): AppNames {
  return {
    cluster: nameCluster(environment),
    service: app,
    family: `slipway-${environment}-${app}`,
    container: app,
    repository: `slipway/${environment}/${app}`,
    logGroup: `/slipway/${environment}/${app}`,
    executionRole: `slipway-${environment}-${app}-execution`,
    taskRole: `slipway-${environment}-${app}-task`,
    settingsSecret: `slipway/${environment}/${app}/settings`,
    databaseSecret: `slipway/${environment}/${app}/database`,
    table: `slipway-${environment}-${app}`,
    parameterPrefix: `/slipway/${environment}/${app}`,
  };
}

export function nameCluster(environment: string): string {
  return `slipway-${environment}`;
}

export function nameAlarmTopic(environment: string): string {
  return `slipway-${environment}-alarms`;
}

/** The boundary that the bootstrap makes; every role of the environment wears it. */
export function nameBoundary(environment: string): string {
  return `slipway-${environment}-boundary`;
}

export type DeliveryRole = 'build' | 'deploy' | 'infra-diff' | 'infra-deploy';

export function nameDeliveryRole(environment: string, role: DeliveryRole): string {
  return `slipway-${environment}-${role}`;
}

/** CDK allows ten letters and digits; each environment has its own bootstrap, even in one account. */
export function nameBootstrapQualifier(environment: string): string {
  return `slip${environment}`;
}

export function nameLogBucket(environment: string, account: string, region: string): string {
  return `slipway-${environment}-logs-${account}-${region}`;
}

export function nameSettingsBucket(environment: string, app: string, account: string): string {
  return `slipway-${environment}-${app}-settings-${account}`;
}

/** CloudFormation export names: the seam between the platform and everything that stands on it. */
export function nameExport(environment: string, what: string): string {
  return `slipway-${environment}-${what}`;
}
