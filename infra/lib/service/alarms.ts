import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { AppConfig } from '../config/app-config.ts';
import type { AppNames } from '../config/names.ts';
import { measureTargets, sumTargets, type Target } from './target-metrics.ts';

export interface AlarmsProps {
  readonly app: AppConfig;
  readonly names: AppNames;
  readonly topicArn: string;
  readonly target?: Target;
}

/** Alarms with fixed names, because the service names some of them in its deployment configuration. */
export class Alarms extends Construct {
  /** Those that end a deployment: users feel them at once. */
  readonly deploymentAlarmNames: readonly string[];

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const add = (what: string, alarm: AlarmShape) => this.add(what, alarm, props);
    add('cpu-high', {
      ...ecsMetric('CPUUtilization', props.names),
      threshold: props.app.alarms.cpuPercent,
    });
    add('memory-high', {
      ...ecsMetric('MemoryUtilization', props.names),
      threshold: props.app.alarms.memoryPercent,
    });
    this.addTooFewTasks(props);
    const felt =
      props.target === undefined
        ? []
        : [
            this.addAtTargets('server-errors', props, {
              target: props.target,
              metricName: 'HTTPCode_Target_5XX_Count',
              statistic: 'Sum',
              threshold: props.app.alarms.serverErrors,
              periodSeconds: 300,
              evaluations: 1,
            }),
            this.addAtTargets('unhealthy-hosts', props, {
              target: props.target,
              metricName: 'UnHealthyHostCount',
              statistic: 'Maximum',
              threshold: 1,
              periodSeconds: 60,
              evaluations: 5,
            }),
          ];
    this.deploymentAlarmNames = felt.slice(0, 1).map(({ alarmName = '' }) => alarmName);
  }

  private add(what: string, shape: AlarmShape, props: AlarmsProps): cloudwatch.CfnAlarm {
    return new cloudwatch.CfnAlarm(this, what, {
      ...describeAlarm(what, props),
      ...shape,
      period: 60,
      evaluationPeriods: 5,
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
    });
  }

  private addAtTargets(what: string, props: AlarmsProps, shape: TargetAlarmShape): cloudwatch.CfnAlarm {
    const metrics = measureTargets(shape.metricName, shape.target);
    return new cloudwatch.CfnAlarm(this, what, {
      ...describeAlarm(what, props),
      metrics: [
        ...metrics.map(({ id, metric }) => ({
          id,
          returnData: false,
          metricStat: { metric, period: shape.periodSeconds, stat: shape.statistic },
        })),
        { id: 'total', expression: sumTargets(metrics), label: what },
      ],
      threshold: shape.threshold,
      evaluationPeriods: shape.evaluations,
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
    });
  }

  /** Container Insights counts tasks; auto scaling moves the wanted number, so the two are compared. */
  private addTooFewTasks(props: AlarmsProps): cloudwatch.CfnAlarm {
    const count = (id: string, metricName: string) => ({
      id,
      returnData: false,
      metricStat: {
        metric: {
          namespace: 'ECS/ContainerInsights',
          metricName,
          dimensions: [
            { name: 'ClusterName', value: props.names.cluster },
            { name: 'ServiceName', value: props.names.service },
          ],
        },
        period: 60,
        stat: 'Average',
      },
    });
    return new cloudwatch.CfnAlarm(this, 'too-few-tasks', {
      ...describeAlarm('too-few-tasks', props),
      metrics: [
        count('desired', 'DesiredTaskCount'),
        count('running', 'RunningTaskCount'),
        { id: 'missing', expression: 'desired - running', label: 'Tasks that should run and do not' },
      ],
      threshold: 1,
      evaluationPeriods: 10,
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
    });
  }
}

interface AlarmShape {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: cloudwatch.CfnAlarm.DimensionProperty[];
  readonly statistic: string;
  readonly threshold: number;
}

interface TargetAlarmShape {
  readonly target: Target;
  readonly metricName: string;
  readonly statistic: string;
  readonly threshold: number;
  readonly periodSeconds: number;
  readonly evaluations: number;
}

function describeAlarm(what: string, props: AlarmsProps) {
  return {
    alarmName: `${props.names.family}-${what}`,
    alarmDescription: `${props.names.service} in ${props.names.cluster}: ${what.replaceAll('-', ' ')}`,
    alarmActions: [props.topicArn],
    okActions: [props.topicArn],
    treatMissingData: 'notBreaching',
  };
}

function ecsMetric(metricName: string, names: AppNames) {
  return {
    namespace: 'AWS/ECS',
    metricName,
    statistic: 'Average',
    dimensions: [
      { name: 'ClusterName', value: names.cluster },
      { name: 'ServiceName', value: names.service },
    ],
  };
}
