import type { EnvironmentConfig } from '../config/environment-config.ts';
import { type AppNames, nameAppResources, nameCluster } from '../config/names.ts';
import { managedByTag } from '../service/task-definition-document.ts';
import { allow, type Place, type PolicyStatement } from './policy.ts';

/**
 * How many apps share one managed policy. IAM allows 6,144 characters in one and ten of them on a role
 * (IAM and STS quotas); a role's own policies together may have 10,240, which six apps would fill.
 */
const appsPerPolicy = 2;

/** The most apps an environment can have before the deploy role is full. */
export const mostApps = 10 * appsPerPolicy;

export interface DeployPermissions {
  readonly shared: readonly PolicyStatement[];
  /** One list of statements for each managed policy. */
  readonly byApps: readonly (readonly PolicyStatement[])[];
}

/**
 * Registers task definitions, rolls services out, watches them and runs one-off tasks. ECS gives
 * RegisterTaskDefinition no resource to scope by, so PassRole on the apps' exact roles is the boundary.
 */
export function permitDeploy(config: EnvironmentConfig, place: Place): DeployPermissions {
  const apps = Object.keys(config.apps).map((app) => nameAppResources(config.name, app));
  const ecs = (resource: string) => `arn:${place.partition}:ecs:${place.region}:${place.account}:${resource}`;
  const groups = Array.from({ length: Math.ceil(apps.length / appsPerPolicy) }, (_, index) =>
    apps.slice(index * appsPerPolicy, (index + 1) * appsPerPolicy),
  );
  return {
    shared: [...permitRegister(), ...permitCluster(nameCluster(config.name), ecs)],
    byApps: groups.map((group) => permitApps(group, place, ecs, config.production)),
  };
}

function permitApps(
  apps: readonly AppNames[],
  place: Place,
  ecs: (resource: string) => string,
  production: boolean,
): PolicyStatement[] {
  return [
    ...apps.map((names, index) => permitUpdate(`UpdateService${index + 1}`, names, ecs, production)),
    allow(
      'Watch',
      [
        'ecs:DescribeServices',
        'ecs:ListServiceDeployments',
        'ecs:DescribeServiceDeployments',
        'ecs:DescribeServiceRevisions',
        'ecs:StopServiceDeployment',
        'ecs:ContinueServiceDeployment',
      ],
      apps.flatMap(({ cluster, service }) =>
        ['service', 'service-deployment', 'service-revision'].map((kind) =>
          ecs(`${kind}/${cluster}/${service}${kind === 'service' ? '' : '/*'}`),
        ),
      ),
    ),
    {
      ...allow(
        'RunTask',
        ['ecs:RunTask'],
        apps.map(({ family }) => ecs(`task-definition/${family}:*`)),
      ),
      Condition: {
        ArnEquals: { 'ecs:cluster': [...new Set(apps.map(({ cluster }) => ecs(`cluster/${cluster}`)))] },
      },
    },
    {
      ...allow('PassRole', ['iam:PassRole'], listRoles(apps, place)),
      Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
    },
    ...permitEvidence(apps, place),
    ...permitRecord(apps, place),
  ];
}

function permitRegister(): PolicyStatement[] {
  return [
    {
      ...allow('Register', ['ecs:RegisterTaskDefinition'], ['*']),
      Condition: { StringEquals: { [`aws:RequestTag/${managedByTag.key}`]: managedByTag.value } },
    },
    {
      ...allow('TagNewRevision', ['ecs:TagResource'], ['*']),
      Condition: { StringEquals: { 'ecs:CreateAction': 'RegisterTaskDefinition' } },
    },
    allow(
      'ReadDefinitions',
      ['ecs:DescribeTaskDefinition', 'ecs:ListTaskDefinitions', 'ecs:DeregisterTaskDefinition'],
      ['*'],
    ),
  ];
}

/** A service takes revisions of its own family only; in production nobody opens a shell with a deployment. */
function permitUpdate(
  sid: string,
  names: AppNames,
  ecs: (resource: string) => string,
  production: boolean,
): PolicyStatement {
  return {
    ...allow(sid, ['ecs:UpdateService'], [ecs(`service/${names.cluster}/${names.service}`)]),
    Condition: {
      ArnLikeIfExists: { 'ecs:task-definition': ecs(`task-definition/${names.family}:*`) },
      ...(production ? { BoolIfExists: { 'ecs:enable-execute-command': 'false' } } : {}),
    },
  };
}

/** What belongs to the cluster rather than to one app, and what ECS and others know no resource for. */
function permitCluster(cluster: string, ecs: (resource: string) => string): PolicyStatement[] {
  return [
    allow('Tasks', ['ecs:DescribeTasks', 'ecs:StopTask'], [ecs(`task/${cluster}/*`)]),
    {
      ...allow('ListTasks', ['ecs:ListTasks'], ['*']),
      Condition: { ArnEquals: { 'ecs:cluster': ecs(`cluster/${cluster}`) } },
    },
    allow('Cluster', ['ecs:DescribeClusters'], [ecs(`cluster/${cluster}`)]),
    allow(
      'Describe',
      [
        'elasticloadbalancing:DescribeTargetGroups',
        'elasticloadbalancing:DescribeTargetHealth',
        'cloudwatch:DescribeAlarms',
        'ec2:DescribeSubnets',
        'logs:DescribeLogGroups',
      ],
      ['*'],
    ),
  ];
}

/** What preflight looks up before a rollout, and the diagnosis after a failed one. */
function permitEvidence(apps: readonly AppNames[], place: Place): PolicyStatement[] {
  const arn = (service: string, resource: string) =>
    `arn:${place.partition}:${service}:${place.region}:${place.account}:${resource}`;
  return [
    allow(
      'Logs',
      ['logs:GetLogEvents', 'logs:FilterLogEvents'],
      apps.map(({ logGroup }) => arn('logs', `log-group:${logGroup}:*`)),
    ),
    allow(
      'Images',
      ['ecr:BatchGetImage', 'ecr:DescribeImages'],
      apps.map(({ repository }) => arn('ecr', `repository/${repository}`)),
    ),
    allow('Roles', ['iam:GetRole'], listRoles(apps, place)),
    allow(
      'SecretsExist',
      ['secretsmanager:DescribeSecret'],
      apps.flatMap(({ databaseSecret, settingsSecret }) =>
        [databaseSecret, settingsSecret].map((name) => arn('secretsmanager', `secret:${name}-??????`)),
      ),
    ),
  ];
}

/** Reads what the infrastructure wrote; writes beside it what is deployed. */
function permitRecord(apps: readonly AppNames[], place: Place): PolicyStatement[] {
  const parameters = (tail: string) =>
    apps.map(
      ({ parameterPrefix }) =>
        `arn:${place.partition}:ssm:${place.region}:${place.account}:parameter${parameterPrefix}${tail}`,
    );
  return [
    allow(
      'ReadParameters',
      ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath'],
      [...parameters(''), ...parameters('/*')],
    ),
    allow('Record', ['ssm:PutParameter'], parameters('/deployed/*')),
  ];
}

function listRoles(apps: readonly AppNames[], place: Place): string[] {
  return apps.flatMap(({ executionRole, taskRole }) =>
    [executionRole, taskRole].map((role) => `arn:${place.partition}:iam::${place.account}:role/${role}`),
  );
}
