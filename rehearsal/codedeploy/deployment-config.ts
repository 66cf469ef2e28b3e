import type { StrategySettings } from '../ecs/strategy-settings.ts';
import type { DeploymentGroup } from './state.ts';

const steps = /^CodeDeployDefault\.ECS(Linear|Canary)(\d+)Percent(?:Every)?(\d+)Minutes$/;

/**
 * How traffic moves by the name of a predefined deployment configuration.
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html#deployment-configurations-predefined-ecs
 */
export function readDeploymentConfig(group: DeploymentGroup): StrategySettings {
  const [, kind, percentText = '100', minutesText = '0'] = steps.exec(group.deploymentConfigName) ?? [];
  const percent = Number(percentText);
  const bakeSeconds = Number(minutesText) * 60;
  const count = kind === 'Linear' ? Math.ceil(100 / percent) - 1 : kind === 'Canary' ? 1 : 0;
  return {
    kind: 'BLUE_GREEN',
    bakeSeconds: group.terminationWaitMinutes * 60,
    shifts: [
      ...Array.from({ length: count }, (_, index) => ({ percent: percent * (index + 1), bakeSeconds })),
      { percent: 100, bakeSeconds: 0 },
    ],
    hooks:
      group.readyWaitMinutes === undefined
        ? []
        : [
            {
              targetType: 'PAUSE',
              targetArn: undefined,
              stages: ['PRE_PRODUCTION_TRAFFIC_SHIFT'],
              timeoutSeconds: group.readyWaitMinutes * 60,
              timeoutAction: 'ROLLBACK',
            },
          ],
    alarms: { names: [], enable: false, rollback: false },
    early: undefined,
  };
}
