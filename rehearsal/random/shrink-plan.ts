import { calmNetwork, type NetworkPlan, type RolloutPlan } from './plan.ts';

/**
 * Plans that are one step simpler than this one, the boldest step first. A test that fails with a plan tries these, goes on from
 * the first that still fails, and stops where none does.
 */
export function simplifyRolloutPlan(plan: RolloutPlan): RolloutPlan[] {
  const simpler: RolloutPlan[] = [];
  const offer = (change: Partial<RolloutPlan>): void => {
    const offered = { ...plan, ...change };
    if (JSON.stringify(offered) !== JSON.stringify(plan)) simpler.push(offered);
  };
  offer({ network: calmNetwork });
  offer({ incidents: [] });
  offer({ mishap: undefined });
  offer({ breaker: undefined });
  offer({ strategy: { kind: 'ROLLING', bakeMinutes: 0, stepPercent: 50, stepBakeMinutes: 0 } });
  offer({ hook: undefined });
  offer({ alarm: undefined });
  offer({ early: undefined });
  for (let index = 0; index < plan.incidents.length; index += 1) {
    offer({ incidents: plan.incidents.filter((_, at) => at !== index) });
  }
  for (const network of simplifyNetwork(plan.network)) offer({ network });
  offer({ desiredCount: Math.min(plan.desiredCount, 1) });
  offer({ desiredCount: Math.floor(plan.desiredCount / 2) });
  // Not every combination is one that ECS takes.
  if (plan.early === undefined) offer({ minimumHealthyPercent: 100, maximumPercent: 200 });
  if (plan.strategy.kind === 'ROLLING') offer({ checks: 'none' });
  offer({ healthCheckGracePeriodSeconds: 0 });
  offer({ readySeconds: 2, pullSeconds: 5 });
  offer({ hasPredecessor: true });
  offer({ isPreviousBroken: false });
  return simpler;
}

function simplifyNetwork(network: NetworkPlan): NetworkPlan[] {
  return (Object.keys(calmNetwork) as (keyof NetworkPlan)[]).map((member) => ({
    ...network,
    [member]: calmNetwork[member],
  }));
}
