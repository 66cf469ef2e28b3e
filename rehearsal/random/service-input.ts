import type { Json } from '../server/service.ts';
import type { RolloutPlan } from './plan.ts';

/** The alarm that services with one watch. */
export const ALARM = 'web-5xx';
/** The function that decides on Lambda hooks. */
const HOOK_TARGET = 'arn:aws:lambda:eu-west-1:123456789012:function:check';

/** CreateService's input for the plan, but for its names and its task definition. */
export function describeService(plan: RolloutPlan, createTargetGroup: (name: string) => string): Json {
  const isBalanced = plan.checks === 'target-group' || plan.checks === 'both';
  return {
    desiredCount: plan.desiredCount,
    networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } },
    ...(isBalanced ? { loadBalancers: [describeLoadBalancer(plan, createTargetGroup)] } : {}),
    healthCheckGracePeriodSeconds: plan.healthCheckGracePeriodSeconds,
    deploymentConfiguration: describeConfiguration(plan),
  };
}

function describeLoadBalancer({ strategy }: RolloutPlan, createTargetGroup: (name: string) => string): Json {
  const target = { targetGroupArn: createTargetGroup('web'), containerName: 'app', containerPort: 8080 };
  if (strategy.kind === 'ROLLING') return target;
  return {
    ...target,
    advancedConfiguration: {
      alternateTargetGroupArn: createTargetGroup('web-alternate'),
      productionListenerRule:
        'arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener-rule/app/web/1/1/1',
      roleArn: 'arn:aws:iam::123456789012:role/ecsInfrastructureRole',
    },
  };
}

function describeConfiguration(plan: RolloutPlan): Json {
  const { strategy, breaker, alarm, early } = plan;
  return {
    strategy: strategy.kind,
    bakeTimeInMinutes: strategy.bakeMinutes,
    minimumHealthyPercent: plan.minimumHealthyPercent,
    maximumPercent: plan.maximumPercent,
    ...(breaker === undefined
      ? {}
      : {
          deploymentCircuitBreaker: {
            enable: true,
            rollback: breaker.rollback,
            resetOnHealthyTask: breaker.resetOnHealthyTask,
            thresholdConfiguration: breaker.threshold,
          },
        }),
    ...(alarm === undefined
      ? {}
      : { alarms: { enable: true, rollback: alarm.rollback, alarmNames: [ALARM] } }),
    ...(early === undefined
      ? {}
      : {
          earlySuccessCriteria: {
            enable: true,
            healthyPercent: early.healthyPercent,
            sourceServiceRevisionCleanup: early.cleanup,
          },
        }),
    ...describeSteps(plan),
    ...describeHook(plan),
  };
}

function describeSteps({ strategy }: RolloutPlan): Json {
  const { stepPercent, stepBakeMinutes } = strategy;
  switch (strategy.kind) {
    case 'LINEAR':
      return { linearConfiguration: { stepPercent, stepBakeTimeInMinutes: stepBakeMinutes } };
    case 'CANARY':
      return {
        canaryConfiguration: { canaryPercent: stepPercent, canaryBakeTimeInMinutes: stepBakeMinutes },
      };
    case 'ROLLING':
    case 'BLUE_GREEN':
      return {};
  }
}

function describeHook({ hook }: RolloutPlan): Json {
  if (hook === undefined) return {};
  return {
    lifecycleHooks: [
      {
        ...(hook.kind === 'pause'
          ? { targetType: 'PAUSE' }
          : { targetType: 'AWS_LAMBDA', hookTargetArn: HOOK_TARGET }),
        lifecycleStages: [hook.stage],
        timeoutConfiguration: { timeoutInMinutes: hook.timeoutMinutes, action: hook.timeoutAction },
      },
    ],
  };
}
