import { cancelled } from './cancelled.ts';
import { crashLoop } from './crash-loop.ts';
import { failed } from './failed.ts';
import { healthy } from './healthy.ts';
import { imageMissing } from './image-missing.ts';
import { neverStable } from './never-stable.ts';
import { rolledBack } from './rolled-back.ts';
import type { Scenario } from './scenario.ts';
import { superseded } from './superseded.ts';

/** In the order in which `--list` shows them. */
export const scenarios: readonly Scenario[] = [
  healthy,
  crashLoop,
  imageMissing,
  rolledBack,
  failed,
  superseded,
  neverStable,
  cancelled,
];
