import { judge } from './judge.ts';
import { isUnderWay } from './judgement.ts';
import { lookAt } from './look.ts';
import { rollBack } from './rollback.ts';
import type { Rollout } from './rollout.ts';
import { openWait } from './wait-context.ts';
import type { WaitPorts } from './wait-options.ts';
import { openWatch, type Watch } from './watch.ts';

/**
 * Rolls back what a killed run left under way. A deployment that has ended, or that is already being rolled back, is left
 * alone.
 *
 * @throws UserError when AWS refuses
 */
export async function recoverRollouts(rollouts: readonly Rollout[], ports: WaitPorts): Promise<void> {
  const options = {
    timeoutSeconds: 60,
    pollSeconds: 3,
    abortAfter: 0,
    onFailure: 'rollback',
    onCancel: 'rollback',
    waitFor: 'completed',
    logLines: 0,
  } as const;
  const wait = openWait(options, ports);
  const watches = rollouts.map(openWatch);
  await lookAt(watches, ports, wait.access, wait.budget, () => undefined);
  for (const watch of watches) {
    const text = mustBeRecovered(watch)
      ? sayRollback(await rollBack(wait, watch))
      : 'has ended or is being rolled back: nothing to recover';
    wait.say(watch, text);
  }
}

function mustBeRecovered(watch: Watch): boolean {
  if (watch.trouble !== undefined) return false;
  return isUnderWay(judge(watch.judging, watch.snapshot).judgement);
}

function sayRollback(state: string): string {
  switch (state) {
    case 'requested':
      return 'the run ended before the deployment did: rollback requested';
    case 'refused':
      return 'the deployment has just ended by itself';
    default:
      return 'the deployment goes on and could not be rolled back: look at the service';
  }
}
