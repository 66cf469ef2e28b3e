import { describeCidr, overlaps } from './cidr.ts';
import type { EnvironmentConfig } from './environment-config.ts';

/** What is wrong with the network of one environment. */
export function checkNetwork(config: EnvironmentConfig): string[] {
  const { network } = config;
  const problems: string[] = [];
  const block = describeCidr(network.cidr);
  if (block === undefined || block.prefix < 16 || block.prefix > 18) {
    problems.push(
      `network.cidr "${network.cidr}" must be a private block from /16 to /18, such as 10.10.0.0/16.`,
    );
  }
  if (
    network.zones.length < 2 ||
    network.zones.length > 3 ||
    new Set(network.zones).size < network.zones.length
  ) {
    problems.push('network.zones must name two or three different zones; a load balancer needs two.');
  }
  for (const zone of network.zones) {
    if (!new RegExp(`^${config.region}[a-z]$`).test(zone)) {
      problems.push(`network.zones has "${zone}", which is not in ${config.region}.`);
    }
  }
  if (config.production && network.nat === 'instance') {
    problems.push('network.nat "instance" has no self-healing; choose a gateway in production.');
  }
  if (network.peering !== undefined && block !== undefined) {
    const other = describeCidr(network.peering.cidr);
    if (other === undefined || overlaps(block, other)) {
      problems.push(
        `network.peering.cidr "${network.peering.cidr}" must be a block outside ${network.cidr}.`,
      );
    }
  }
  return problems;
}
