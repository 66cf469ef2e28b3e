import type { CfnService } from 'aws-cdk-lib/aws-ecs';
import type { RolloutConfig } from '../config/app-config.ts';

/**
 * How ECS replaces tasks. Both ways keep every old task until the new ones are healthy, give up by
 * themselves (circuit breaker and alarms; ECS: deployment failure detection) and roll back.
 */
export function describeRollout(
  rollout: RolloutConfig,
  alarmNames: readonly string[],
): CfnService.DeploymentConfigurationProperty {
  const base: CfnService.DeploymentConfigurationProperty = {
    minimumHealthyPercent: 100,
    maximumPercent: 200,
    alarms: { alarmNames: [...alarmNames], enable: alarmNames.length > 0, rollback: true },
  };
  switch (rollout.kind) {
    case 'rolling':
      return {
        ...base,
        strategy: 'ROLLING',
        deploymentCircuitBreaker: {
          enable: true,
          rollback: true,
          // A revision that crashes sometimes is not healthy because one of its tasks once was.
          resetOnHealthyTask: false,
          thresholdConfiguration: { type: 'COUNT', value: rollout.failuresBeforeRollback },
        },
      };
    case 'blue-green':
      return {
        ...base,
        strategy: 'BLUE_GREEN',
        bakeTimeInMinutes: rollout.bakeMinutes,
        deploymentCircuitBreaker: { enable: true, rollback: true },
        ...(rollout.approval ? { lifecycleHooks: [pauseForApproval] } : {}),
      };
  }
}

/** ECS: pause lifecycle hooks. Nobody answering within a day means no. */
const pauseForApproval: CfnService.DeploymentLifecycleHookProperty = {
  targetType: 'PAUSE',
  lifecycleStages: ['POST_TEST_TRAFFIC_SHIFT'],
  timeoutConfiguration: { timeoutInMinutes: 1440, action: 'ROLLBACK' },
};
