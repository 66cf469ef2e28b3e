import type { Draw } from './draw.ts';
import type { Incident } from './plan.ts';

/** What others do meanwhile: nothing in most rollouts. */
export function drawIncidents(draw: Draw, desiredCount: number): Incident[] {
  const count = draw.pick([0, 0, 0, 0, 1, 1, 2]);
  return Array.from({ length: count }, () => drawIncident(draw, desiredCount)).sort(
    (a, b) => a.atSeconds - b.atSeconds,
  );
}

function drawIncident(draw: Draw, desiredCount: number): Incident {
  const atSeconds = Math.round(draw.between(-20, 150));
  switch (
    draw.pick([
      'rival',
      'rival',
      'force',
      'stop',
      'scale',
      'scale',
      'stop-tasks',
      'delete-service',
      'settings',
      'alarm',
      'alarm',
      'continue',
      'continue',
    ] as const)
  ) {
    case 'rival':
      return { atSeconds, kind: 'rival' };
    case 'force':
      return { atSeconds, kind: 'force' };
    case 'stop':
      return { atSeconds: Math.abs(atSeconds), kind: 'stop' };
    case 'scale': {
      const scaled = draw.pick([0, 1, desiredCount + 2, desiredCount * 2, Math.ceil(desiredCount / 2)]);
      return { atSeconds, kind: 'scale', desiredCount: scaled };
    }
    case 'stop-tasks':
      return { atSeconds: Math.abs(atSeconds), kind: 'stop-tasks', count: draw.pick([1, 2, 5]) };
    case 'settings':
      return { atSeconds, kind: 'settings' };
    case 'alarm':
      return { atSeconds, kind: 'alarm', state: draw.chance(0.9) ? 'ALARM' : 'OK' };
    case 'continue':
      return {
        atSeconds: Math.abs(atSeconds),
        kind: 'continue',
        action: draw.chance(0.8) ? 'CONTINUE' : 'ROLLBACK',
      };
    case 'delete-service':
      // Rare in life, and nothing else can be learned from such a rollout.
      return draw.chance(0.15)
        ? { atSeconds: Math.abs(atSeconds), kind: 'delete-service' }
        : { atSeconds, kind: 'rival' };
  }
}
