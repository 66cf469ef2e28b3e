import type { EnvironmentConfig } from '../lib/config/environment-config.ts';

/** An environment as committed, but elsewhere: the rehearsal lives in eu-west-1. */
export function inRegion(config: EnvironmentConfig, region: string): EnvironmentConfig {
  const zones = config.network.zones.map((zone) => zone.replace(config.region, region));
  return { ...config, region, network: { ...config.network, zones } };
}
