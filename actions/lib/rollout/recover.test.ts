import { describe, expect, it } from '@jest/globals';
import {
  createCollectedLog,
  createFakeClock,
  createFakePorts,
  createFakeWorld,
  deployment,
  type FakeWorld,
  rollout,
  serviceDeployment,
  serviceState,
} from './fixtures.ts';
import { recoverRollouts } from './recover.ts';
import { formatRollouts, parseRollouts } from './saved-rollouts.ts';

async function recover(over: Partial<FakeWorld>): Promise<{ world: FakeWorld; lines: readonly string[] }> {
  const world = createFakeWorld(over);
  const log = createCollectedLog();
  await recoverRollouts(parseRollouts(formatRollouts([rollout])), {
    ...createFakePorts(world),
    clock: createFakeClock(),
    random: () => 0.5,
    log,
    cancelled: new AbortController().signal,
    onIdentified: () => undefined,
  });
  return { world, lines: log.lines };
}

describe('recoverRollouts', () => {
  it('asks for the rollback of a deployment that is still under way', async () => {
    const { world, lines } = await recover({});
    expect(world.calls).toContain('StopServiceDeployment');
    expect(lines.at(-1)).toContain('rollback requested');
  });

  it.each([
    'SUCCESSFUL',
    'ROLLBACK_IN_PROGRESS',
    'ROLLBACK_REQUESTED',
    'ROLLBACK_SUCCESSFUL',
    'ROLLBACK_FAILED',
    'STOP_REQUESTED',
  ])('leaves a deployment alone that is %s', async (status) => {
    const { world } = await recover({ serviceDeployments: [serviceDeployment(status)] });
    expect(world.calls).not.toContain('StopServiceDeployment');
    expect(world.calls).not.toContain('UpdateService');
  });

  it('leaves a finished, healthy deployment alone where only the service may be seen', async () => {
    const { world } = await recover({
      service: serviceState([deployment(2, { rolloutState: 'COMPLETED' })]),
      refusals: new Map([['ListServiceDeployments', 'access-denied']]),
    });
    expect(world.calls).not.toContain('UpdateService');
  });

  it('leaves a service alone that is gone', async () => {
    const { world } = await recover({ service: undefined });
    expect(world.calls).not.toContain('StopServiceDeployment');
  });
});
