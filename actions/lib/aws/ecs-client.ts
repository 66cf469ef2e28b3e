import { ECSClient } from '@aws-sdk/client-ecs';
import { clientConfig } from './client-config.ts';

export function createEcsClient(options: { maxRetries: number }): ECSClient {
  return new ECSClient(clientConfig(options));
}
