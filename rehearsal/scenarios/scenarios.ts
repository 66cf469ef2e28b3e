import { alarm } from './alarm.ts';
import { cancelled } from './cancelled.ts';
import { crashLoop } from './crash-loop.ts';
import { failed } from './failed.ts';
import { healthy } from './healthy.ts';
import { imageMissing } from './image-missing.ts';
import { neverStable } from './never-stable.ts';
import { noAddresses, noCapacity, spotInterruption, taskStoppedByUser } from './not-our-fault.ts';
import { paused } from './paused.ts';
import {
  accessDenied,
  clusterNotFound,
  credentialsExpired,
  serviceNotFound,
  throttled,
} from './refused-calls.ts';
import { rolledBack } from './rolled-back.ts';
import type { Scenario } from './scenario.ts';
import {
  containerHealthCheck,
  executionRole,
  imageArchitecture,
  imagePullDenied,
  logGroupMissing,
  networkUnreachable,
  secretMissing,
  startupTimeout,
  unknownCause,
} from './start-failures.ts';
import { blueGreen, blueGreenCrash, canary, hookFailed, hookTimeout, linear } from './strategies.ts';
import { superseded } from './superseded.ts';

/** In the order in which `--list` shows them. */
export const scenarios: readonly Scenario[] = [
  healthy,
  blueGreen,
  canary,
  linear,
  paused,
  crashLoop,
  blueGreenCrash,
  imageMissing,
  imagePullDenied,
  imageArchitecture,
  secretMissing,
  executionRole,
  logGroupMissing,
  networkUnreachable,
  startupTimeout,
  containerHealthCheck,
  rolledBack,
  failed,
  unknownCause,
  hookFailed,
  hookTimeout,
  alarm,
  noCapacity,
  noAddresses,
  spotInterruption,
  taskStoppedByUser,
  superseded,
  neverStable,
  cancelled,
  accessDenied,
  credentialsExpired,
  throttled,
  clusterNotFound,
  serviceNotFound,
];
