import type { AppNames } from '../config/names.ts';

/** What IAM is asked when a call arrives. */
export interface PermissionRequest {
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string>>;
}

/** One call to AWS or to an ECR registry, as the rehearsal records it. */
export interface AwsCall {
  readonly service: string;
  readonly operation: string;
  readonly input: unknown;
}

export interface AccountPlace {
  readonly account: string;
  readonly region: string;
}

type Input = Readonly<Record<string, unknown>>;

/**
 * What a call needs by AWS's service authorization reference. Calls that need nothing, such as
 * sts:GetCallerIdentity, give an empty list.
 */
export function listRequests(call: AwsCall, place: AccountPlace): PermissionRequest[] {
  const input = (call.input ?? {}) as Input;
  switch (call.service) {
    case 'ecs':
      return listEcsRequests(call.operation, input, place);
    case 'ecr':
      return [
        request(
          `ecr:${call.operation}`,
          input['repositoryName'] === undefined ? '*' : repositoryArn(String(input['repositoryName']), place),
        ),
      ];
    case 'registry':
      return listRegistryRequests(call.operation, String(input['path']), place);
    case 'logs':
      return [
        request(
          `logs:${call.operation}`,
          arn('logs', place, `log-group:${input['logGroupName']}:log-stream:${input['logStreamName']}`),
        ),
      ];
    case 'elasticloadbalancing':
      return [request(`elasticloadbalancing:${call.operation}`, '*')];
    case 'sts':
      return [];
    default:
      throw new Error(`Which permission does ${call.service} ${call.operation} need?`);
  }
}

/** What asking for an action on one app looks like, to hold documented policies against roles. */
export function sampleRequests(action: string, names: AppNames, place: AccountPlace): PermissionRequest[] {
  const [service = '', operation = ''] = action.split(':');
  const owned = (kind: string) => arn('ecs', place, `${kind}/${names.cluster}/${names.service}/abc`);
  const roles = [names.taskRole, names.executionRole].map(
    (role) => `arn:aws:iam::${place.account}:role/${role}`,
  );
  if (action === 'iam:PassRole') return roles.map(passRole);
  if (action === 'ecs:TagResource') return [tagOnCreation];
  const input = {
    cluster: names.cluster,
    service: names.service,
    services: [names.service],
    serviceDeploymentArn: owned('service-deployment'),
    serviceDeploymentArns: [owned('service-deployment')],
    serviceRevisionArns: [owned('service-revision')],
    tasks: ['abc'],
    taskDefinition: `${names.family}:7`,
    tags: [{ key: 'managed-by', value: 'slipway' }],
    logGroupName: names.logGroup,
    logStreamName: 'app/app/abc',
    ...(action === 'ecr:GetAuthorizationToken' ? {} : { repositoryName: names.repository }),
  };
  return listRequests({ service, operation, input }, place);
}

function listEcsRequests(operation: string, input: Input, place: AccountPlace): PermissionRequest[] {
  const action = `ecs:${operation}`;
  const cluster = lastPart(input['cluster']);
  const service = (name: unknown) => arn('ecs', place, `service/${cluster}/${lastPart(name)}`);
  const each = (resources: unknown) =>
    [resources].flat().map((resource) => request(action, String(resource)));
  switch (operation) {
    case 'RegisterTaskDefinition':
      return registerRequests(input);
    case 'UpdateService':
      return [request(action, service(input['service']), updateContext(input, place))];
    case 'DescribeServices':
      return (input['services'] as string[]).map((name) => request(action, service(name)));
    case 'ListServiceDeployments':
      return [request(action, service(input['service']))];
    case 'DescribeServiceDeployments':
      return each(input['serviceDeploymentArns']);
    case 'StopServiceDeployment':
    case 'ContinueServiceDeployment':
      return each(input['serviceDeploymentArn']);
    case 'DescribeServiceRevisions':
      return each(input['serviceRevisionArns']);
    case 'DescribeTasks':
      return (input['tasks'] as string[]).map((task) =>
        request(action, arn('ecs', place, `task/${cluster}/${lastPart(task)}`), inCluster(cluster, place)),
      );
    case 'ListTasks':
      return [request(action, '*', inCluster(cluster, place))];
    case 'DescribeTaskDefinition':
      return [request(action, '*')];
    default:
      throw new Error(`Which resource does ${action} need?`);
  }
}

/** Tags and roles in a registration are permissions of their own. */
function registerRequests(input: Input): PermissionRequest[] {
  const tags = (input['tags'] ?? []) as { key: string; value: string }[];
  const context = Object.fromEntries(tags.map(({ key, value }) => [`aws:RequestTag/${key}`, value]));
  const roles = [input['taskRoleArn'], input['executionRoleArn']].filter((role) => role !== undefined);
  return [
    request('ecs:RegisterTaskDefinition', '*', context),
    ...(tags.length > 0 ? [tagOnCreation] : []),
    ...roles.map((role) => passRole(String(role))),
  ];
}

function updateContext(input: Input, place: AccountPlace): Record<string, string> {
  const definition = input['taskDefinition'];
  const shell = input['enableExecuteCommand'];
  return {
    ...(definition === undefined
      ? {}
      : { 'ecs:task-definition': arn('ecs', place, `task-definition/${lastPart(definition)}`) }),
    ...(shell === undefined ? {} : { 'ecs:enable-execute-command': String(shell) }),
  };
}

/** ECR asks the same permissions of a docker client as of its own API ("IAM permissions for pushing an image"). */
const registryActions: Readonly<Record<string, string>> = {
  'HEAD manifest': 'BatchGetImage',
  'GET manifest': 'BatchGetImage',
  'GET referrers': 'BatchGetImage',
  'PUT manifest': 'PutImage',
  'HEAD blob': 'BatchCheckLayerAvailability',
  'GET blob': 'GetDownloadUrlForLayer',
  'POST uploads': 'InitiateLayerUpload',
  'GET upload': 'UploadLayerPart',
  'PATCH upload': 'UploadLayerPart',
  'PUT upload': 'CompleteLayerUpload',
};

function listRegistryRequests(operation: string, path: string, place: AccountPlace): PermissionRequest[] {
  // The version check needs the login alone; a layer comes by a URL that is signed already.
  if (operation === 'GET base' || operation === 'GET layer') return [];
  const action = registryActions[operation];
  const repository = /^\/v2\/(.+?)\/(?:manifests|blobs|referrers)\//.exec(path)?.[1];
  if (action === undefined || repository === undefined)
    throw new Error(`Which permission does ${operation} of ${path} need?`);
  return [request(`ecr:${action}`, repositoryArn(repository, place))];
}

function request(
  action: string,
  resource: string,
  context: Readonly<Record<string, string>> = {},
): PermissionRequest {
  return { action, resource, context };
}

const tagOnCreation = request('ecs:TagResource', '*', { 'ecs:CreateAction': 'RegisterTaskDefinition' });

function passRole(role: string): PermissionRequest {
  return request('iam:PassRole', role, { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' });
}

function inCluster(cluster: string, place: AccountPlace): Record<string, string> {
  return { 'ecs:cluster': arn('ecs', place, `cluster/${cluster}`) };
}

function repositoryArn(repository: string, place: AccountPlace): string {
  return arn('ecr', place, `repository/${repository}`);
}

function arn(service: string, { account, region }: AccountPlace, resource: string): string {
  return `arn:aws:${service}:${region}:${account}:${resource}`;
}

/** A name from a name or an ARN. */
function lastPart(name: unknown): string {
  return String(name).split('/').at(-1) ?? '';
}
