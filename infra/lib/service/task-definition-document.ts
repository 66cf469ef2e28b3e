import type { CfnTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import type { AppConfig } from '../config/app-config.ts';
import type { EnvironmentConfig } from '../config/environment-config.ts';
import { type AppNames, nameAppResources } from '../config/names.ts';
import { describePartition } from '../config/partition.ts';

/**
 * A task definition as RegisterTaskDefinition takes it. `${AWS_ACCOUNT_ID}` stays open: account ids do
 * not live in code, and render-taskdef fills it in from its `variables` input.
 */
export interface TaskDefinitionDocument {
  readonly family: string;
  readonly networkMode: 'awsvpc';
  readonly requiresCompatibilities: readonly ('FARGATE' | 'EC2')[];
  readonly cpu: string;
  readonly memory: string;
  readonly runtimePlatform: { readonly cpuArchitecture: string; readonly operatingSystemFamily: 'LINUX' };
  readonly executionRoleArn: string;
  readonly taskRoleArn: string;
  readonly containerDefinitions: readonly CfnTaskDefinition.ContainerDefinitionProperty[];
  readonly tags: readonly { readonly key: string; readonly value: string }[];
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: render-taskdef fills it in, not JavaScript.
const account = '${AWS_ACCOUNT_ID}';

/** The tag by which the deploy role's policy knows our own task definitions. */
export const managedByTag = { key: 'managed-by', value: 'slipway' } as const;

export function nameTaskDefinitionFile(environment: string, app: string): string {
  return `taskdef.${environment}.${app}.json`;
}

/** Writes the task definition of an app; the same configuration gives the same bytes. */
export function authorTaskDefinition(
  config: EnvironmentConfig,
  appName: string,
  app: AppConfig,
): TaskDefinitionDocument {
  const names = nameAppResources(config.name, appName);
  const place = describePartition(config.region);
  const main = authorMainContainer(config, appName, app, names);
  return {
    family: names.family,
    networkMode: 'awsvpc',
    requiresCompatibilities: [app.capacity === 'ec2' ? 'EC2' : 'FARGATE'],
    cpu: String(app.size.cpu),
    memory: String(app.size.memoryMiB),
    runtimePlatform: { cpuArchitecture: app.architecture, operatingSystemFamily: 'LINUX' },
    executionRoleArn: `arn:${place.partition}:iam::${account}:role/${names.executionRole}`,
    taskRoleArn: `arn:${place.partition}:iam::${account}:role/${names.taskRole}`,
    containerDefinitions: app.logs.router === 'firelens' ? [main, authorLogRouter(config, names)] : [main],
    tags: [managedByTag, { key: 'environment', value: config.name }, { key: 'app', value: appName }],
  };
}

function authorMainContainer(
  config: EnvironmentConfig,
  appName: string,
  app: AppConfig,
  names: AppNames,
): CfnTaskDefinition.ContainerDefinitionProperty {
  const place = describePartition(config.region);
  const { command } = app.health;
  return {
    name: names.container,
    // No such tag exists: whoever forgets to give the real image gets an error, not an old image.
    image: `${account}.dkr.ecr.${config.region}.${place.domain}/${names.repository}:set-by-the-deployment`,
    essential: true,
    portMappings: [{ containerPort: app.port, protocol: 'tcp' }],
    environment: listEnvironment(config, app, names),
    secrets: listSecrets(config, app, names),
    ...(app.environmentFile
      ? {
          environmentFiles: [
            {
              type: 's3',
              value: `arn:${place.partition}:s3:::slipway-${config.name}-${appName}-settings-${account}/app.env`,
            },
          ],
        }
      : {}),
    readonlyRootFilesystem: true,
    // Fargate takes tmpfs since January 2026; a bind mount would belong to root.
    linuxParameters: { initProcessEnabled: true, tmpfs: [{ containerPath: '/tmp', size: 64 }] },
    // As long as the target group's deregistration delay, so that requests in flight can end.
    stopTimeout: 30,
    ...(command === undefined
      ? {}
      : {
          healthCheck: {
            command: [...command],
            interval: 10,
            timeout: 5,
            retries: 3,
            startPeriod: app.health.graceSeconds,
          },
        }),
    logConfiguration: authorLogConfiguration(config, app, names),
  };
}

function listEnvironment(
  config: EnvironmentConfig,
  app: AppConfig,
  names: AppNames,
): { name: string; value: string }[] {
  const variables: Record<string, string> = {
    ENVIRONMENT: config.name,
    PORT: String(app.port),
    ...(app.table === undefined ? {} : { TABLE_NAME: names.table }),
    ...app.environment,
  };
  return Object.entries(variables)
    .map(([name, value]) => ({ name, value }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/**
 * The database's secret holds host, port and name too (RDS writes them there when it is attached), so
 * no endpoint has to be known here. The ARN lacks Secrets Manager's random suffix; it is found by name.
 */
function listSecrets(
  config: EnvironmentConfig,
  app: AppConfig,
  names: AppNames,
): { name: string; valueFrom: string }[] {
  const { partition } = describePartition(config.region);
  const secret = (name: string, key: string) =>
    `arn:${partition}:secretsmanager:${config.region}:${account}:secret:${name}:${key}::`;
  const database = app.database === undefined ? [] : ['host', 'port', 'dbname', 'username', 'password'];
  return [
    ...database.map((key) => ({
      name: key === 'dbname' ? 'DATABASE_NAME' : `DATABASE_${key.toUpperCase()}`,
      valueFrom: secret(names.databaseSecret, key),
    })),
    ...app.secrets.map((key) => ({ name: key, valueFrom: secret(names.settingsSecret, key) })),
  ];
}

function authorLogConfiguration(
  config: EnvironmentConfig,
  app: AppConfig,
  names: AppNames,
): CfnTaskDefinition.LogConfigurationProperty {
  if (app.logs.router === 'firelens') {
    return {
      logDriver: 'awsfirelens',
      options: {
        Name: 'cloudwatch_logs',
        region: config.region,
        log_group_name: names.logGroup,
        log_stream_prefix: `${names.container}/`,
        auto_create_group: 'false',
      },
    };
  }
  return awslogs(config.region, names.logGroup, names.container);
}

/** Fluent Bit beside the app; AWS keeps the image in its public registry. */
function authorLogRouter(
  config: EnvironmentConfig,
  names: AppNames,
): CfnTaskDefinition.ContainerDefinitionProperty {
  return {
    name: 'log-router',
    image: 'public.ecr.aws/aws-observability/aws-for-fluent-bit:3.0.0',
    essential: true,
    user: '0',
    memoryReservation: 64,
    firelensConfiguration: { type: 'fluentbit', options: { 'enable-ecs-log-metadata': 'true' } },
    logConfiguration: awslogs(config.region, names.logGroup, 'log-router'),
  };
}

/** `non-blocking` keeps the app serving when CloudWatch Logs does not answer. */
export function awslogs(
  region: string,
  group: string,
  prefix: string,
): CfnTaskDefinition.LogConfigurationProperty {
  return {
    logDriver: 'awslogs',
    options: {
      'awslogs-group': group,
      'awslogs-region': region,
      'awslogs-stream-prefix': prefix,
      mode: 'non-blocking',
      'max-buffer-size': '4m',
    },
  };
}
