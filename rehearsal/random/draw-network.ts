import type { Draw } from './draw.ts';
import type { NetworkPlan } from './plan.ts';

/** A network with some of the faults that there are. */
export function drawNetwork(draw: Draw): NetworkPlan {
  const [staleSeconds, staleShare] = draw.pick([
    [0, 0],
    [0, 0],
    [2, 0.5],
    [6, 0.3],
    [15, 0.1],
  ] as const);
  return {
    skewSeconds: draw.pick([0, 0, -250, 90, 3600]),
    latencySeconds: draw.pick([0.02, 0.08, 0.4, 2]),
    throttledShare: draw.pick([0, 0, 0.05, 0.3]),
    failedShare: draw.pick([0, 0, 0.03]),
    lostShare: draw.pick([0, 0, 0.02, 0.1]),
    staleSeconds,
    staleShare,
    outage: draw.chance(0.1)
      ? { atSeconds: Math.round(draw.between(5, 90)), seconds: draw.pick([5, 20, 45]) }
      : undefined,
    denied: draw.pick([
      [],
      [],
      [],
      [],
      ['ListServiceDeployments', 'DescribeServiceDeployments', 'StopServiceDeployment'],
      ['DescribeServiceDeployments'],
      ['ListTasks', 'DescribeTasks'],
    ]),
  };
}
