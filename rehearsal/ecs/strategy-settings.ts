/** How a service's deployments proceed: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html */
export interface StrategySettings {
  readonly kind: 'ROLLING' | 'BLUE_GREEN' | 'LINEAR' | 'CANARY';
  readonly bakeSeconds: number;
  /** How production traffic moves: up to so many percent, then a wait. None for ROLLING. */
  readonly shifts: readonly { readonly percent: number; readonly bakeSeconds: number }[];
  readonly hooks: readonly HookSettings[];
  readonly alarms: AlarmSettings;
  readonly early: EarlySuccess | undefined;
}

export interface AlarmSettings {
  readonly names: readonly string[];
  readonly enable: boolean;
  readonly rollback: boolean;
}

export interface EarlySuccess {
  readonly healthyPercent: number;
  readonly cleanup: 'BLOCKING' | 'DEFERRED';
}

export type HookStage =
  | 'RECONCILE_SERVICE'
  | 'PRE_SCALE_UP'
  | 'POST_SCALE_UP'
  | 'TEST_TRAFFIC_SHIFT'
  | 'POST_TEST_TRAFFIC_SHIFT'
  | 'PRE_PRODUCTION_TRAFFIC_SHIFT'
  | 'PRODUCTION_TRAFFIC_SHIFT'
  | 'POST_PRODUCTION_TRAFFIC_SHIFT';

export type LifecycleStage = HookStage | 'SCALE_UP' | 'BAKE_TIME' | 'CLEAN_UP';

export interface HookSettings {
  readonly targetType: 'AWS_LAMBDA' | 'PAUSE';
  readonly targetArn: string | undefined;
  readonly stages: readonly HookStage[];
  readonly timeoutSeconds: number;
  readonly timeoutAction: 'ROLLBACK' | 'CONTINUE';
}
