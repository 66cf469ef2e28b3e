import { describe, expect, it } from '@jest/globals';
import type { FoundService } from './find-services.ts';
import { deployment, serviceState } from './fixtures.ts';
import { planService } from './plan.ts';
import type { DeploymentState } from './service-state.ts';

const current = deployment(2).taskDefinitionArn;
const old = deployment(1, { status: 'ACTIVE' });

function found(...deployments: DeploymentState[]): FoundService {
  return { reference: { cluster: 'prod', service: 'web' }, state: serviceState(deployments) };
}

describe('planService', () => {
  const complete = deployment(2, { rolloutState: 'COMPLETED' });

  it('leaves a service alone that runs the wanted definition', () => {
    expect(planService(found(complete), current, false)).toEqual({
      kind: 'unchanged',
      taskDefinitionArn: current,
    });
  });

  it('starts the same definition anew when forced, or when its last rollout failed', () => {
    const again = { kind: 'update', taskDefinitionArn: current, isForced: true };
    expect(planService(found(complete), current, true)).toMatchObject(again);
    expect(planService(found(deployment(2, { rolloutState: 'FAILED' })), current, false)).toMatchObject(
      again,
    );
  });

  it('waits for a rollout of the same definition that is under way, and knows what it replaces', () => {
    expect(planService(found(deployment(2), old), current, false)).toMatchObject({
      kind: 'follow',
      rollout: { deploymentId: 'ecs-svc/2', previousTaskDefinitionArn: old.taskDefinitionArn },
    });
  });

  it.each([undefined, 'arn:aws:ecs:eu-west-1:111122223333:task-definition/web:99'])(
    'updates a service to another definition (%s) and remembers the one before',
    (wanted) => {
      expect(planService(found(complete), wanted, false)).toEqual({
        kind: 'update',
        taskDefinitionArn: wanted,
        previousTaskDefinitionArn: current,
        isForced: false,
      });
    },
  );
});
