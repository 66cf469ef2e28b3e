import type { EnvironmentConfig } from '../config/environment-config.ts';
import { type AppNames, nameAppResources, nameBootstrapQualifier, nameCluster } from '../config/names.ts';
import { managedByTag } from '../service/task-definition-document.ts';
import type { PolicyStatement } from './trust.ts';

/** Where ARNs point; account and partition are CloudFormation's own words at synth. */
export interface Place {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
}

const pull = ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'] as const;
const push = [
  'ecr:InitiateLayerUpload',
  'ecr:UploadLayerPart',
  'ecr:CompleteLayerUpload',
  'ecr:PutImage',
  'ecr:DescribeImages',
] as const;

/** Pushes images of this environment's apps; where images are promoted, reads the source's too. */
export function permitBuild(config: EnvironmentConfig, place: Place): PolicyStatement[] {
  const repositories = (environment: string, account: string) =>
    listApps(config, environment).map(
      ({ repository }) => `arn:${place.partition}:ecr:${place.region}:${account}:repository/${repository}`,
    );
  const source = config.delivery.promotesFrom;
  return [
    allow('LogIn', ['ecr:GetAuthorizationToken'], ['*']),
    allow('Push', [...pull, ...push], repositories(config.name, place.account)),
    ...(source === undefined
      ? []
      : [
          allow(
            'ReadProved',
            [...pull, 'ecr:DescribeImages'],
            repositories(source.environment, source.account ?? place.account),
          ),
        ]),
  ];
}

/**
 * Registers task definitions, rolls services out, watches them and runs one-off tasks. ECS gives
 * RegisterTaskDefinition no resource to scope by, so PassRole on the apps' exact roles is the boundary.
 */
export function permitDeploy(config: EnvironmentConfig, place: Place): PolicyStatement[] {
  const apps = listApps(config, config.name);
  const ecs = (resource: string) => `arn:${place.partition}:ecs:${place.region}:${place.account}:${resource}`;
  const cluster = nameCluster(config.name);
  return [
    ...permitRegister(),
    ...apps.map((names) => permitUpdate(names, ecs, config.production)),
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
      apps.flatMap(({ service }) =>
        ['service', 'service-deployment', 'service-revision'].map((kind) =>
          ecs(`${kind}/${cluster}/${service}${kind === 'service' ? '' : '/*'}`),
        ),
      ),
    ),
    ...permitTasks(apps, cluster, ecs),
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
  names: AppNames,
  ecs: (resource: string) => string,
  production: boolean,
): PolicyStatement {
  return {
    ...allow(
      `Update${toSid(names.service)}`,
      ['ecs:UpdateService'],
      [ecs(`service/${names.cluster}/${names.service}`)],
    ),
    Condition: {
      ArnLikeIfExists: { 'ecs:task-definition': ecs(`task-definition/${names.family}:*`) },
      ...(production ? { BoolIfExists: { 'ecs:enable-execute-command': 'false' } } : {}),
    },
  };
}

function permitTasks(
  apps: readonly AppNames[],
  cluster: string,
  ecs: (resource: string) => string,
): PolicyStatement[] {
  const here = { ArnEquals: { 'ecs:cluster': ecs(`cluster/${cluster}`) } };
  return [
    {
      ...allow(
        'RunTask',
        ['ecs:RunTask'],
        apps.map(({ family }) => ecs(`task-definition/${family}:*`)),
      ),
      Condition: here,
    },
    allow('Tasks', ['ecs:DescribeTasks', 'ecs:StopTask'], [ecs(`task/${cluster}/*`)]),
    { ...allow('ListTasks', ['ecs:ListTasks'], ['*']), Condition: here },
    allow('Cluster', ['ecs:DescribeClusters'], [ecs(`cluster/${cluster}`)]),
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

export interface SiteArns {
  readonly buckets: readonly string[];
  readonly distributions: readonly string[];
}

/** Uploads sites and clears their caches. */
export function permitSites(sites: SiteArns): PolicyStatement[] {
  if (sites.buckets.length === 0) return [];
  return [
    allow('ListSite', ['s3:ListBucket'], sites.buckets),
    allow(
      'UploadSite',
      ['s3:PutObject', 's3:DeleteObject'],
      sites.buckets.map((bucket) => `${bucket}/*`),
    ),
    allow('Invalidate', ['cloudfront:CreateInvalidation', 'cloudfront:GetInvalidation'], sites.distributions),
  ];
}

/** CDK's bootstrap roles do the work; ours may only take them. */
export function permitInfra(
  config: EnvironmentConfig,
  place: Place,
  kinds: readonly string[],
): PolicyStatement[] {
  const qualifier = nameBootstrapQualifier(config.name);
  return [
    allow(
      'TakeCdkRoles',
      ['sts:AssumeRole'],
      kinds.map(
        (kind) =>
          `arn:${place.partition}:iam::${place.account}:role/cdk-${qualifier}-${kind}-role-${place.account}-${place.region}`,
      ),
    ),
  ];
}

function listApps(config: EnvironmentConfig, environment: string): AppNames[] {
  return Object.keys(config.apps).map((app) => nameAppResources(environment, app));
}

function listRoles(apps: readonly AppNames[], place: Place): string[] {
  return apps.flatMap(({ executionRole, taskRole }) =>
    [executionRole, taskRole].map((role) => `arn:${place.partition}:iam::${place.account}:role/${role}`),
  );
}

function allow(sid: string, actions: readonly string[], resources: readonly string[]): PolicyStatement {
  return { Sid: sid, Effect: 'Allow', Action: actions, Resource: resources };
}

/** Statement ids hold letters and digits only. */
function toSid(name: string): string {
  return name.replace(/(^|-)([a-z0-9])/g, (_, _dash: string, letter: string) => letter.toUpperCase());
}
