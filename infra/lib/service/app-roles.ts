import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { AppConfig } from '../config/app-config.ts';
import { type AppNames, nameSettingsBucket } from '../config/names.ts';
import { acknowledgeWildcard } from '../template/acknowledge.ts';

export interface AppRolesProps {
  readonly environment: string;
  readonly appName: string;
  readonly app: AppConfig;
  readonly names: AppNames;
}

/**
 * Two roles of the app's own. The execution role is ECS's, to start the task; the task role is the
 * program's. Both list exact resources: RegisterTaskDefinition cannot be scoped, so what these roles
 * may do, and who may pass them, is the boundary.
 */
export class AppRoles extends Construct {
  readonly execution: iam.Role;
  readonly task: iam.Role;

  constructor(scope: Construct, id: string, props: AppRolesProps) {
    super(scope, id);
    this.execution = this.createRole('Execution', props.names.executionRole);
    this.task = this.createRole('Task', props.names.taskRole);
    this.allowStart(props);
    this.allowSecrets(props);
    if (props.app.environmentFile) this.allowEnvironmentFile(props);
    if (props.app.table !== undefined) this.allowTable(props);
    if (props.app.shell) this.allowShell();
    if (props.app.logs.router === 'firelens')
      this.grant(this.task, 'WriteLogs', logActions, [this.logs(props)]);
  }

  private createRole(id: string, roleName: string): iam.Role {
    const stack = Stack.of(this);
    return new iam.Role(this, id, {
      roleName,
      assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com', {
        // ECS: "confused deputy" section of the task role page.
        conditions: {
          StringEquals: { 'aws:SourceAccount': stack.account },
          ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'ecs', resource: '*' }) },
        },
      }),
    });
  }

  private grant(role: iam.Role, sid: string, actions: readonly string[], resources: string[]): void {
    role.addToPolicy(new iam.PolicyStatement({ sid, actions: [...actions], resources }));
  }

  private logs(props: AppRolesProps): string {
    return Stack.of(this).formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: `${props.names.logGroup}:*`,
      arnFormat: colonFormat,
    });
  }

  private allowStart(props: AppRolesProps): void {
    const stack = Stack.of(this);
    this.grant(this.execution, 'LogIn', ['ecr:GetAuthorizationToken'], ['*']);
    this.grant(
      this.execution,
      'Pull',
      ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      [stack.formatArn({ service: 'ecr', resource: 'repository', resourceName: props.names.repository })],
    );
    this.grant(this.execution, 'WriteLogs', logActions, [this.logs(props)]);
    acknowledgeWildcard(
      this,
      '*',
      'ecr:GetAuthorizationToken and the ssmmessages channel have no resource type.',
    );
    acknowledgeWildcard(
      this,
      this.logs(props),
      'Log streams are named by task ids; the wildcard stays in the group.',
    );
  }

  /** The six question marks are Secrets Manager's random suffix: no other secret can match the name. */
  private allowSecrets(props: AppRolesProps): void {
    const stack = Stack.of(this);
    const names = [
      ...(props.app.database === undefined ? [] : [props.names.databaseSecret]),
      ...(props.app.secrets.length === 0 ? [] : [props.names.settingsSecret]),
    ];
    if (names.length === 0) return;
    this.grant(
      this.execution,
      'ReadSecrets',
      ['secretsmanager:GetSecretValue'],
      names.map((name) =>
        stack.formatArn({
          service: 'secretsmanager',
          resource: 'secret',
          resourceName: `${name}-??????`,
          arnFormat: colonFormat,
        }),
      ),
    );
  }

  private allowEnvironmentFile(props: AppRolesProps): void {
    const stack = Stack.of(this);
    const bucket = `arn:${stack.partition}:s3:::${nameSettingsBucket(props.environment, props.appName, stack.account)}`;
    this.grant(this.execution, 'ReadSettings', ['s3:GetObject'], [`${bucket}/app.env`]);
    this.grant(this.execution, 'FindSettings', ['s3:GetBucketLocation'], [bucket]);
  }

  private allowTable(props: AppRolesProps): void {
    this.grant(this.task, 'UseTable', tableActions, [
      Stack.of(this).formatArn({ service: 'dynamodb', resource: 'table', resourceName: props.names.table }),
    ]);
  }

  /** ECS Exec needs a channel of Systems Manager; the four calls take no resource. */
  private allowShell(): void {
    this.grant(this.task, 'Shell', shellActions, ['*']);
  }
}

const colonFormat = ArnFormat.COLON_RESOURCE_NAME;
const logActions = ['logs:CreateLogStream', 'logs:PutLogEvents'] as const;
const tableActions = [
  'dynamodb:BatchGetItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:ConditionCheckItem',
  'dynamodb:DeleteItem',
  'dynamodb:DescribeTable',
  'dynamodb:GetItem',
  'dynamodb:PutItem',
  'dynamodb:Query',
  'dynamodb:UpdateItem',
] as const;
const shellActions = [
  'ssmmessages:CreateControlChannel',
  'ssmmessages:CreateDataChannel',
  'ssmmessages:OpenControlChannel',
  'ssmmessages:OpenDataChannel',
] as const;
