import type { Json } from '../server/service.ts';
import type { RegisteredTarget, TargetGroup } from './target-groups.ts';

export function describeTargetHealth(group: TargetGroup, input: Json): Json {
  const asked = input['Targets'] as Json[] | undefined;
  if (asked === undefined)
    return {
      TargetHealthDescriptions: [...group.targets.values()].map((target) => describeTarget(target)),
    };
  return {
    TargetHealthDescriptions: asked.map(({ Id, Port }) => {
      const port = Port === undefined ? group.port : Number(Port);
      const target = group.targets.get(`${String(Id)}:${port}`);
      if (target !== undefined) return describeTarget(target);
      return {
        Target: { Id, Port: port },
        TargetHealth: {
          State: 'unused',
          Reason: 'Target.NotRegistered',
          Description: 'Target is not registered to the target group',
        },
      };
    }),
  };
}

function describeTarget({ id, port, health }: RegisteredTarget): Json {
  return {
    Target: { Id: id, Port: port, AvailabilityZone: 'eu-west-1a' },
    HealthCheckPort: String(port),
    TargetHealth: {
      State: health.state,
      Reason: health.reason?.code,
      Description: health.reason?.description,
    },
  };
}

export function describeTargetGroup(group: TargetGroup): Json {
  const { healthCheck } = group;
  return {
    TargetGroupArn: group.arn,
    TargetGroupName: group.name,
    Protocol: 'HTTP',
    Port: group.port,
    VpcId: 'vpc-0rehearsal',
    HealthCheckProtocol: 'HTTP',
    HealthCheckPort: 'traffic-port',
    HealthCheckEnabled: true,
    HealthCheckIntervalSeconds: healthCheck.intervalSeconds,
    HealthCheckTimeoutSeconds: healthCheck.timeoutSeconds,
    HealthyThresholdCount: healthCheck.healthyThreshold,
    UnhealthyThresholdCount: healthCheck.unhealthyThreshold,
    HealthCheckPath: healthCheck.path,
    Matcher: { HttpCode: healthCheck.matcher },
    LoadBalancerArns: [group.loadBalancerArn],
    TargetType: 'ip',
    ProtocolVersion: 'HTTP1',
    IpAddressType: 'ipv4',
  };
}

export function describeAttributes(group: TargetGroup): Json[] {
  return [
    { Key: 'deregistration_delay.timeout_seconds', Value: String(group.deregistrationDelaySeconds) },
    { Key: 'stickiness.enabled', Value: 'false' },
    { Key: 'slow_start.duration_seconds', Value: '0' },
    { Key: 'load_balancing.algorithm.type', Value: 'round_robin' },
  ];
}

export function describeLoadBalancer(group: TargetGroup, region: string): Json {
  return {
    LoadBalancerArn: group.loadBalancerArn,
    LoadBalancerName: group.name,
    DNSName: `${group.name}.${region}.elb.amazonaws.com`,
    Scheme: 'internet-facing',
    State: { Code: 'active' },
    Type: 'application',
    VpcId: 'vpc-0rehearsal',
    IpAddressType: 'ipv4',
  };
}

export function listenerArn(group: TargetGroup): string {
  return `${group.loadBalancerArn.replace(':loadbalancer/', ':listener/')}/0000000000000001`;
}

export function describeListener(group: TargetGroup): Json {
  return {
    ListenerArn: listenerArn(group),
    LoadBalancerArn: group.loadBalancerArn,
    Port: 80,
    Protocol: 'HTTP',
    DefaultActions: [{ Type: 'forward', TargetGroupArn: group.arn }],
  };
}

export function describeRule(group: TargetGroup): Json {
  return {
    RuleArn: `${listenerArn(group).replace(':listener/', ':listener-rule/')}/0000000000000001`,
    Priority: 'default',
    Conditions: [],
    Actions: [{ Type: 'forward', TargetGroupArn: group.arn }],
    IsDefault: true,
  };
}
