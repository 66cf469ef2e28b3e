import type { Clock } from '../clock/clock.ts';
import { AwsError, type Json, type Service } from '../server/service.ts';
import {
  deregisterTarget,
  type Health,
  type HealthCheckSettings,
  type Probe,
  type RegisteredTarget,
  registerTarget,
  type TargetGroup,
} from './target-groups.ts';

/** A target group to make, with the load balancer, listener and rule that lead to it. */
export interface TargetGroupSeed {
  readonly name: string;
  readonly port: number;
  readonly healthCheck?: Partial<HealthCheckSettings>;
  readonly deregistrationDelaySeconds?: number;
}

export interface Elb {
  readonly service: Service;
  createTargetGroup(seed: TargetGroupSeed): TargetGroup;
  exists(targetGroupArn: string): boolean;
  register(
    targetGroupArn: string,
    target: { readonly ip: string; readonly port: number },
    probe: Probe,
    onHealth: (health: Health) => void,
  ): void;
  deregister(
    targetGroupArn: string,
    target: { readonly ip: string; readonly port: number },
    onDrained: () => void,
  ): void;
}

export interface ElbOptions {
  readonly clock: Clock;
  readonly region: string;
  readonly accountId: string;
}

// ELB's own defaults are 30 seconds, 5 good and 2 bad checks, 300 seconds of draining; a rehearsal is set up as people who deploy often do.
const usualHealthCheck: HealthCheckSettings = {
  path: '/health',
  intervalSeconds: 5,
  timeoutSeconds: 2,
  healthyThreshold: 2,
  unhealthyThreshold: 2,
  matcher: '200',
};
const USUAL_DEREGISTRATION_DELAY_SECONDS = 10;

/** ELBv2 as far as target health goes: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/ */
export function createElb({ clock, region, accountId }: ElbOptions): Elb {
  const groups = new Map<string, TargetGroup>();
  const arn = (resource: string): string => `arn:aws:elasticloadbalancing:${region}:${accountId}:${resource}`;
  const find = (targetGroupArn: unknown): TargetGroup => {
    const group = groups.get(String(targetGroupArn));
    if (group === undefined) {
      throw new AwsError('TargetGroupNotFound', `Target groups '${String(targetGroupArn)}' not found`);
    }
    return group;
  };
  return {
    service: {
      signingName: 'elasticloadbalancing',
      protocol: {
        kind: 'query',
        version: '2015-12-01',
        xmlNamespace: 'http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/',
      },
      operations: {
        DescribeTargetHealth: (input) => describeTargetHealth(find(input['TargetGroupArn']), input),
        DescribeTargetGroups: (input) => ({
          TargetGroups: selectTargetGroups(groups, input, find).map(describeTargetGroup),
        }),
        DescribeTargetGroupAttributes: (input) => ({
          Attributes: describeAttributes(find(input['TargetGroupArn'])),
        }),
        DescribeLoadBalancers: (input) => ({
          LoadBalancers: selectByArn(groups, input['LoadBalancerArns'], input['Names']).map((group) =>
            describeLoadBalancer(group, region),
          ),
        }),
        DescribeListeners: (input) => ({
          Listeners: selectByArn(
            groups,
            input['LoadBalancerArn'] && [input['LoadBalancerArn']],
            undefined,
          ).map(describeListener),
        }),
        DescribeRules: (input) => ({
          Rules: [...groups.values()]
            .filter((group) => listenerArn(group) === input['ListenerArn'])
            .map(describeRule),
        }),
      },
    },
    createTargetGroup(seed) {
      const suffix = String(groups.size + 1).padStart(16, '0');
      const group: TargetGroup = {
        name: seed.name,
        arn: arn(`targetgroup/${seed.name}/${suffix}`),
        port: seed.port,
        healthCheck: { ...usualHealthCheck, ...seed.healthCheck },
        deregistrationDelaySeconds: seed.deregistrationDelaySeconds ?? USUAL_DEREGISTRATION_DELAY_SECONDS,
        loadBalancerArn: arn(`loadbalancer/app/${seed.name}/${suffix}`),
        targets: new Map(),
      };
      groups.set(group.arn, group);
      return group;
    },
    exists: (targetGroupArn) => groups.has(targetGroupArn),
    register: (targetGroupArn, { ip, port }, probe, onHealth) =>
      registerTarget(clock, find(targetGroupArn), { id: ip, port }, probe, onHealth),
    deregister: (targetGroupArn, { ip, port }, onDrained) =>
      deregisterTarget(clock, find(targetGroupArn), { id: ip, port }, onDrained),
  };
}

function describeTargetHealth(group: TargetGroup, input: Json): Json {
  const asked = input['Targets'] as Json[] | undefined;
  if (asked === undefined)
    return {
      TargetHealthDescriptions: [...group.targets.values()].map((target) => describeTarget(group, target)),
    };
  return {
    TargetHealthDescriptions: asked.map(({ Id, Port }) => {
      const port = Port === undefined ? group.port : Number(Port);
      const target = group.targets.get(`${String(Id)}:${port}`);
      if (target !== undefined) return describeTarget(group, target);
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

function describeTarget(group: TargetGroup, { id, port, health }: RegisteredTarget): Json {
  return {
    Target: { Id: id, Port: port, AvailabilityZone: 'eu-west-1a' },
    HealthCheckPort: String(port === group.port ? group.port : port),
    TargetHealth: {
      State: health.state,
      Reason: health.reason?.code,
      Description: health.reason?.description,
    },
  };
}

function selectTargetGroups(
  groups: ReadonlyMap<string, TargetGroup>,
  input: Json,
  find: (arn: unknown) => TargetGroup,
): TargetGroup[] {
  const arns = input['TargetGroupArns'];
  if (Array.isArray(arns)) return arns.map(find);
  const names = input['Names'];
  if (!Array.isArray(names)) {
    const balancer = input['LoadBalancerArn'];
    return [...groups.values()].filter(
      (group) => balancer === undefined || group.loadBalancerArn === balancer,
    );
  }
  return names.map((name) => {
    const group = [...groups.values()].find((each) => each.name === name);
    if (group === undefined) {
      throw new AwsError('TargetGroupNotFound', 'One or more target groups not found');
    }
    return group;
  });
}

function selectByArn(groups: ReadonlyMap<string, TargetGroup>, arns: unknown, names: unknown): TargetGroup[] {
  const all = [...groups.values()];
  if (Array.isArray(arns)) return all.filter((group) => arns.includes(group.loadBalancerArn));
  if (Array.isArray(names)) return all.filter((group) => names.includes(group.name));
  return all;
}

function describeTargetGroup(group: TargetGroup): Json {
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

function describeAttributes(group: TargetGroup): Json[] {
  return [
    { Key: 'deregistration_delay.timeout_seconds', Value: String(group.deregistrationDelaySeconds) },
    { Key: 'stickiness.enabled', Value: 'false' },
    { Key: 'slow_start.duration_seconds', Value: '0' },
    { Key: 'load_balancing.algorithm.type', Value: 'round_robin' },
  ];
}

function describeLoadBalancer(group: TargetGroup, region: string): Json {
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

function listenerArn(group: TargetGroup): string {
  return `${group.loadBalancerArn.replace(':loadbalancer/', ':listener/')}/0000000000000001`;
}

function describeListener(group: TargetGroup): Json {
  return {
    ListenerArn: listenerArn(group),
    LoadBalancerArn: group.loadBalancerArn,
    Port: 80,
    Protocol: 'HTTP',
    DefaultActions: [{ Type: 'forward', TargetGroupArn: group.arn }],
  };
}

function describeRule(group: TargetGroup): Json {
  return {
    RuleArn: `${listenerArn(group).replace(':listener/', ':listener-rule/')}/0000000000000001`,
    Priority: 'default',
    Conditions: [],
    Actions: [{ Type: 'forward', TargetGroupArn: group.arn }],
    IsDefault: true,
  };
}
