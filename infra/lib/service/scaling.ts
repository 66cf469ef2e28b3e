import * as scaling from 'aws-cdk-lib/aws-applicationautoscaling';
import { Construct, type IDependable } from 'constructs';
import type { AppConfig } from '../config/app-config.ts';
import type { AppNames } from '../config/names.ts';
import { measureTargets, sumTargets, type Target } from './target-metrics.ts';

export interface ScalingProps {
  readonly app: AppConfig;
  readonly names: AppNames;
  readonly service: IDependable;
  readonly target?: Target;
}

/** Follows CPU, memory and, where asked for, requests per task. Scales out in one minute, in slowly. */
export class Scaling extends Construct {
  constructor(scope: Construct, id: string, props: ScalingProps) {
    super(scope, id);
    const { minimum, maximum, cpuPercent, memoryPercent, requestsPerMinute } = props.app.scaling;
    const target = new scaling.CfnScalableTarget(this, 'Target', {
      serviceNamespace: 'ecs',
      scalableDimension: 'ecs:service:DesiredCount',
      resourceId: `service/${props.names.cluster}/${props.names.service}`,
      minCapacity: minimum,
      maxCapacity: maximum,
    });
    target.node.addDependency(props.service);
    const usage = (predefinedMetricType: string) => ({
      predefinedMetricSpecification: { predefinedMetricType },
    });
    this.follow('Cpu', target, cpuPercent, usage('ECSServiceAverageCPUUtilization'));
    this.follow('Memory', target, memoryPercent, usage('ECSServiceAverageMemoryUtilization'));
    if (requestsPerMinute !== undefined && props.target !== undefined) {
      this.follow('Requests', target, requestsPerMinute, countRequestsPerTask(props.names, props.target));
    }
  }

  private follow(
    id: string,
    target: scaling.CfnScalableTarget,
    targetValue: number,
    metric: MetricToFollow,
  ): void {
    new scaling.CfnScalingPolicy(this, id, {
      policyName: `${id.toLowerCase()}-target`,
      policyType: 'TargetTrackingScaling',
      scalingTargetId: target.ref,
      targetTrackingScalingPolicyConfiguration: {
        targetValue,
        ...metric,
        scaleOutCooldown: 60,
        scaleInCooldown: 300,
      },
    });
  }
}

type MetricToFollow = Pick<
  scaling.CfnScalingPolicy.TargetTrackingScalingPolicyConfigurationProperty,
  'predefinedMetricSpecification' | 'customizedMetricSpecification'
>;

/**
 * Requests a minute over running tasks. `ALBRequestCountPerTarget` would name one target group, which is
 * empty after every other blue/green deployment, and would then scale the service in.
 */
function countRequestsPerTask(names: AppNames, target: Target): MetricToFollow {
  const requests = measureTargets('RequestCount', target);
  return {
    customizedMetricSpecification: {
      metrics: [
        ...requests.map(({ id, metric }) => ({ id, returnData: false, metricStat: { metric, stat: 'Sum' } })),
        {
          id: 'tasks',
          returnData: false,
          metricStat: {
            metric: {
              namespace: 'ECS/ContainerInsights',
              metricName: 'RunningTaskCount',
              dimensions: [
                { name: 'ClusterName', value: names.cluster },
                { name: 'ServiceName', value: names.service },
              ],
            },
            stat: 'Average',
          },
        },
        {
          id: 'load',
          expression: `(${sumTargets(requests)}) / tasks`,
          returnData: true,
        },
      ],
    },
  };
}
