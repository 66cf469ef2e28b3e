import type { Json } from '../server/service.ts';
import type { HookSettings, HookStage } from './strategy-settings.ts';
import { invalidParameter } from './world.ts';

const stages: readonly HookStage[] = [
  'RECONCILE_SERVICE',
  'PRE_SCALE_UP',
  'POST_SCALE_UP',
  'TEST_TRAFFIC_SHIFT',
  'POST_TEST_TRAFFIC_SHIFT',
  'PRE_PRODUCTION_TRAFFIC_SHIFT',
  'PRODUCTION_TRAFFIC_SHIFT',
  'POST_PRODUCTION_TRAFFIC_SHIFT',
];
/** "PAUSE hooks cannot be configured at TEST_TRAFFIC_SHIFT or PRODUCTION_TRAFFIC_SHIFT stages." */
const neverPaused: readonly HookStage[] = ['TEST_TRAFFIC_SHIFT', 'PRODUCTION_TRAFFIC_SHIFT'];
const USUAL_TIMEOUT_MINUTES = 1440;
const LONGEST_TIMEOUT_MINUTES = 20_160;

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentLifecycleHook.html */
export function readLifecycleHooks(value: unknown): HookSettings[] {
  return ((value as Json[] | undefined) ?? []).map(readHook);
}

function readHook(hook: Json): HookSettings {
  const targetType = hook['targetType'] ?? 'AWS_LAMBDA';
  if (targetType !== 'AWS_LAMBDA' && targetType !== 'PAUSE') {
    throw invalidParameter(`Invalid lifecycle hook target type: ${String(targetType)}`);
  }
  const targetArn = hook['hookTargetArn'] as string | undefined;
  if (targetType === 'AWS_LAMBDA' && targetArn === undefined) {
    throw invalidParameter('hookTargetArn must be specified for AWS_LAMBDA lifecycle hooks.');
  }
  const asked = (hook['lifecycleStages'] as string[] | undefined) ?? [];
  if (asked.length === 0) throw invalidParameter('lifecycleStages cannot be empty.');
  const timeout = hook['timeoutConfiguration'] as Json | undefined;
  const minutes = timeout?.['timeoutInMinutes'] ?? USUAL_TIMEOUT_MINUTES;
  if (
    typeof minutes !== 'number' ||
    !Number.isInteger(minutes) ||
    minutes < 1 ||
    minutes > LONGEST_TIMEOUT_MINUTES
  ) {
    throw invalidParameter(`timeoutInMinutes must be between 1 and ${LONGEST_TIMEOUT_MINUTES}.`);
  }
  const action = timeout?.['action'] ?? 'ROLLBACK';
  if (action !== 'ROLLBACK' && action !== 'CONTINUE') {
    throw invalidParameter(`Invalid lifecycle hook timeout action: ${String(action)}`);
  }
  return {
    targetType,
    targetArn: targetType === 'PAUSE' ? undefined : targetArn,
    stages: asked.map((stage) => readStage(stage, targetType)),
    timeoutSeconds: minutes * 60,
    timeoutAction: action,
  };
}

function readStage(asked: string, targetType: HookSettings['targetType']): HookStage {
  const stage = stages.find((each) => each === asked);
  if (stage === undefined) throw invalidParameter(`Invalid lifecycle stage: ${asked}`);
  if (targetType === 'PAUSE' && neverPaused.includes(stage)) {
    throw invalidParameter(`PAUSE lifecycle hooks cannot be configured at the ${stage} stage.`);
  }
  return stage;
}
