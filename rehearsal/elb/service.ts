import type { Clock } from '../clock/clock.ts';
import { AwsError, type Json, type Operation, type Service } from '../server/service.ts';
import {
  deregisterTarget,
  type Health,
  type HealthCheckSettings,
  type Probe,
  registerTarget,
  type TargetGroup,
} from './target-groups.ts';
import {
  describeAttributes,
  describeListener,
  describeLoadBalancer,
  describeRule,
  describeTargetGroup,
  describeTargetHealth,
  listenerArn,
} from './views.ts';

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
      operations: createOperations(groups, find, region),
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

function createOperations(
  groups: ReadonlyMap<string, TargetGroup>,
  find: (targetGroupArn: unknown) => TargetGroup,
  region: string,
): Record<string, Operation> {
  return {
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
      Listeners: selectByArn(groups, input['LoadBalancerArn'] && [input['LoadBalancerArn']], undefined).map(
        describeListener,
      ),
    }),
    DescribeRules: (input) => ({
      Rules: [...groups.values()]
        .filter((group) => listenerArn(group) === input['ListenerArn'])
        .map(describeRule),
    }),
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
