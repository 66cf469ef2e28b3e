import type { EnvironmentConfig } from '../lib/config/environment-config.ts';
import { dev } from './dev.ts';
import { prod } from './prod.ts';

/** Every environment there is. A new one is a file beside `dev.ts` and an entry here. */
export const environments: readonly EnvironmentConfig[] = [dev, prod];
