import { Stack } from 'aws-cdk-lib';
import type { ISecurityGroup, IVpc } from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { AppConfig, ScheduleConfig } from '../config/app-config.ts';
import type { AppNames } from '../config/names.ts';
import { acknowledgeWildcard } from '../template/acknowledge.ts';
import type { AppRoles } from './app-roles.ts';

export interface SchedulesProps {
  readonly app: AppConfig;
  readonly names: AppNames;
  readonly roles: AppRoles;
  readonly vpc: IVpc;
  readonly securityGroup: ISecurityGroup;
}

/** Runs the app's own image at set times. The family without a number means the revision that runs. */
export class Schedules extends Construct {
  constructor(scope: Construct, id: string, props: SchedulesProps) {
    super(scope, id);
    const role = this.createRole(props);
    for (const schedule of props.app.schedules) this.add(schedule, role, props);
  }

  private add(schedule: ScheduleConfig, role: iam.Role, props: SchedulesProps): void {
    const stack = Stack.of(this);
    new scheduler.CfnSchedule(this, schedule.name, {
      name: `${props.names.family}-${schedule.name}`,
      scheduleExpression: schedule.expression,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: stack.formatArn({ service: 'ecs', resource: 'cluster', resourceName: props.names.cluster }),
        roleArn: role.roleArn,
        retryPolicy: { maximumRetryAttempts: 2, maximumEventAgeInSeconds: 3600 },
        ecsParameters: {
          taskDefinitionArn: familyArn(this, props.names.family),
          launchType: props.app.capacity === 'ec2' ? 'EC2' : 'FARGATE',
          taskCount: 1,
          networkConfiguration: {
            awsvpcConfiguration: {
              assignPublicIp: 'DISABLED',
              subnets: props.vpc.privateSubnets.map(({ subnetId }) => subnetId),
              securityGroups: [props.securityGroup.securityGroupId],
            },
          },
        },
        input: JSON.stringify({
          containerOverrides: [{ name: props.names.container, command: schedule.command }],
        }),
      },
    });
  }

  private createRole(props: SchedulesProps): iam.Role {
    const stack = Stack.of(this);
    const role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
      }),
    });
    role.addToPolicy(
      new iam.PolicyStatement({
        sid: 'Run',
        actions: ['ecs:RunTask'],
        resources: [`${familyArn(this, props.names.family)}:*`],
      }),
    );
    role.addToPolicy(passRoles(this, props.names));
    acknowledgeWildcard(
      role,
      `${familyArn(this, props.names.family)}:*`,
      'Any revision of this one family: which one runs is decided by deployments.',
    );
    return role;
  }
}

export function familyArn(scope: Construct, family: string): string {
  return Stack.of(scope).formatArn({ service: 'ecs', resource: 'task-definition', resourceName: family });
}

/** PassRole on the app's two roles, to ECS tasks and nobody else. */
export function passRoles(scope: Construct, ...apps: readonly AppNames[]): iam.PolicyStatement {
  const stack = Stack.of(scope);
  return new iam.PolicyStatement({
    sid: 'PassRole',
    actions: ['iam:PassRole'],
    resources: apps.flatMap((names) =>
      [names.executionRole, names.taskRole].map((role) =>
        stack.formatArn({ service: 'iam', region: '', resource: 'role', resourceName: role }),
      ),
    ),
    conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
  });
}
