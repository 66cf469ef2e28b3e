import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import type { AppConfig } from '../config/app-config.ts';
import type { LoadBalancerSeam } from '../load-balancer/load-balancer.ts';

export interface IngressProps {
  readonly vpc: IVpc;
  readonly app: AppConfig;
  readonly loadBalancer: LoadBalancerSeam;
  readonly host?: string;
  readonly path?: string;
  readonly priority: number;
}

/**
 * The way from a listener to the tasks: one target group, or two and a test rule for blue/green.
 *
 * In blue/green ECS itself rewrites the weights in the rules. CloudFormation would put ours back when
 * anything else in the rule changed (aws-cdk#36649), so the rules depend on host, path and priority
 * only, and `infra:deploy` refuses a change of a production rule unless it is told to.
 */
export class Ingress extends Construct {
  readonly blue: elb.CfnTargetGroup;
  readonly green: elb.CfnTargetGroup | undefined;
  readonly productionRule: elb.CfnListenerRule;
  readonly testRule: elb.CfnListenerRule | undefined;

  constructor(scope: Construct, id: string, props: IngressProps) {
    super(scope, id);
    const blueGreen = props.app.rollout.kind === 'blue-green';
    this.blue = this.createTargetGroup('Blue', props);
    this.green = blueGreen ? this.createTargetGroup('Green', props) : undefined;
    this.productionRule = this.createRule('ProductionRule', props, props.loadBalancer.productionListenerArn);
    this.testRule = blueGreen
      ? this.createRule('TestRule', props, props.loadBalancer.testListenerArn)
      : undefined;
  }

  private createTargetGroup(id: string, props: IngressProps): elb.CfnTargetGroup {
    const { app } = props;
    return new elb.CfnTargetGroup(this, id, {
      vpcId: props.vpc.vpcId,
      port: app.port,
      protocol: 'HTTP',
      targetType: 'ip',
      healthCheckPath: app.health.path,
      healthCheckProtocol: 'HTTP',
      healthCheckIntervalSeconds: 10,
      healthCheckTimeoutSeconds: 5,
      healthyThresholdCount: 2,
      unhealthyThresholdCount: 3,
      matcher: { httpCode: '200' },
      targetGroupAttributes: [
        // As long as the container's stopTimeout; the default of 300 s only makes deployments slow.
        { key: 'deregistration_delay.timeout_seconds', value: '30' },
        { key: 'load_balancing.algorithm.type', value: 'least_outstanding_requests' },
      ],
    });
  }

  private createRule(id: string, props: IngressProps, listenerArn: string): elb.CfnListenerRule {
    const groups = [
      { targetGroupArn: this.blue.ref, weight: 1 },
      ...(this.green === undefined ? [] : [{ targetGroupArn: this.green.ref, weight: 0 }]),
    ];
    return new elb.CfnListenerRule(this, id, {
      listenerArn,
      priority: props.priority,
      conditions: listConditions(props),
      actions: [{ type: 'forward', forwardConfig: { targetGroups: groups } }],
    });
  }
}

function listConditions(props: IngressProps): elb.CfnListenerRule.RuleConditionProperty[] {
  const host =
    props.host === undefined ? [] : [{ field: 'host-header', hostHeaderConfig: { values: [props.host] } }];
  const path = props.path ?? (props.host === undefined ? '/*' : undefined);
  return path === undefined
    ? host
    : [...host, { field: 'path-pattern', pathPatternConfig: { values: [path] } }];
}
