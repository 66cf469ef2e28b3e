import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as budgets from 'aws-cdk-lib/aws-budgets';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { EnvironmentConfig } from '../config/environment-config.ts';
import { AlarmTopic } from '../observability/alarm-topic.ts';
import { Dashboard } from '../observability/dashboard.ts';
import { DeploymentNotices } from '../observability/deployment-notices.ts';
import { acknowledgeManagedPolicy } from '../template/acknowledge.ts';
import { backupTag } from './data-stack.ts';
import { EnvironmentStack } from './environment-stack.ts';

/** What tells people about the environment: topic, notices of failed deployments, dashboard, budget. */
export class ObservabilityStack extends EnvironmentStack {
  constructor(scope: Construct, config: EnvironmentConfig) {
    super(scope, 'observability', config, `Alarms, dashboard, budget and backups of ${config.name}`);
    const topic = new AlarmTopic(this, 'Alarms', { environment: config.name, emails: config.alerts.emails });
    new DeploymentNotices(this, 'DeploymentNotices', { environment: config.name, topic: topic.topic });
    new Dashboard(this, 'Dashboard', {
      environment: config.name,
      region: config.region,
      apps: Object.keys(config.apps),
    });
    this.addBudget();
    if (config.backups.enabled) this.addBackups();
  }

  private addBudget(): void {
    const subscribers = this.config.alerts.emails.map((address) => ({ subscriptionType: 'EMAIL', address }));
    new budgets.CfnBudget(this, 'Budget', {
      budget: {
        budgetName: `slipway-${this.config.name}`,
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: this.config.alerts.monthlyBudgetUsd, unit: 'USD' },
        costFilters: { TagKeyValue: [`user:slipway:environment$${this.config.name}`] },
      },
      notificationsWithSubscribers: [
        { type: 'ACTUAL', threshold: 80 },
        { type: 'FORECASTED', threshold: 100 },
      ].map(({ type, threshold }) => ({
        notification: { notificationType: type, comparisonOperator: 'GREATER_THAN', threshold },
        subscribers,
      })),
    });
  }

  /** Daily copies of everything tagged as data, kept apart from the stacks that made it. */
  private addBackups(): void {
    const vault = new backup.BackupVault(this, 'Vault', {
      backupVaultName: `slipway-${this.config.name}`,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const plan = new backup.BackupPlan(this, 'Plan', {
      backupPlanName: `slipway-${this.config.name}`,
      backupVault: vault,
      backupPlanRules: [
        new backup.BackupPlanRule({
          ruleName: 'daily',
          scheduleExpression: events.Schedule.cron({ hour: '2', minute: '0' }),
          deleteAfter: Duration.days(this.config.backups.keepDays),
        }),
      ],
    });
    const policy = 'service-role/AWSBackupServiceRolePolicyForBackup';
    const role = new iam.Role(this, 'BackupRole', {
      assumedBy: new iam.ServicePrincipal('backup.amazonaws.com'),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName(policy)],
    });
    acknowledgeManagedPolicy(
      role,
      policy,
      'AWS Backup asks for it; what it covers grows with the services it backs up.',
    );
    plan.addSelection('Tagged', {
      role,
      disableDefaultBackupPolicy: true,
      resources: [backup.BackupResource.fromTag(backupTag, this.config.name)],
    });
  }
}
