import { describe, expect, it } from '@jest/globals';
import { openAccess } from './access.ts';
import {
  createCollectedLog,
  createFakePorts,
  createFakeWorld,
  deployment,
  type FakeWorld,
  serviceDeployment,
  serviceState,
} from './fixtures.ts';
import { pickRollout } from './pick-rollout.ts';
import type { Rollout } from './rollout.ts';

function pick(over: Partial<FakeWorld>, arn?: string): Promise<Rollout> {
  const world = createFakeWorld(over);
  const found = { reference: { cluster: 'prod', service: 'web' }, state: world.service! };
  const serviceRevisions = {
    describeTaskDefinitionOf: async (revision: string) => `definition of ${revision}`,
  };
  return pickRollout(
    found,
    arn,
    { ...createFakePorts(world), serviceRevisions },
    openAccess(createCollectedLog()),
  );
}

describe('pickRollout', () => {
  it('takes the latest service deployment, even one that was rolled back and is not listed any more', async () => {
    const latest = serviceDeployment('ROLLBACK_SUCCESSFUL', {}, 5);
    const picked = await pick({ serviceDeployments: [serviceDeployment('SUCCESSFUL'), latest] });
    expect(picked).toMatchObject({
      deploymentId: 'ecs-svc/5',
      createdAt: 5000,
      serviceDeploymentArn: latest.arn,
      taskDefinitionArn: `definition of ${latest.targetRevisionArn}`,
    });
  });

  it('takes the PRIMARY deployment that is too new to be listed, but not the one that was rolled back to', async () => {
    const fresh = { service: serviceState([deployment(3)]) };
    expect(await pick({ ...fresh, serviceDeployments: [serviceDeployment('SUCCESSFUL')] })).toMatchObject({
      deploymentId: 'ecs-svc/3',
    });
    expect(
      await pick({ ...fresh, serviceDeployments: [serviceDeployment('ROLLBACK_SUCCESSFUL')] }),
    ).toMatchObject({
      deploymentId: 'ecs-svc/2',
    });
  });

  it('takes the one whose ARN is given', async () => {
    const wanted = serviceDeployment('SUCCESSFUL');
    const picked = await pick(
      { serviceDeployments: [wanted, serviceDeployment('IN_PROGRESS', {}, 5)] },
      wanted.arn,
    );
    expect(picked).toMatchObject({
      deploymentId: 'ecs-svc/2',
      taskDefinitionArn: deployment(2).taskDefinitionArn,
    });
  });

  it('refuses an ARN that is none of the service', async () => {
    await expect(pick({}, 'arn:aws:ecs:x')).rejects.toMatchObject({ code: 'service-deployment-not-found' });
  });

  it('takes the PRIMARY deployment where service deployments may not be listed', async () => {
    const refusals = new Map([['ListServiceDeployments', 'access-denied' as const]]);
    expect(await pick({ refusals })).toMatchObject({
      deploymentId: 'ecs-svc/2',
      serviceDeploymentArn: undefined,
    });
  });

  it('says so when there has never been a deployment', async () => {
    await expect(pick({ service: serviceState([]), serviceDeployments: [] })).rejects.toMatchObject({
      code: 'service-deployment-not-found',
    });
  });
});
