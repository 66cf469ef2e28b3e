import type { LoadBalancerSeam } from '../load-balancer/load-balancer.ts';
import type { Ingress } from './ingress.ts';

/** Where an app's requests arrive. */
export interface Target {
  readonly ingress: Ingress;
  readonly loadBalancer: LoadBalancerSeam;
}

export interface TargetMetric {
  readonly id: string;
  readonly metric: {
    readonly namespace: string;
    readonly metricName: string;
    readonly dimensions: { readonly name: string; readonly value: string }[];
  };
}

/**
 * A load balancer's metric for each target group of an app. In blue/green the two groups change places
 * with every deployment: whoever watches only one is blind half of the time.
 */
export function measureTargets(metricName: string, target: Target): TargetMetric[] {
  const groups = [target.ingress.blue, ...(target.ingress.green === undefined ? [] : [target.ingress.green])];
  return groups.map((group, index) => ({
    id: index === 0 ? 'blue' : 'green',
    metric: {
      namespace: 'AWS/ApplicationELB',
      metricName,
      dimensions: [
        { name: 'LoadBalancer', value: target.loadBalancer.fullName },
        { name: 'TargetGroup', value: group.attrTargetGroupFullName },
      ],
    },
  }));
}

/** CloudWatch math over the groups; a group without traffic reports nothing and counts as zero. */
export function sumTargets(metrics: readonly TargetMetric[]): string {
  return metrics.map(({ id }) => `FILL(${id}, 0)`).join(' + ');
}
